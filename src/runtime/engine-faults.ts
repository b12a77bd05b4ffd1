/** What is said to the user when an engine cannot go on. */
import { byteText } from '../base/bytes.ts';
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import { type Text, text } from '../base/text.ts';
import type { Plan } from '../ir/plan.ts';
import { EngineError } from '../numeric/engine.ts';

/** Ends what it is thrown through with something to tell: a refusal, never a bug. */
export class Refusal extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message.en);
    this.diagnostic = diagnostic;
  }
}

const hostLimit = text('what this machine gives', '本机所能提供的内存');

/** That so many bytes are too many for the plan, with what asks for most of them. */
export function tooLarge(plan: Plan, bytes = plan.bytes, limit: string | Text = hostLimit): Diagnostic {
  const [largest] = [...plan.buffers].sort((a, b) => b.bytes - a.bytes);
  const step = largest?.source ?? `(${largest?.shape.join(', ')})`;
  return diagnose('out-of-memory', {}, { bytes: byteText(bytes), limit, step });
}

/** The diagnostic of a Refusal or of an EngineError while `plan` was carried out. Throws anything else again. */
export function diagnosticOf(error: unknown, plan: Plan, bytes = plan.bytes): Diagnostic {
  if (error instanceof Refusal) return error.diagnostic;
  if (!(error instanceof EngineError)) throw error;
  return error.code === 'out-of-memory'
    ? tooLarge(plan, bytes)
    : diagnose(error.code, {}, { reason: error.reason });
}
