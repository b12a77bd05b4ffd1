/**
 * Index names against an expression. `bi,io->bo` on X (b, in) and W (out, in) pairs `in` with `out`, while
 * W has an `in` of its own that stays open: with a square W every size fits, and the result is that of the
 * transpose. The letters decide, so this is no error; it is told because the names speak against it.
 */
import type { Axis } from '../tensor/axis.ts';
import { equal, type Size } from '../tensor/size.ts';

export interface Crossed {
  /** The operand whose axis `other` is paired with `name` of the operand `from`, and which has a `name` itself. */
  readonly at: number;
  readonly from: number;
  readonly name: string;
  readonly other: string;
}

interface Stand {
  readonly operand: number;
  readonly name: string;
  readonly size: Size;
}

/**
 * The first pair of axes that are crossed; `labels` are an expression's, by operand and axis. Where both
 * operands have both names, as two maps of a space into itself have, the pairing is a chain, and meant.
 */
export function findCrossed(
  types: readonly (readonly Axis[])[],
  labels: readonly (readonly string[])[],
): Crossed | undefined {
  const stands = new Map<string, Stand[]>();
  for (const [operand, list] of labels.entries())
    for (const [d, label] of list.entries()) {
      const stand = { operand, ...(types[operand]?.[d] as Axis) };
      const before = stands.get(label);
      if (before) before.push(stand);
      else stands.set(label, [stand]);
    }
  /** Whether an operand has an axis of this name that is paired with none of its own name. */
  const isLeft = (operand: number, name: string): boolean =>
    (types[operand] ?? []).some((axis, d) => {
      if (axis.name !== name) return false;
      const partners = stands.get(labels[operand]?.[d] ?? '') ?? [];
      return !partners.some((stand) => stand.operand !== operand && stand.name === name);
    });
  const has = (operand: number, name: string): boolean =>
    (types[operand] ?? []).some((axis) => axis.name === name);
  for (const [first, ...others] of stands.values())
    for (const second of others) {
      if (!first || first.operand === second.operand || first.name === second.name) continue;
      // Where sizes differ, that is told.
      if (!equal(first.size, second.size)) continue;
      for (const [a, b] of [
        [first, second],
        [second, first],
      ] as const)
        if (isLeft(b.operand, a.name) && !has(a.operand, b.name))
          return { at: b.operand, from: a.operand, name: a.name, other: b.name };
    }
  return undefined;
}
