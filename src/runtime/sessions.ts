/** The programs of one compiled document on one engine, opened when first asked for, within a memory limit. */
import { byteText } from '../base/bytes.ts';
import type { Compiled, CompiledProgram, ProgramKind } from '../compiler/types.ts';
import type { Engine } from '../numeric/engine.ts';
import { diagnosticOf, Refusal, tooLarge } from './engine-faults.ts';
import { openSession, type Session, type SessionOptions } from './session.ts';

export interface Sessions {
  /** Rejects with a Refusal when the program does not fit beside those already open, or the engine cannot load it. */
  open(kind: Exclude<ProgramKind, 'evaluate'> | 'readings'): Promise<Session>;
  /** The same of every evaluation. */
  openEvaluations(): Promise<readonly Session[]>;
  /**
   * The same program on the same rows with a step for each operation, for diagnosis; undefined where there is no
   * room for it.
   */
  openUnfused(session: Session): Promise<Session | undefined>;
  /** Of all arenas now open. */
  bytes(): number;
  dispose(): void;
}

export function createSessions(
  compiled: Compiled,
  engine: Engine,
  options: Omit<SessionOptions, 'rows'>,
  memoryLimit = Infinity,
): Sessions {
  const opened = new Map<CompiledProgram, Session>();
  const bytes = () => Array.from(opened.values()).reduce((sum, s) => sum + s.program.plan.bytes, 0);

  async function openProgram(program: CompiledProgram): Promise<Session> {
    const known = opened.get(program);
    if (known) return known;
    const needed = bytes() + program.plan.bytes;
    if (needed > memoryLimit) throw new Refusal(tooLarge(program.plan, needed, byteText(memoryLimit)));
    try {
      const rows = program.kind === 'evaluate' ? 'test' : 'train';
      const session = await openSession(program, engine, { ...options, rows });
      opened.set(program, session);
      return session;
    } catch (error) {
      throw new Refusal(diagnosticOf(error, program.plan, needed));
    }
  }

  return {
    bytes,
    open(kind) {
      const program = compiled[kind];
      if (!program) throw new Error(`internal: this document has no ${kind} program`);
      return openProgram(program);
    },
    async openEvaluations() {
      const sessions: Session[] = [];
      for (const program of compiled.evaluations) sessions.push(await openProgram(program));
      return sessions;
    },
    async openUnfused({ program }) {
      try {
        return await openProgram(program.unfused());
      } catch (error) {
        if (error instanceof Refusal) return undefined;
        throw error;
      }
    },
    dispose() {
      for (const { executable } of opened.values()) executable.dispose();
      opened.clear();
    },
  };
}
