/**
 * How node types offer themselves in fixes: each may say how it would stand in a wire that does not fit
 * (`adapt`), or how its own parameters would have to read for the wires that it has (`repair`). Shared
 * code tries what is offered and keeps what works; it need not know any type.
 */
import type { Json } from '../base/edit.ts';
import type { Text } from '../base/text.ts';

/** An axis as it stands on a wire now; `size` is undefined while it is open. */
export interface SeenAxis {
  readonly name: string;
  readonly written: string;
  readonly size: number | undefined;
}

/** A wire that does not fit: what it carries and, where that is known, what should arrive. */
export interface Misfit {
  readonly has: readonly SeenAxis[];
  readonly wanted?: readonly SeenAxis[];
  /** The least rank that is wanted, where that is known. */
  readonly rank?: number;
  /** Set where it carries class numbers, of so many classes, and quantities are wanted. */
  readonly classes?: number;
}

export interface Proposal {
  readonly params: Readonly<Record<string, Json>>;
  /** True when every number stays and only its place changes. */
  readonly keepsNumbers?: boolean;
  /** An imperative without a full stop: “Insert a Flatten”, “Sum over i, j”. */
  readonly does: Text;
}

export const sameSize = (a: SeenAxis, b: SeenAxis): boolean =>
  a.size !== undefined || b.size !== undefined
    ? a.size === b.size && /\D/.test(a.written) === /\D/.test(b.written)
    : a.written === b.written;

/** Names that are all different, so that a pattern can be written with them. */
export function distinctNames(axes: readonly SeenAxis[]): string[] {
  const names: string[] = [];
  for (const { name } of axes) {
    let fresh = name;
    for (let n = 2; names.includes(fresh); n++) fresh = `${name}${n}`;
    names.push(fresh);
  }
  return names;
}
