/**
 * Solves for unknown sizes. Sizes that meet are stated equal; each statement either holds already,
 * determines one unknown, waits until more is known, or contradicts what was stated before.
 */
import type { Place } from '../base/diagnostic.ts';
import { type Axis, withBatchOf } from './axis.ts';
import {
  type Atom,
  asNumber,
  atomsOf,
  equal,
  evaluate,
  hasUnknown,
  type Size,
  substitute,
  subtract,
} from './size.ts';
import { solve } from './solve.ts';

/** Two axes that meet at a port must have one size. */
export interface Statement {
  readonly left: Axis;
  readonly right: Axis;
  readonly where: Place;
}

/** The axis to go on with where two meet: the better known of the two, under the name of `left`. */
export const met = (left: Axis, right: Axis): Axis =>
  hasUnknown(left.size) ? withBatchOf({ ...right, name: left.name }, left) : withBatchOf(left, right);

export const unknownsOf = (size: Size): string[] =>
  atomsOf(size).flatMap((atom) => (atom.kind === 'unknown' ? [atom.id] : []));

/** How an unknown came by its size. */
interface Solution {
  readonly size: Size;
  readonly statement: Statement;
  /** The side of the statement that told it. */
  readonly by: Axis;
}

export class Unifier {
  /** Statements that contradict what was stated before them. */
  readonly conflicts: Statement[] = [];
  readonly #stated: Statement[] = [];
  readonly #solved = new Map<string, Solution>();
  #waiting: Statement[] = [];
  /** Numbers of the symbols that are fixed for the whole document. */
  readonly #dims: ReadonlyMap<string, Size>;

  constructor(dims: ReadonlyMap<string, Size> = new Map(), statements: readonly Statement[] = []) {
    this.#dims = dims;
    for (const statement of statements) this.state(statement);
  }

  /** A size with all that is known put in; document symbols stay as they are written. */
  resolve(size: Size): Size {
    return substitute(size, (atom) => {
      const solved = atom.kind === 'unknown' ? this.#solved.get(atom.id) : undefined;
      return solved && this.resolve(solved.size);
    });
  }

  /** Whether something was stated that these sizes of the document's symbols leave undecided. */
  get isOpen(): boolean {
    return this.#waiting.length > 0;
  }

  /** What told an unknown its size; undefined while it is open. */
  solution(id: string): Solution | undefined {
    return this.#solved.get(id);
  }

  state(statement: Statement): void {
    this.#stated.push(statement);
    if (this.#consider(statement)) this.#reconsider();
  }

  /**
   * A smallest set of statements that cannot hold together, the given conflict among them: without any
   * one of them the others have a solution. Found by leaving out one after the other what the conflict
   * was derived from (deletion; J. Marques-Silva, "Minimal unsatisfiability", ISMVL 2010).
   */
  core(conflict: Statement): readonly Statement[] {
    const contradicts = (set: readonly Statement[]) => new Unifier(this.#dims, set).conflicts.length > 0;
    const derivation = this.#derivation(conflict);
    // No other statement had a part in it.
    if (derivation.size === 1) return [conflict];
    let core = this.#stated.filter((statement) => derivation.has(statement));
    if (!contradicts(core)) core = this.#stated.slice(0, this.#stated.indexOf(conflict) + 1);
    for (const statement of [...core]) {
      const fewer = core.filter((other) => other !== statement);
      if (contradicts(fewer)) core = fewer;
    }
    return core;
  }

  /** The conflict, and every statement that gave an unknown in it its size. */
  #derivation(conflict: Statement): Set<Statement> {
    const found = new Set([conflict]);
    for (const { left, right } of found)
      for (const id of [...unknownsOf(left.size), ...unknownsOf(right.size)]) {
        const statement = this.#solved.get(id)?.statement;
        if (statement) found.add(statement);
      }
    return found;
  }

  /** True when an unknown was solved by it. */
  #consider(statement: Statement): boolean {
    const { left, right } = statement;
    const [a, b] = [this.resolve(left.size), this.resolve(right.size)];
    if (equal(a, b)) return false;
    if (asNumber(a) !== undefined && asNumber(b) !== undefined) {
      this.conflicts.push(statement);
      return false;
    }
    const written = subtract(a, b);
    const difference = substitute(written, (atom: Atom) =>
      atom.kind === 'symbol' ? this.#dims.get(atom.name) : undefined,
    );
    if (difference.terms.length === 0) return false;
    const unknowns = new Set(unknownsOf(difference));
    if (unknowns.size === 0) {
      if (!isZeroEverywhere(difference)) this.conflicts.push(statement);
      return false;
    }
    for (const id of unknowns) {
      const size = solve(written, id) ?? solve(difference, id);
      if (size === 'none') {
        this.conflicts.push(statement);
        return false;
      }
      if (size === undefined) continue;
      const leftHas = unknownsOf(this.resolve(left.size)).includes(id);
      this.#solved.set(id, { size, statement, by: leftHas ? right : left });
      return true;
    }
    this.#waiting.push(statement);
    return false;
  }

  #reconsider(): void {
    let progress = true;
    while (progress) {
      progress = false;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const statement of waiting) progress = this.#consider(statement) || progress;
    }
  }
}

/** Sizes to try: all small ones, and then each a quarter larger than the one before. */
const trials: readonly number[] = [
  ...Array.from({ length: 24 }, (_, k) => k + 1),
  ...Array.from({ length: 96 }, (_, k) => Math.round(25 * 1.25 ** k)),
];
/** Products of larger ones would be rounded. */
const largestProduct = 2 ** 50;

/**
 * Quotients and maxima can be written in ways that look different: equal is what is equal for many sizes of the
 * symbols. What a maximum or a quotient hides begins at the numbers that stand in it, so those are tried too.
 */
function isZeroEverywhere(difference: Size): boolean {
  if (asNumber(difference) !== undefined) return false;
  const names = [
    ...new Set(atomsOf(difference).flatMap((atom) => (atom.kind === 'symbol' ? [atom.name] : []))),
  ];
  const numbers = numbersIn(difference);
  const steps = numbers
    .flatMap((n) => numbers.map((m) => Math.floor(n / m)))
    .flatMap((n) => [n - 1, n, n + 1]);
  const most = largestProduct ** (1 / degree(difference)) / Math.max(1, ...numbers.filter((n) => n < 100));
  const sizes = [...new Set([...trials, ...steps])].filter((n) => n >= 1 && n <= most);
  return sizes.every((_, k) => {
    const of = (name: string) => sizes[(k * (2 * names.indexOf(name) + 1)) % sizes.length];
    return evaluate(difference, (atom) => (atom.kind === 'symbol' ? of(atom.name) : undefined)) === 0;
  });
}

/** Inside of quotients and maxima too; 1 is always among them. */
function numbersIn({ terms }: Size): readonly number[] {
  const inside = terms.flatMap(({ coefficient, atoms }) => [
    Math.abs(coefficient),
    ...atoms.flatMap((atom) => ('a' in atom ? [...numbersIn(atom.a), ...numbersIn(atom.b)] : [])),
  ]);
  return [...new Set([1, ...inside])];
}

/** How many sizes are multiplied with one another at most. */
function degree({ terms }: Size): number {
  const ofTerm = (atoms: readonly Atom[]) =>
    atoms.reduce((sum, atom) => sum + ('a' in atom ? Math.max(degree(atom.a), degree(atom.b)) : 1), 0);
  return Math.max(1, ...terms.map(({ atoms }) => ofTerm(atoms)));
}
