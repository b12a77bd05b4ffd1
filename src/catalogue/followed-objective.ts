/**
 * What an optimizer that searches along lines follows: the loss with the decay of weights, its gradient clipped, in
 * coordinates that are stretched by the rates of groups. With a rate F of its own a coordinate is θ = √F u: along
 * −∂L/∂u a step of length t moves it by −t F ∂L/∂θ, as a rate does for an optimizer without a search.
 */
import type { Builder } from '../ir/builder.ts';
import { arg, e, number } from '../ir/expr.ts';
import { elements, type ValueId } from '../ir/program.ts';
import type { LowerContext } from './define.ts';
import type { DirectionParams } from './direction-params.ts';
import { clipped, groupOf } from './parameter-groups.ts';

export interface FollowedObjective {
  /** How many coordinates there are. */
  readonly n: number;
  /** Parameters as one vector [n], and such a vector as parameters. */
  flat(ir: Builder, values: readonly ValueId[]): ValueId;
  parts(ir: Builder, x: ValueId): ValueId[];
  /** θ + t √F d, d being a direction [n] in the stretched coordinates. */
  moved(ir: Builder, x: ValueId, t: ValueId, d: ValueId): ValueId;
  /** What is followed at a point: a scalar, and its gradient [n] by the stretched coordinates. */
  of(
    ir: Builder,
    found: { readonly loss: ValueId; readonly gradients: readonly ValueId[] },
    point: readonly ValueId[],
  ): { readonly loss: ValueId; readonly gradient: ValueId };
}

/** Without groups, decay and clipping the loss itself. */
export function followedObjective(
  { ir: own, params, tagsOf }: LowerContext<DirectionParams>,
  parameters: readonly ValueId[],
): FollowedObjective {
  const shapes = parameters.map((value) => own.shape(value));
  const sizes = shapes.map(elements);
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
  const groups = parameters.map((value) => groupOf(params.groups, tagsOf(value)));
  const roots = groups.map((group) => Math.sqrt(group?.rate ?? 1));
  const decays = groups.map((group) => group?.decay ?? params.decay);
  const flat = (ir: Builder, values: readonly ValueId[]) =>
    ir.concat(
      values.map((value, i) => ir.reshape(value, [sizes[i] as number])),
      0,
    );
  return {
    n: sizes.reduce((a, b) => a + b, 0),
    flat,
    parts: (ir, x) =>
      shapes.map((shape, i) => ir.reshape(ir.part(x, 0, starts[i] as number, sizes[i] as number), shape)),
    moved(ir, x, t, d) {
      if (roots.every((root) => root === 1))
        return ir.map([x, t, d], e.add(arg(0), e.mul(arg(1), arg(2))), [[0], [], [0]]);
      const root = flat(
        ir,
        roots.map((value, i) => ir.full([sizes[i] as number], value)),
      );
      const along = e.add(arg(0), e.mul(e.mul(arg(1), arg(3)), arg(2)));
      return ir.map([x, t, d, root], along, [[0], [], [0], [0]]);
    },
    of(ir, { loss, gradients }, point) {
      let total = loss;
      const slopes = clipped(ir, gradients, params).map((slope, i) => {
        const [root = 1, decay = 0, at = slope] = [roots[i], decays[i], point[i]];
        const all = ir.shape(slope).map((_, d) => d);
        if (decay > 0) {
          const square = ir.contract([at, at], [all, all], []);
          total = ir.map([total, square], e.add(arg(0), e.mul(number(decay / 2), arg(1))), [[], []], []);
        }
        if (decay === 0 && root === 1) return slope;
        const decayed = decay === 0 ? arg(0) : e.add(arg(0), e.mul(number(decay), arg(1)));
        return ir.map([slope, at], e.mul(number(root), decayed), [all, all], ir.shape(slope));
      });
      return { loss: total, gradient: flat(ir, slopes) };
    },
  };
}
