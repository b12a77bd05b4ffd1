/**
 * Answers requests for one JavaScript engine, in a process of its own or in a Chromium worker. The check
 * comes first: an engine whose numbers are wrong is not timed.
 */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import { LATER, type ReadBytes, readCase, readReference } from './case.ts';
import { measureCeiling } from './ceiling.ts';
import { type CompileTime, type LoopRate, timeCompile, timeLoop } from './compile-time.ts';
import type { Contender, Open } from './contender.ts';
import { processorSeconds } from './processor-time.ts';
import { hasSignal, relativeError } from './statistics.ts';
import { type StepsTimed, timeSteps } from './time-steps.ts';
import { type Trace, traceSteps } from './trace.ts';

export type Request =
  | { readonly op: 'prepare'; readonly workload: string }
  | { readonly op: 'time'; readonly milliseconds: number }
  | { readonly op: 'compile'; readonly file: string }
  | { readonly op: 'loop'; readonly file: string }
  | { readonly op: 'trace' }
  | { readonly op: 'ceiling' };

/** How far an engine's numbers are from the reference's. */
export interface Errors {
  readonly loss: number;
  /** The largest over all gradients, or the error of the value. */
  readonly values: number;
  readonly worst: string;
  /** Of the loss after twenty steps; null where each takes so long that nobody waits for them. */
  readonly later: number | null;
}

export interface Answers {
  readonly prepare: Errors;
  readonly time: StepsTimed;
  readonly compile: CompileTime;
  readonly loop: LoopRate;
  readonly trace: Trace;
  /** Multiply-adds count as two. */
  readonly ceiling: { readonly flopsPerSecond: number; readonly fused: boolean };
}

/** Seconds of a step after which no twenty are asked for. */
const SLOW = 3;

/** Steps of each way to run a loop. */
const LOOP_ROUNDS = 25;

export type Serve = <R extends Request>(request: R) => Promise<Answers[R['op']]>;

export function createHost(open: Open, read: ReadBytes): Serve {
  let contender: Contender | undefined;
  const ready = (): Contender => {
    if (!contender) throw new Error('nothing is prepared');
    return contender;
  };
  const documentIn = async (file: string) =>
    JSON.parse(new TextDecoder().decode(await read(file))) as GraphDocument;
  const answers: { [Op in Request['op']]: (request: Request & { op: Op }) => Promise<Answers[Op]> } = {
    async prepare({ workload }) {
      contender = undefined;
      const [given, reference] = [await readCase(workload, read), await readReference(workload, read)];
      const opened = await open(given);
      const errors = await check(opened, reference);
      contender = opened;
      return errors;
    },
    time: async ({ milliseconds }) => time(ready(), milliseconds),
    compile: async ({ file }) => timeCompile(await documentIn(file)),
    loop: async ({ file }) => timeLoop(await documentIn(file), LOOP_ROUNDS),
    trace: async () => traceSteps(ready()),
    ceiling: () => measureCeiling(),
  };
  return (request) => answers[request.op](request as never) as Promise<never>;
}

async function check(
  contender: Contender,
  { values, losses }: Awaited<ReturnType<typeof readReference>>,
): Promise<Errors> {
  if (!Object.values(values).some(hasSignal)) throw new Error('the reference is zero throughout');
  await contender.restart();
  const begin = processorSeconds();
  await contender.step();
  const isSlow = processorSeconds() - begin > SLOW;
  const loss = await contender.loss();
  const results = await contender.results();
  const errors = Object.entries(values).map(
    ([name, reference]) => [relativeError(results[name] ?? [], reference), name] as const,
  );
  const [largest, worst] = errors.reduce((a, b) => (b[0] > a[0] ? b : a));
  if (!losses) return { loss: 0, values: largest, worst, later: 0 };
  const lossError = relativeError([loss], [losses[0]]);
  if (isSlow) return { loss: lossError, values: largest, worst, later: null };
  // The loss of a step is taken before its update: that of step 21 follows twenty updates.
  for (let i = 0; i < LATER; i++) await contender.step();
  const later = await contender.loss();
  return {
    loss: lossError,
    values: largest,
    worst,
    later: relativeError([later], [losses[1]]),
  };
}

/** Each timing starts from the first weights, so that long runs do not end in denormal numbers. */
async function time(contender: Contender, milliseconds: number): Promise<StepsTimed> {
  await contender.restart();
  await contender.step();
  const oneByOne = async (steps: number) => {
    for (let i = 0; i < steps; i++) {
      const pending = contender.step();
      if (pending) await pending;
    }
  };
  const timed = await timeSteps(contender.steps ?? oneByOne, milliseconds);
  if (!Number.isFinite(await contender.loss())) throw new Error('the loss is not finite after the timing');
  return timed;
}
