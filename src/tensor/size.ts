/**
 * Sizes of axes: integers, symbols (`B`), unknowns that the graph has yet to solve, and expressions
 * over them, kept in one normal form – a polynomial with integer coefficients – so that two sizes are
 * equal exactly when their difference is the zero polynomial. Quotients and maxima, which are no
 * polynomials, are atoms of it.
 */

export type Atom =
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'unknown'; readonly id: string }
  /** ⌊a / b⌋ */
  | { readonly kind: 'floor'; readonly a: Size; readonly b: Size }
  | { readonly kind: 'max'; readonly a: Size; readonly b: Size };

export interface Term {
  readonly coefficient: number;
  /** Sorted by key; an atom stands as often as its power. */
  readonly atoms: readonly Atom[];
}

/** A sum of terms, sorted by key, none with coefficient 0. No terms is zero. */
export interface Size {
  readonly terms: readonly Term[];
}

const atomKey = (atom: Atom): string => {
  switch (atom.kind) {
    case 'symbol':
      return atom.name;
    case 'unknown':
      return `?${atom.id}`;
    case 'floor':
      return `floor(${key(atom.a)}/${key(atom.b)})`;
    case 'max':
      return `max(${key(atom.a)},${key(atom.b)})`;
  }
};
const termKey = (term: Term): string => term.atoms.map(atomKey).join('*');

/** A string that is equal for equal sizes only. */
export const key = (size: Size): string =>
  size.terms.map((t) => `${t.coefficient}*${termKey(t)}`).join('+') || '0';

const byKey =
  <T>(keyOf: (x: T) => string) =>
  (x: T, y: T) =>
    keyOf(x) < keyOf(y) ? -1 : keyOf(x) > keyOf(y) ? 1 : 0;

function collect(terms: readonly Term[]): Size {
  const sums = new Map<string, Term>();
  for (const term of terms) {
    const k = termKey(term);
    const coefficient = (sums.get(k)?.coefficient ?? 0) + term.coefficient;
    sums.set(k, { coefficient, atoms: term.atoms });
  }
  return { terms: [...sums.values()].filter((t) => t.coefficient !== 0).sort(byKey(termKey)) };
}

const ofAtom = (atom: Atom): Size => ({ terms: [{ coefficient: 1, atoms: [atom] }] });

/** A new object each time, since sizes are told apart by where they come from; what it is made of is shared. */
export const constant = (n: number): Size => ({ terms: termsOf(n) });

const none: readonly never[] = [];
const shared: (readonly Term[])[] = [none];

const termsOf = (n: number): readonly Term[] => {
  if (!(Number.isInteger(n) && n >= 0 && n < 4096)) return [{ coefficient: n, atoms: none }];
  shared[n] ??= [{ coefficient: n, atoms: none }];
  return shared[n];
};

export const symbol = (name: string): Size => ofAtom({ kind: 'symbol', name });
/** `id` names the unknown for the whole document: `delta1#0`. */
export const unknown = (id: string): Size => ofAtom({ kind: 'unknown', id });

export const add = (a: Size, b: Size): Size => collect([...a.terms, ...b.terms]);
/** Products are written out up to this many terms: a hostile expression could ask for 2³³. */
const maxTerms = 1024;

/** Beyond the limit, the product is an unknown that nothing solves: its size is reported as open. */
export function multiply(a: Size, b: Size): Size {
  if (a.terms.length * b.terms.length > maxTerms) return unknown('product of too many terms');
  const terms = a.terms.flatMap((s) =>
    b.terms.map((t) => ({
      coefficient: s.coefficient * t.coefficient,
      atoms: [...s.atoms, ...t.atoms].sort(byKey(atomKey)),
    })),
  );
  return collect(terms);
}

export const negate = (a: Size): Size => multiply(constant(-1), a);
export const subtract = (a: Size, b: Size): Size => add(a, negate(b));
export const product = (sizes: readonly Size[]): Size => sizes.reduce(multiply, constant(1));

