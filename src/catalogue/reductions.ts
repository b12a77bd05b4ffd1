/** What becomes of many numbers along axes: their sum, mean, product, extremes and spread, and how PyTorch says it. */
import type { Builder } from '../ir/builder.ts';
import { arg, binary, e, number, select, unary } from '../ir/expr.ts';
import { elements, type ValueId } from '../ir/program.ts';
import { scan } from '../ir/scan.ts';

export const reductionNames = ['sum', 'mean', 'max', 'min', 'prod', 'var', 'std'] as const;
export type ReductionName = (typeof reductionNames)[number];

/** Over axes, which disappear. Variances are of the numbers themselves: divided by their count, as in NumPy. */
export function reduceOver(ir: Builder, kind: ReductionName, x: ValueId, axes: readonly number[]): ValueId {
  switch (kind) {
    case 'sum':
      return ir.sum(x, axes);
    case 'mean':
      return ir.mean(x, axes);
    case 'max':
    case 'min':
      return axes.length === 0 ? x : ir.reduce(kind, x, axes);
    case 'prod':
      return productOver(ir, x, axes);
    case 'var':
      return varianceOver(ir, x, axes);
    case 'std': {
      // The root has no slope at 0: where nothing varies, none is told.
      const root = select(binary('eq', arg(0), number(0)), number(0), unary('sqrt', arg(0)));
      return ir.map([varianceOver(ir, x, axes)], root);
    }
  }
}

function varianceOver(ir: Builder, x: ValueId, axes: readonly number[]): ValueId {
  const all = ir.shape(x).map((_, d) => d);
  const kept = all.filter((d) => !axes.includes(d));
  const centred = ir.map([x, ir.mean(x, axes)], e.sub(arg(0), arg(1)), [all, kept], ir.shape(x));
  return ir.mean(ir.mul(centred, centred), axes);
}

/** One factor after the other, so that zeros among them have their derivatives. */
function productOver(ir: Builder, x: ValueId, axes: readonly number[]): ValueId {
  const shape = ir.shape(x);
  const kept = shape.flatMap((_, d) => (axes.includes(d) ? [] : [d]));
  const rest = kept.map((d) => shape[d] as number);
  const length = elements(axes.map((d) => shape[d] as number));
  const first = ir.reshape(ir.transpose(x, [...axes, ...kept]), [length, ...rest]);
  const { last } = scan(ir, {
    length,
    carries: [ir.full(rest, 1)],
    rows: [first],
    body: (inner, [product = 0], [factor = 0]) => ({ carries: [inner.mul(product, factor)] }),
  });
  return last[0] as ValueId;
}

/** In Python, over axes of a tensor of this rank. */
export function torchReduce(kind: ReductionName, x: string, axes: readonly number[]): string {
  if (axes.length === 0) return kind === 'var' || kind === 'std' ? `torch.zeros_like(${x})` : x;
  const dims = axes.length === 1 ? `${axes[0]}` : `(${axes.join(', ')})`;
  switch (kind) {
    case 'sum':
    case 'mean':
      return `${x}.${kind}(${dims})`;
    case 'max':
    case 'min':
      return `${x}.a${kind}(${dims})`;
    case 'prod':
      return axes.toReversed().reduce((code, axis) => `${code}.prod(${axis})`, x);
    case 'var':
    case 'std':
      return `${x}.${kind}(${dims}, unbiased=False)`;
  }
}
