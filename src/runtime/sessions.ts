/** The programs of one compiled document on one engine, opened when first asked for, within a memory limit. */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import type { Compiled, ProgramKind } from '../compiler/types.ts';
import type { Plan } from '../ir/plan.ts';
import type { Engine } from '../numeric/engine.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

export interface Sessions {
  /** Rejects with a MemoryRefusal when the program does not fit beside those already open. */
  open(kind: ProgramKind): Promise<Session>;
  /** Of all arenas now open. */
  bytes(): number;
  dispose(): void;
}

export class MemoryRefusal extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message.en);
    this.diagnostic = diagnostic;
  }
}

export function createSessions(
  compiled: Compiled,
  engine: Engine,
  options: Omit<SessionOptions, 'rows'>,
  memoryLimit = Infinity,
): Sessions {
  const opened = new Map<ProgramKind, Session>();
  const bytes = () => Array.from(opened.values()).reduce((sum, s) => sum + s.program.plan.bytes, 0);

  return {
    bytes,
    async open(kind) {
      const known = opened.get(kind);
      if (known) return known;
      const program = compiled[kind];
      if (!program) throw new Error(`internal: this document has no ${kind} program`);
      const needed = bytes() + program.plan.bytes;
      if (needed > memoryLimit) throw refusal(program.plan, needed, String(memoryLimit));
      try {
        const rows = kind === 'evaluate' ? 'test' : 'train';
        const session = await openSession(program, engine, { ...options, rows });
        opened.set(kind, session);
        return session;
      } catch (error) {
        // What typed arrays and WebAssembly.Memory throw when the host has no room.
        if (error instanceof RangeError) throw refusal(program.plan, needed, '?');
        throw error;
      }
    },
    dispose() {
      for (const { executable } of opened.values()) executable.dispose();
      opened.clear();
    },
  };
}

function refusal(plan: Plan, bytes: number, limit: string): MemoryRefusal {
  const largest = [...plan.buffers].sort((a, b) => b.bytes - a.bytes)[0];
  return new MemoryRefusal(
    diagnose('out-of-memory', {}, { bytes: `${bytes} B`, limit: `${limit} B`, step: largest?.source ?? '?' }),
  );
}
