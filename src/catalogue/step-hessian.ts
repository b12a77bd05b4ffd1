/**
 * What a step of gradient descent sees of a Hessian where parameters have rates and decays by group, or gradients are
 * clipped: the step is θ − η F (clip(∇L) + Λθ), whose derivative is 1 − ηA, and it is stable up to the largest
 * eigenvalue of A.
 */
import type { Builder } from '../ir/builder.ts';
import { arg, binary, type Expr, e, number, select, unary } from '../ir/expr.ts';
import { flatten } from '../ir/hessian.ts';
import { elements, type ValueId } from '../ir/program.ts';
import { evaluate, type TensorFunction, tensorFunction } from '../ir/tensor-function.ts';
import { type Clipping, clipped, groupOf, type ParameterGroup, shortening } from './parameter-groups.ts';
import { pythonCall, pythonNumber } from './torch.ts';

export interface StepSettings extends Clipping {
  readonly decay: number;
  readonly groups: readonly ParameterGroup[];
}

/** Whether A differs from the Hessian in more than one decay, which is the same for all. */
export const isAdapted = ({ groups, clipNorm, clipValue }: StepSettings): boolean =>
  groups.length > 0 || clipNorm !== undefined || clipValue !== undefined;

/**
 * v ↦ Av of shape [N], in coordinates in which A is symmetric: F^½ (c M H M + Λ) F^½ with rates F and decays Λ of each
 * coordinate, M being 0 where the gradient's element is clipped, and c how much the norm's bound shortens the gradient
 * at this point. Clipping is taken to stay as it is along v. `tags`: those of each variable of f.
 */
export function stepHessian(
  ir: Builder,
  f: TensorFunction,
  times: TensorFunction,
  settings: StepSettings,
  tags: readonly (readonly string[])[],
): TensorFunction {
  const sizes = f.variables.map((value) => elements(ir.shape(value)));
  const n = sizes.reduce((a, b) => a + b, 0);
  const perGroup = (of: (group: ParameterGroup | undefined) => number) =>
    ir.concat(
      sizes.map((size, i) => ir.full([size], of(groupOf(settings.groups, tags[i] ?? [])))),
      0,
    );
  const root = perGroup((group) => Math.sqrt(group?.rate ?? 1));
  const decay = perGroup((group) => group?.decay ?? settings.decay);
  const { gradients } = evaluate(ir, f, f.variables);
  const { clipValue, clipNorm } = settings;
  const free =
    clipValue === undefined ? ir.full([n], 1) : ir.map([flatten(ir, gradients)], within(clipValue));
  const short = clipped(ir, gradients, { clipValue });
  const shortened = clipNorm === undefined ? ir.full([], 1) : shortening(ir, short, clipNorm);
  // A copy, as in `hessian`: zeros themselves would be folded away.
  const v = ir.copy(ir.full([n], 0));
  const inner = times.at(ir, [vectors(ir, [v, root, free], e.mul(e.mul(arg(0), arg(1)), arg(2)))]);
  const bent = e.mul(e.mul(arg(5), arg(4)), arg(0));
  const all = [inner, v, root, decay, free, shortened];
  const decays = e.mul(arg(3), e.mul(arg(2), arg(1)));
  return tensorFunction(ir, vectors(ir, all, e.mul(arg(2), e.add(bent, decays))), [v]);
}

/** 1 where an element is not clipped, else 0. */
const within = (clipValue: number): Expr =>
  select(binary('lt', unary('abs', arg(0)), number(clipValue)), number(1), number(0));

/** Element by element; scalars go to each. */
const vectors = (ir: Builder, args: readonly ValueId[], expr: Expr): ValueId =>
  ir.map(
    args,
    expr,
    args.map((value) => ir.shape(value).map((_, d) => d)),
    ir.shape(args[0] as ValueId),
  );

/** The same in Python, of `times` made by `hessian`; `tagged` gives the parameters that are found by a tag. */
export function torchStepHessian(
  { decay, groups, clipValue, clipNorm }: StepSettings,
  { times, parameters }: Readonly<Record<'times' | 'parameters', string>>,
  tagged: (tag: string) => string,
  helper: (code: string) => string,
): string {
  const members = groups.map(
    (group) => `(${tagged(group.tag)}, ${pythonNumber(group.rate)}, ${pythonNumber(group.decay ?? decay)})`,
  );
  const given = [times, parameters, `[${members.join(', ')}]`];
  return pythonCall(helper(inTorch), given, {
    decay: decay === 0 ? undefined : decay,
    clip_value: clipValue,
    clip_norm: clipNorm,
  });
}

const inTorch = `def step_hessian(times, parameters, groups, decay=0.0, clip_value=math.inf, clip_norm=math.inf):
    """What a step of descent sees of a Hessian: (parameters, rate, decay) by group, gradients clipped as they are now."""

    def settings(p):
        return next(((rate, own) for members, rate, own in groups if any(p is m for m in members)), (1.0, decay))

    def each(i):
        return torch.cat([torch.full_like(p, settings(p)[i]).detach().reshape(-1) for p in parameters])

    root, decays = each(0).sqrt(), each(1)
    free = (times.gradient.abs() < clip_value).to(root.dtype)
    length = torch.clamp(times.gradient, -clip_value, clip_value).norm()
    shortened = torch.clamp(clip_norm / (length + 1e-6), max=1.0)
    return lambda v: root * (shortened * free * times(free * root * v) + decays * root * v)`;
