/** One equation for one unknown size, solved where exactly one whole positive number, or one expression, will do. */
import {
  type Atom,
  asNumber,
  atomsOf,
  constant,
  divideExactly,
  negate,
  type Size,
  subtract,
} from './size.ts';

type Answer = Size | 'none' | undefined;

const holds = (size: Size, id: string): boolean =>
  atomsOf(size).some((atom) => atom.kind === 'unknown' && atom.id === id);

/**
 * Solves difference = 0 for one unknown: its size; 'none' where no whole positive number will do;
 * undefined where more must be known first, or where several would do.
 */
export function solve(difference: Size, id: string): Answer {
  const holding = difference.terms.filter((term) => holds({ terms: [term] }, id));
  const [term] = holding;
  if (term === undefined || holding.length !== 1) return undefined;
  const found = term.atoms.filter((atom) => holds({ terms: [{ coefficient: 1, atoms: [atom] }] }, id));
  const [atom] = found;
  if (atom === undefined || found.length !== 1) return undefined;
  const factor = {
    terms: [{ coefficient: term.coefficient, atoms: term.atoms.filter((other) => other !== atom) }],
  };
  const rest = negate(subtract(difference, { terms: [term] }));
  const quotient = divideExactly(rest, factor);
  const [n, r] = [asNumber(factor), asNumber(rest)];
  if (quotient === undefined) return n !== undefined && r !== undefined ? 'none' : undefined;
  if (atom.kind !== 'unknown') return only(atom, quotient, id);
  const number = asNumber(quotient);
  return number !== undefined && number < 1 ? 'none' : quotient;
}

/** The one size that gives a quotient or a maximum this value. */
function only(atom: Atom, value: Size, id: string): Answer {
  const number = asNumber(value);
  const range = number === undefined ? undefined : narrow(atom, [number, number], id);
  if (!range) return undefined;
  const [low, high] = [Math.max(1, range[0]), range[1]];
  return low > high ? 'none' : low === high ? constant(low) : undefined;
}

/** From least to greatest, both included. */
type Range = readonly [number, number];

/**
 * The sizes of the unknown for which an atom lies in a range, by undoing one operation after the other:
 * ⌊a/n⌋ = v exactly for n·v ≤ a ≤ n·v + n − 1. Undefined where what stands beside the unknown is open.
 */
function narrow(atom: Atom, [low, high]: Range, id: string): Range | undefined {
  if (atom.kind === 'unknown') return [low, high];
  if (atom.kind === 'symbol') return undefined;
  const [a, b] = [asNumber(atom.a), asNumber(atom.b)];
  if (atom.kind === 'max') {
    const [open, known] = a === undefined ? [atom.a, b] : [atom.b, a];
    if (known === undefined) return undefined;
    if (high < known) return [1, 0];
    return narrowSum(open, [low > known ? low : Number.NEGATIVE_INFINITY, high], id);
  }
  if (b !== undefined) return b > 0 ? narrowSum(atom.a, [b * low, b * high + b - 1], id) : undefined;
  // v ≤ a/u < w + 1 exactly for a/(w + 1) < u ≤ a/v.
  if (a === undefined || low < 1) return undefined;
  return narrowSum(atom.b, [Math.floor(a / (high + 1)) + 1, Math.floor(a / low)], id);
}

/** The same for a multiple of one atom plus a number. */
function narrowSum(size: Size, [low, high]: Range, id: string): Range | undefined {
  const open = size.terms.filter(({ atoms }) => atoms.length > 0);
  const [term] = open;
  const [atom] = term?.atoms ?? [];
  if (open.length !== 1 || term?.atoms.length !== 1 || atom === undefined) return undefined;
  const shift = asNumber(subtract(size, { terms: [term] })) as number;
  const ends = [(low - shift) / term.coefficient, (high - shift) / term.coefficient].sort((x, y) => x - y);
  return narrow(atom, [Math.ceil(ends[0] as number), Math.floor(ends[1] as number)], id);
}
