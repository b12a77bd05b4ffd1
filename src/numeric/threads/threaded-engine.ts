/**
 * The default engine on several threads. Every thread runs a module of its own, compiled from its share
 * of the plan, on memory that all see; the results are the same bits as on one thread. So whether
 * to share may be found out while a run goes on: a plan whose steps are too small is never shared, another
 * is where that proves faster.
 */
import type { Plan } from '../../ir/plan.ts';
import { type Engine, EngineError, type Executable } from '../engine.ts';
import { productBytes } from '../wasm/emit/emit-gemm.ts';
import { allocate, instantiate, MARGIN, PAGE, SCRATCH } from '../wasm/instance.ts';
import { bestVariant } from '../wasm/kernels.ts';
import { createWasm, executableOf } from '../wasm/wasm-engine.ts';
import { createAutotuner, LEAST_GAIN } from './autotune.ts';
import type { Task } from './member.ts';
import { partitionPlan, rowBuffers } from './partition.ts';
import { mayPay, secondsOf } from './pays.ts';
import { breakUp, dismiss, isBroken, joinTeam, startStep, teamWords } from './thread-team.ts';

/** How the host runs a thread. */
export interface Threads {
  /** How many, the caller's own among them. */
  readonly count: number;
  /** Starts a thread on a task (member.ts). Resolves when it is ready; the result ends it, whatever it does. */
  start(task: Task): Promise<() => void>;
}

/** What the first steps of a plan have shown. */
export interface Decision {
  /** How many threads go on: one, or all that were tried. */
  readonly threads: number;
  readonly tried: number;
  /** How many times as fast as one thread all of them were. */
  readonly gain: number;
}

/** To share a plan where that proves faster. */
export interface Measured {
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  readonly decided?: ((plan: Plan, decision: Decision) => void) | undefined;
}

/** `always` shares every plan: for tests, and where the user has asked for threads. */
export type Policy = 'always' | Measured;

/** Seconds after which a silent thread is given up, and more for plans whose steps take long on a slow machine. */
const PATIENCE = 30;
const SLOWER = 100;

export const createThreaded = (threads: Threads, policy: Policy): Engine => ({
  name: 'wasm',
  get variant() {
    return bestVariant();
  },
  load: (plan) =>
    threads.count > 1 && (policy === 'always' || mayPay(plan, threads.count))
      ? load(plan, threads, policy)
      : createWasm().load(plan),
});

async function load(plan: Plan, { count, start }: Threads, policy: Policy): Promise<Executable> {
  // In this order: the first thread's scratch, the arena, the tables of all products, and for each thread
  // rows of its own, scratch and tables.
  let end = SCRATCH + plan.bytes + MARGIN;
  const room = (bytes: number) => {
    const at = end;
    end += Math.ceil(bytes / 64) * 64;
    return at;
  };
  const tables = room(productBytes(plan));
  const rows = rowBuffers(plan.steps);
  const withOwnRows = (): Plan['buffers'] =>
    plan.buffers.map((b, i) => (rows.has(i) ? { ...b, offset: room(b.bytes) - SCRATCH } : b));
  const parts = partitionPlan(plan, count).map((steps, t) => {
    const part: Plan = { ...plan, steps, buffers: t === 0 ? plan.buffers : withOwnRows() };
    const scratch = t === 0 ? 0 : room(SCRATCH);
    return { part, places: { scratch, tables: room(productBytes(part)) } };
  });

  const pages = Math.ceil(end / PAGE);
  const memory = allocate(pages, true);
  const words = new Int32Array(new SharedArrayBuffer(4 * teamWords));
  const patience = Math.ceil(PATIENCE + SLOWER * secondsOf(plan.steps));
  const { barrier } = joinTeam(words, count, patience);
  const common = { arena: SCRATCH, pages, variant: bestVariant(), isShared: true };
  const [own, ...others] = parts.map(({ part, places }): Task => {
    const setting = { ...common, ...places };
    return { plan: part, memory, words, threads: count, patience, setting };
  }) as [Task, ...Task[]];
  const started = async (task: Task) => {
    try {
      return await start(task);
    } catch (error) {
      throw new EngineError('thread-lost', error instanceof Error ? error.message : String(error));
    }
  };
  const [whole, mine, ...ends] = await Promise.all([
    instantiate(plan, memory, { ...common, scratch: 0, tables, barrier }),
    instantiate(own.plan, memory, { ...own.setting, barrier }),
    ...others.map(started),
  ]).catch((error: unknown) => {
    dismiss(words);
    throw error;
  });

  const dissolve = () => {
    dismiss(words);
    for (const end of ends.splice(0)) end();
  };
  const alone = whole.step;
  const together = () => {
    // Of a thread that is lost between two steps nothing is missing yet: one can go on.
    if (isBroken(words)) return alone();
    startStep(words);
    try {
      mine.step();
    } catch (error) {
      breakUp(words, String(error));
      throw error;
    }
  };
  const measured = ({ now, decided }: Measured) => {
    const autotune = createAutotuner({ alone, together }, now);
    return () => {
      const gain = autotune();
      if (gain === undefined) return;
      const pays = gain >= LEAST_GAIN;
      if (!pays) dissolve();
      step = pays ? together : alone;
      decided?.(plan, { threads: pays ? count : 1, tried: count, gain });
    };
  };
  let step = policy === 'always' ? together : measured(policy);

  const executable = executableOf(plan, memory, { ...whole, step: () => step() });
  return {
    ...executable,
    dispose() {
      dissolve();
      executable.dispose();
    },
  };
}
