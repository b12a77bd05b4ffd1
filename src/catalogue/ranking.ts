/**
 * Sorting by operations that have derivatives: each number is compared with all others of its row, so that the place
 * of each is a count, and what stands at a place is the number whose count it is. Equal ones keep their order.
 */
import type { Builder } from '../ir/builder.ts';
import { arg, binary, e, number, select } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';

/** How many stand before each along the last axis once it is sorted: whole numbers 0 … n − 1, without derivative. */
export function ranksOf(ir: Builder, x: ValueId, descending: boolean): ValueId {
  const shape = ir.shape(x);
  const [rank, n] = [shape.length, shape.at(-1) as number];
  const rows = shape.slice(0, -1).map((_, d) => d);
  // Element i of a row, and the others j of it along an axis of their own.
  const [own, other] = [rank - 1, rank];
  const isBefore = descending ? binary('lt', arg(0), arg(1)) : binary('lt', arg(1), arg(0));
  const isEarlier = e.mul(binary('eq', arg(0), arg(1)), binary('lt', arg(3), arg(2)));
  const places = ir.iota(n);
  const before = ir.map(
    [x, ir.copy(x), places, ir.iota(n)],
    e.add(isBefore, isEarlier),
    [[...rows, own], [...rows, other], [own], [other]],
    [...shape, n],
  );
  return ir.sum(before, [other]);
}

/** Of values beside their ranks, those with ranks 0 … count − 1, in this order, along the last axis. */
export function byRank(ir: Builder, values: ValueId, ranks: ValueId, count: number): ValueId {
  const shape = ir.shape(ranks);
  const rows = shape.slice(0, -1).map((_, d) => d);
  const [place, own] = [rows.length, rows.length + 1];
  const along = ir.shape(values).length === 1 ? [own] : [...rows, own];
  const picked = ir.map(
    [values, ranks, ir.iota(count)],
    select(binary('eq', arg(1), arg(2)), arg(0), number(0)),
    [along, [...rows, own], [place]],
    [...shape.slice(0, -1), count, shape.at(-1) as number],
  );
  return ir.sum(picked, [own]);
}
