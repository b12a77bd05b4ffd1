/**
 * Sine and cosine of large angles: vectors with an angle beyond what the vector functions reduce exactly are given
 * to a kernel lane by lane (angles/assembly). An element's bits do not depend on its neighbours.
 */
import type { Expr } from '../../../ir/expr.ts';
import { type Dtype, type PlainStep, type Plan, visitSteps } from '../../../ir/plan.ts';
import { type ModuleBuilder, unsigned } from './binary.ts';
import { CodeBuilder } from './code.ts';
import { Dag } from './dag.ts';
import type { Apply } from './emit-expr.ts';
import { Lanes } from './lanes.ts';

/** Up to here trigonometry.ts is exact: n · π/2 in parts of 33 bits, n < 2²⁰. */
const largest = 2 ** 20;

/** Opcodes: a lane out of a vector, a number into one, and between float32 and float64. */
const lane = {
  float32: { extract: [0xfd, 0x1f], replace: [0xfd, 0x20], widen: [0xbb], narrow: [0xb6] },
  float64: { extract: [0xfd, 0x21], replace: [0xfd, 0x22], widen: [], narrow: [] },
} as const;

const isAngular = (expr: Expr): boolean => {
  if (expr.op === 'arg' || expr.op === 'const') return false;
  if (expr.op === 'sin' || expr.op === 'cos' || isAngular(expr.a)) return true;
  return ('b' in expr && isAngular(expr.b)) || ('c' in expr && isAngular(expr.c));
};

/** Whether a plan takes sines or cosines, so that its module imports `angles.sine`. */
export function hasAngles({ steps }: Plan): boolean {
  let found = false;
  const look = (step: PlainStep): void => {
    if (step.kind === 'nest') found ||= step.results.some(({ expr }) => isAngular(expr));
    else if (step.kind === 'fused') step.nests.forEach(look);
  };
  visitSteps(steps, (step) => {
    if (step.kind !== 'loop' && step.kind !== 'barrier') look(step);
  });
  return found;
}

export class LargeAngles {
  readonly #module: ModuleBuilder;
  readonly #dtype: Dtype;
  /** The kernel sin(x + shift · π/2). */
  readonly #sine: number;
  /** By the shift. */
  readonly #functions = new Map<number, number>();

  constructor(module: ModuleBuilder, dtype: Dtype) {
    this.#module = module;
    this.#dtype = dtype;
    this.#sine = module.importFunction('angles', 'sine', { params: ['f64', 'i32'], results: ['f64'] });
  }

  /** The same, except that sin and cos of large angles are put in their places. */
  guarded(apply: Apply): Apply {
    return (name, lanes, x, y) => {
      const value = apply(name, lanes, x, y);
      if (name !== 'sin' && name !== 'cos') return value;
      const callee = this.#functionFor(name === 'sin' ? 0 : 1);
      return lanes.dag.node(`large ${name}`, () => [0x10, ...unsigned(callee)], [x, value]);
    };
  }

  #functionFor(shift: number): number {
    let index = this.#functions.get(shift);
    if (index === undefined) {
      index = this.#module.addFunction({ params: ['v128', 'v128'], results: ['v128'] }, this.#write(shift));
      this.#functions.set(shift, index);
    }
    return index;
  }

  /** (x, value) → value, where |x| is large sin(x + shift · π/2). */
  #write(shift: number): number[] {
    const code = new CodeBuilder(2);
    const v = new Lanes(new Dag(), this.#dtype);
    const { extract, replace, widen, narrow } = lane[this.#dtype];
    const isLarge = code.local('v128');
    const [abs, lt, bound] = [v.opcode('abs'), v.opcode('lt'), v.number(largest).bytes];
    code.raw(bound).get(0).raw(abs).raw(lt).tee(isLarge);
    // v128.any_true; if … else value
    code.raw([0xfd, 0x53, 0x04, 0x7b]).get(1);
    for (let i = 0; i < v.format.lanes; i++) {
      code.get(0).raw([...extract, i, ...widen]);
      code
        .int(shift)
        .call(this.#sine)
        .raw([...narrow, ...replace, i]);
    }
    code.get(1).get(isLarge).raw([0xfd, 0x52, 0x05]).get(1).raw([0x0b]);
    return code.finish();
  }
}
