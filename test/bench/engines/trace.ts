/** Where the time of a step goes, kernel by kernel: each step of the plan is run alone, many times over. */
import { printExpr } from '../../../src/ir/expr.ts';
import { type GemmStep, type NestStep, productAt, type Step } from '../../../src/ir/plan.ts';
import { elements } from '../../../src/ir/program.ts';
import type { Contender } from './contender.ts';
import type { OurContender } from './ours.ts';

export interface StepTime {
  readonly index: number;
  readonly kind: Step['kind'];
  /** The node that the step comes from. */
  readonly source: string;
  /** Sizes, and for a loop nest what it computes. */
  readonly what: string;
  readonly microseconds: number;
  /** Of a matrix product. */
  readonly gigaflops?: number;
}

export interface Trace {
  readonly steps: readonly StepTime[];
  /** The fastest of whole steps, measured in the same way. */
  readonly wholeMicroseconds: number;
}

const REPETITIONS = 200;
/** A step alone is repeated for no longer than this. */
const LONGEST_MS = 400;
/** Milliseconds below which a run is measured in blocks, since the clock is too coarse for it. */
const SHORT_MS = 1;

export async function traceSteps(contender: Contender): Promise<Trace> {
  if (!('executable' in contender)) throw new Error('only our own plans have steps to trace');
  const { executable } = contender as OurContender;
  await contender.restart();
  const wholeMicroseconds = await shortest((times) => executable.advance(times));
  await contender.restart();
  await executable.advance(1);
  const steps: StepTime[] = [];
  for (const [index, step] of executable.plan.steps.entries()) {
    const microseconds = await shortest((times) => executable.repeatStep(index, times));
    steps.push({
      index,
      kind: step.kind,
      source: step.source ?? '',
      what: whatOf(step),
      microseconds,
      ...(step.kind === 'gemm' && { gigaflops: (2e-3 * step.flops) / microseconds }),
    });
  }
  return { steps, wholeMicroseconds };
}

/** Microseconds of the fastest of many repetitions. */
async function shortest(run: (times: number) => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await run(1);
  const block = performance.now() - begin < SHORT_MS ? 10 : 1;
  let best = Number.POSITIVE_INFINITY;
  for (let done = 0; done < REPETITIONS && performance.now() - begin < LONGEST_MS; done += block) {
    const start = performance.now();
    await run(block);
    best = Math.min(best, (performance.now() - start) / block);
  }
  return 1000 * best;
}

const times = (sizes: readonly number[]): string => sizes.join('×');

function whatOf(step: Step): string {
  switch (step.kind) {
    case 'gemm':
      return productText(step);
    case 'nest':
      return nestText(step);
    case 'fused':
      return `${step.outer.length > 0 ? `for each of ${times(step.outer)}: ` : ''}${step.nests
        .map((nest) =>
          nest.kind === 'gemm'
            ? productText(
                productAt(
                  nest,
                  step.outer.map(() => 0),
                ),
              )
            : nestText(nest),
        )
        .join('; ')}`;
    default:
      return '';
  }
}

const productText = ({ batch, m, n, k }: GemmStep): string =>
  `${batch.length > 0 ? `${times(batch)} × ` : ''}${elements(m)}×${elements(k)}·${elements(k)}×${elements(n)}`;

function nestText({ dims, reduced, results }: NestStep): string {
  const kept = times(dims.slice(0, dims.length - reduced));
  const over = reduced > 0 ? ` over ${times(dims.slice(-reduced))}` : '';
  return `${kept}${over}: ${results.map((r) => printExpr(r.expr)).join(', ')}`;
}