/** The integer a size is, when it is one. */
export function asNumber(size: Size): number | undefined {
  if (size.terms.length === 0) return 0;
  const [first] = size.terms;
  return size.terms.length === 1 && first?.atoms.length === 0 ? first.coefficient : undefined;
}

/** The symbol or unknown a size is, when it is one. */
function asAtom(size: Size): (Atom & { readonly kind: 'symbol' | 'unknown' }) | undefined {
  const [term] = size.terms;
  if (size.terms.length !== 1 || term?.coefficient !== 1 || term.atoms.length !== 1) return undefined;
  const [atom] = term.atoms;
  return atom?.kind === 'symbol' || atom?.kind === 'unknown' ? atom : undefined;
}

/** a / b when b divides every term of a; undefined otherwise. */
export function divideExactly(a: Size, b: Size): Size | undefined {
  const [divisor] = b.terms;
  if (divisor === undefined || b.terms.length !== 1)
    return equal(a, b) && b.terms.length > 0 ? constant(1) : undefined;
  const terms: Term[] = [];
  for (const term of a.terms) {
    const atoms = [...term.atoms];
    for (const atom of divisor.atoms) {
      const at = atoms.findIndex((x) => atomKey(x) === atomKey(atom));
      if (at < 0) return undefined;
      atoms.splice(at, 1);
    }
    const coefficient = term.coefficient / divisor.coefficient;
    if (!Number.isInteger(coefficient)) return undefined;
    terms.push({ coefficient, atoms });
  }
  return collect(terms);
}

/** ⌊a / b⌋; of a / n, what n divides stands outside: ⌊(n·x + y)/n⌋ = x + ⌊y/n⌋. */
export function floorDivide(a: Size, b: Size): Size {
  const [x, y] = [asNumber(a), asNumber(b)];
  if (x !== undefined && y !== undefined && y !== 0) return constant(Math.floor(x / y));
  const exact = divideExactly(a, b);
  if (exact || y === undefined || y < 1) return exact ?? ofAtom({ kind: 'floor', a, b });
  const outside = a.terms.map(({ coefficient, atoms }) => ({
    coefficient: atoms.length === 0 || coefficient % y === 0 ? Math.floor(coefficient / y) : 0,
    atoms,
  }));
  const whole = collect(outside);
  const rest = subtract(a, multiply(constant(y), whole));
  const left = asNumber(rest);
  return left === undefined ? add(whole, ofAtom({ kind: 'floor', a: rest, b })) : whole;
}

/** Whether it is at least 0 however large its symbols are: each is at least 1. */
const isNonNegative = ({ terms }: Size): boolean => {
  const isBound = ({ coefficient, atoms }: Term) =>
    atoms.length === 0 ||
    (coefficient > 0 && atoms.every((a) => a.kind === 'symbol' || a.kind === 'unknown'));
  return terms.every(isBound) && terms.reduce((sum, { coefficient }) => sum + coefficient, 0) >= 0;
};

export function maximum(a: Size, b: Size): Size {
  const difference = subtract(a, b);
  if (isNonNegative(difference)) return a;
  if (isNonNegative(negate(difference))) return b;
  const [low, high] = key(a) < key(b) ? [a, b] : [b, a];
  return ofAtom({ kind: 'max', a: low, b: high });
}

/** Terms and atoms are sorted, so equal sizes are equal piece by piece. */
export function equal(a: Size, b: Size): boolean {
  if (a.terms === b.terms) return true;
  if (a.terms.length !== b.terms.length) return false;
  for (let i = 0; i < a.terms.length; i++)
    if (!sameTerm(a.terms[i] as Term, b.terms[i] as Term)) return false;
  return true;
}

function sameTerm(a: Term, b: Term): boolean {
  if (a === b) return true;
  if (a.coefficient !== b.coefficient || a.atoms.length !== b.atoms.length) return false;
  for (let i = 0; i < a.atoms.length; i++)
    if (!sameAtom(a.atoms[i] as Atom, b.atoms[i] as Atom)) return false;
  return true;
}

