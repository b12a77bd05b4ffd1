/** From a document to plans: check, lower, optimise, plan. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import { type Diagnostic, diagnose, isError, type Outcome } from '../base/diagnostic.ts';
import { optimise, type PassName } from '../ir/passes/index.ts';
import { type Dtype, outputOf, type Plan } from '../ir/plan.ts';
import { type Analysis, analyse } from './analyse.ts';
import { nameOf } from './check/resolve.ts';
import { type Expose, type Lowered, lower, soundNodes } from './lower.ts';
import { planProgram } from './plan/index.ts';
import type { Compiled, CompiledProgram, StateSpec } from './types.ts';

export interface CompileOptions {
  /** Precision of the plans. Default float32. */
  readonly dtype?: Dtype;
  /** Bytes that one program's arena may take. Default 1 GiB. */
  readonly memoryLimit?: number;
  /** Compile what is sound and leave the rest, instead of refusing a document with errors. */
  readonly partial?: boolean;
  /** Ports whose values the forward program keeps: those that nothing reads on (default), or all. */
  readonly expose?: Expose;
  /** Passes switched off: tests compare with and without. */
  readonly without?: readonly PassName[];
}

const defaults = { steps: 200, seed: 1, evaluateEvery: 50 };
const defaultMemoryLimit = 2 ** 30;

export function compile(document: GraphDocument, options: CompileOptions = {}): Outcome<Compiled> {
  const analysis = analyse(document);
  const diagnostics: Diagnostic[] = [...analysis.diagnostics];
  if (diagnostics.some(isError) && !options.partial) return { diagnostics };
  if (analysis.sound.size === 0) return { diagnostics: [...diagnostics, diagnose('nothing-to-run', {})] };

  const make = (lowered: Lowered): CompiledProgram | undefined => {
    const program = optimise(lowered.program, options.without);
    const plan = planProgram(program, options.dtype ?? 'float32');
    const refusal = refuse(plan, options.memoryLimit ?? defaultMemoryLimit, document);
    if (refusal) diagnostics.push(refusal);
    const { kind, metrics, values, axes } = lowered;
    return refusal ? undefined : { kind, program, plan, metrics, values, axes };
  };

  const forwardLowered = lower(analysis, 'forward', options.expose);
  const forward = make(forwardLowered);
  const trains = soundNodes(analysis).some((node) => node.definition.trains);
  const trainLowered = trains ? lower(analysis, 'train') : undefined;
  const train = trainLowered && make(trainLowered);
  if (trainLowered && trainLowered.program.updates.length === 0) diagnostics.push(warnIdle(analysis));
  const holdsBack = forwardLowered.data.some((d) => d.testFraction > 0);
  const evaluate = trains && holdsBack ? make(lower(analysis, 'evaluate')) : undefined;
  if (!forward || (trainLowered && !train)) return { diagnostics };

  const state = new Map<string, StateSpec>();
  for (const spec of [...forwardLowered.state, ...(trainLowered?.state ?? [])]) state.set(spec.name, spec);
  const value: Compiled = {
    forward,
    ...(train && { train }),
    ...(evaluate && { evaluate }),
    state: [...state.values()],
    data: forwardLowered.data,
    run: {
      steps: document.run?.steps ?? defaults.steps,
      seed: document.run?.seed ?? defaults.seed,
      evaluateEvery: document.run?.evaluateEvery ?? defaults.evaluateEvery,
    },
  };
  return { value, diagnostics };
}

/** Says no, with the step that asks for most, when a plan needs more than its limit. Nothing was allocated. */
function refuse(plan: Plan, limit: number, document: GraphDocument): Diagnostic | undefined {
  if (plan.bytes <= limit) return undefined;
  const largest = plan.buffers.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const step = plan.steps.find((s) => plan.buffers[outputOf(s)] === largest);
  const source = step?.source ?? largest.source;
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;
  const name = source === undefined ? `[${largest.shape.join(', ')}]` : nameOf(document, source);
  return diagnose('out-of-memory', source === undefined ? {} : { node: source }, {
    bytes: megabytes(plan.bytes),
    limit: megabytes(limit),
    step: name,
  });
}

function warnIdle(analysis: Analysis): Diagnostic {
  const id = soundNodes(analysis).find((node) => node.definition.trains)?.id ?? '';
  return diagnose('no-parameters', { node: id }, { node: nameOf(analysis.document, id) });
}
