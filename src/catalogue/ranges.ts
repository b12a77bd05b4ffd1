/** A range of places that is cut into equal cells: the bins of histograms, the grids of potentials. */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, binary, e, number, select, unary } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import type { InferContext } from './define.ts';
import { pythonNumber } from './torch.ts';

export interface CellRange {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Parameters of a range; `counted` says what there are so many of. */
export const rangeParams = (from: number, to: number, count: number, counted: Text) => ({
  from: z
    .number()
    .default(from)
    .meta({ label: text('From', '起点') }),
  to: z
    .number()
    .default(to)
    .meta({ label: text('To', '终点') }),
  count: z
    .int()
    .min(2)
    .max(100_000)
    .default(count)
    .meta({ label: text('Count', '数目'), doc: counted }),
});

/** Said where the end does not lie beyond the start. */
export function refuseEmptyRange({ params: { from, to }, report }: InferContext<CellRange>): void {
  if (from < to) return;
  const detail = text(`must be larger than “from”, ${from}`, `必须大于起点 ${from}`);
  report('bad-param', { param: 'to' }, { param: 'to', detail });
}

export const cellWidth = ({ from, to, count }: CellRange): number => (to - from) / count;

/** The middle of each cell: [count]. */
export const cellMiddles = (ir: Builder, range: CellRange): ValueId =>
  ir.map(
    [ir.iota(range.count)],
    e.add(number(range.from), e.mul(number(cellWidth(range)), e.add(arg(0), number(0.5)))),
  );

/** The ends of all cells: [count + 1]. */
export const cellEdges = (ir: Builder, range: CellRange): ValueId =>
  ir.map([ir.iota(range.count + 1)], e.add(number(range.from), e.mul(number(cellWidth(range)), arg(0))));

/**
 * How many elements of `x` lie in each of `count` cells from `from` on, of one `width` (both scalars): [count]. A cell
 * holds its lower end, the last one both, as in NumPy's histogram. What lies in none, and NaN, is not counted.
 */
export function binsOf(ir: Builder, x: ValueId, from: ValueId, width: ValueId, count: number): ValueId {
  const shape = ir.shape(x);
  const place = e.div(e.sub(arg(0), arg(1)), arg(2));
  const bin = select(binary('eq', place, number(count)), number(count - 1), unary('floor', place));
  const bins = ir.map([x, from, width], bin, [shape.map((_, d) => d), [], []]);
  return ir.scatterAdd(bins, ir.full(shape, 1), count);
}

/** The same in Python. */
export const torchCellMiddles = `def cell_middles(start, end, count):
    """The middles of equal cells."""
    return start + (end - start) / count * (torch.arange(count) + 0.5)`;

/** The arguments of such a function. */
export const cellCall = ({ from, to, count }: CellRange): string =>
  `(${[from, to, count].map(pythonNumber).join(', ')})`;

export const torchBins = `def bin_counts(x, start, width, count):
    """How many lie in each cell; a cell holds its lower end, the last one both."""
    place = (x.detach() - start) / width
    bins = torch.where(place == count, torch.full_like(place, count - 1.0), torch.floor(place))
    bins = bins[(bins >= 0) & (bins < count)]
    return torch.bincount(bins.long(), minlength=count).to(x.dtype)`;
