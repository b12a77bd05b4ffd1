/** Where the time of a step goes, kernel by kernel: each step of the plan is run alone, many times over. */
import { printExpr } from '../../../src/ir/expr.ts';
import type { Step } from '../../../src/ir/plan.ts';
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

const REPETITIONS = 200;
/** A step alone is repeated for no longer than this. */
const LONGEST_MS = 400;

export async function traceSteps(contender: Contender): Promise<StepTime[]> {
  if (!('executable' in contender)) throw new Error('only our own plans have steps to trace');
  const { executable } = contender as OurContender;
  await contender.restart();
  executable.step();
  return executable.plan.steps.map((step, index) => {
    const microseconds = shortest(() => executable.stepAlone(index));
    return {
      index,
      kind: step.kind,
      source: step.source ?? '',
      what: whatOf(step),
      microseconds,
      ...(step.kind === 'gemm' && { gigaflops: (2e-3 * step.flops) / microseconds }),
    };
  });
}

/** Microseconds of the fastest of several blocks of repetitions; a block hides the clock's coarseness. */
function shortest(run: () => void): number {
  const block = 10;
  let best = Number.POSITIVE_INFINITY;
  const begin = performance.now();
  for (let done = 0; done < REPETITIONS && performance.now() - begin < LONGEST_MS; done += block) {
    const start = performance.now();
    for (let i = 0; i < block; i++) run();
    best = Math.min(best, (performance.now() - start) / block);
  }
  return 1000 * best;
}

const times = (sizes: readonly number[]): string => sizes.join('×');

function whatOf(step: Step): string {
  switch (step.kind) {
    case 'gemm':
      return `${step.batch.length > 0 ? `${times(step.batch)} × ` : ''}${elements(step.m)}×${elements(step.k)}·${elements(step.k)}×${elements(step.n)}`;
    case 'nest': {
      const kept = times(step.dims.slice(0, step.dims.length - step.reduced));
      const over = step.reduced > 0 ? ` over ${times(step.dims.slice(-step.reduced))}` : '';
      return `${kept}${over}: ${step.results.map((r) => printExpr(r.expr)).join(', ')}`;
    }
    default:
      return '';
  }
}