function sameAtom(a: Atom, b: Atom): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'symbol':
      return b.kind === 'symbol' && a.name === b.name;
    case 'unknown':
      return b.kind === 'unknown' && a.id === b.id;
    default:
      return b.kind === a.kind && equal(a.a, b.a) && equal(a.b, b.b);
  }
}

/** The integer a size is once `lookup` gives its symbols and unknowns their numbers; undefined where one has none. */
export function evaluate(
  size: Size,
  lookup: (atom: Atom & { readonly kind: 'symbol' | 'unknown' }) => number | undefined,
): number | undefined {
  let sum = 0;
  for (const { coefficient, atoms } of size.terms) {
    let value = coefficient;
    for (const atom of atoms) {
      const factor = evaluateAtom(atom, lookup);
      if (factor === undefined) return undefined;
      value *= factor;
    }
    sum += value;
  }
  return sum;
}

function evaluateAtom(atom: Atom, lookup: Parameters<typeof evaluate>[1]): number | undefined {
  if (atom.kind === 'symbol' || atom.kind === 'unknown') return lookup(atom);
  const [a, b] = [evaluate(atom.a, lookup), evaluate(atom.b, lookup)];
  if (a === undefined || b === undefined) return undefined;
  if (atom.kind === 'max') return Math.max(a, b);
  return b === 0 ? undefined : Math.floor(a / b);
}

/** Replaces every symbol or unknown for which `lookup` gives a size. */
export function substitute(size: Size, lookup: (atom: Atom) => Size | undefined): Size {
  if (size.terms.every((t) => t.atoms.length === 0)) return size;
  // Most sizes are one symbol or unknown, alone.
  const alone = asAtom(size);
  if (alone) return lookup(alone) ?? size;
  const replace = (atom: Atom): Size => {
    switch (atom.kind) {
      case 'floor':
        return floorDivide(substitute(atom.a, lookup), substitute(atom.b, lookup));
      case 'max':
        return maximum(substitute(atom.a, lookup), substitute(atom.b, lookup));
      default:
        return lookup(atom) ?? ofAtom(atom);
    }
  };
  return size.terms
    .map((t) => multiply(constant(t.coefficient), product(t.atoms.map(replace))))
    .reduce(add, constant(0));
}

/** Every symbol and unknown that a size is made of, inside quotients too. */
export function atomsOf(size: Size): readonly Atom[] {
  return size.terms.flatMap((t) =>
    t.atoms.flatMap((atom) =>
      atom.kind === 'floor' || atom.kind === 'max' ? [...atomsOf(atom.a), ...atomsOf(atom.b)] : [atom],
    ),
  );
}

export function hasUnknown(size: Size): boolean {
  return size.terms.some((t) =>
    t.atoms.some((a) => a.kind === 'unknown' || ('a' in a && (hasUnknown(a.a) || hasUnknown(a.b)))),
  );
}

/** As a person would write it: `2*B + 1`. */
export function format(size: Size): string {
  const formatAtom = (atom: Atom): string => {
    switch (atom.kind) {
      case 'symbol':
        return atom.name;
      case 'unknown':
        return '?';
      case 'floor':
        return `floor((${format(atom.a)})/(${format(atom.b)}))`;
      case 'max':
        return `max(${format(atom.a)}, ${format(atom.b)})`;
    }
  };
  // Constants are written last: 2*B + 1 rather than 1 + 2*B.
  const terms = [...size.terms].sort((a, b) => Number(a.atoms.length === 0) - Number(b.atoms.length === 0));
  const written = terms.map(({ coefficient, atoms }, i) => {
    const magnitude = Math.abs(coefficient);
    const factors = [
      ...(magnitude === 1 && atoms.length > 0 ? [] : [String(magnitude)]),
      ...atoms.map(formatAtom),
    ];
    const sign = coefficient < 0 ? (i === 0 ? '-' : ' - ') : i === 0 ? '' : ' + ';
    return sign + factors.join('*');
  });
  return written.join('') || '0';
}
