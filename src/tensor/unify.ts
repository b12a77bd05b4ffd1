/**
 * Solves for unknown sizes. Sizes that meet are stated equal; each statement either holds already,
 * determines one unknown, waits until more is known, or contradicts what was stated before.
 */
import type { Place } from '../base/diagnostic.ts';
import type { Axis } from './axis.ts';
import {
  asNumber,
  atomsOf,
  divideExactly,
  equal,
  hasUnknown,
  multiply,
  negate,
  type Size,
  substitute,
  subtract,
} from './size.ts';

/** Two axes that meet at a port must have one size. */
export interface Statement {
  readonly left: Axis;
  readonly right: Axis;
  readonly where: Place;
}

/** The axis to go on with where two meet: the better known of the two, under the name of `left`. */
export const met = (left: Axis, right: Axis): Axis =>
  hasUnknown(left.size) ? { ...right, name: left.name } : left;

/** Whether a statement says anything: sizes that are equal as they are written need no solving. */
export const isTrivial = ({ left, right }: Statement): boolean => equal(left.size, right.size);

export class Unifier {
  /** Statements that contradict what was stated before them. */
  readonly conflicts: Statement[] = [];
  readonly #solved = new Map<string, { size: Size; origin: Place | undefined }>();
  #waiting: Statement[] = [];
  /** Numbers of the symbols that are fixed for the whole document. */
  readonly #dims: ReadonlyMap<string, Size>;

  constructor(dims: ReadonlyMap<string, Size> = new Map()) {
    this.#dims = dims;
  }

  /** A size with all that is known put in; document symbols stay as they are written. */
  resolve(size: Size): Size {
    return substitute(size, (atom) => {
      const solved = atom.kind === 'unknown' ? this.#solved.get(atom.id) : undefined;
      return solved && this.resolve(solved.size);
    });
  }

  /** Where a size came from: for a solved unknown, the place that determined it. */
  originOf(axis: Axis): Place | undefined {
    const atom = axis.size.terms[0]?.atoms[0];
    const solved =
      axis.size.terms.length === 1 && atom?.kind === 'unknown' ? this.#solved.get(atom.id) : undefined;
    return solved
      ? this.originOf({ name: axis.name, size: solved.size, origin: solved.origin ?? axis.origin })
      : axis.origin;
  }

  state(statement: Statement): void {
    if (this.#consider(statement)) this.#reconsider();
  }

  /** True when an unknown was solved by it. */
  #consider(statement: Statement): boolean {
    const { left, right } = statement;
    const written = subtract(this.resolve(left.size), this.resolve(right.size));
    const difference = substitute(written, (atom) =>
      atom.kind === 'symbol' ? this.#dims.get(atom.name) : undefined,
    );
    if (difference.terms.length === 0) return false;
    const unknowns = new Set(atomsOf(difference).flatMap((a) => (a.kind === 'unknown' ? [a.id] : [])));
    if (unknowns.size === 0) {
      this.conflicts.push(statement);
      return false;
    }
    for (const id of unknowns) {
      const solution = solve(written, id) ?? solve(difference, id);
      if (solution === 'none') {
        this.conflicts.push(statement);
        return false;
      }
      if (solution === undefined) continue;
      const leftHas = atomsOf(this.resolve(left.size)).some((a) => a.kind === 'unknown' && a.id === id);
      this.#solved.set(id, { size: solution, origin: this.originOf(leftHas ? right : left) });
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

/**
 * Solves difference = 0 for one unknown: its size where it stands once, alone, in one term; 'none'
 * where no whole positive number will do; undefined where more must be known first.
 */
function solve(difference: Size, id: string): Size | 'none' | undefined {
  const isIt = (a: { kind: string; id?: string }) => a.kind === 'unknown' && a.id === id;
  const holding = difference.terms.filter((t) => atomsOf({ terms: [t] }).some(isIt));
  const [term] = holding;
  if (term === undefined || holding.length !== 1) return undefined;
  const at = term.atoms.findIndex(isIt);
  if (at < 0 || term.atoms.filter(isIt).length !== 1) return undefined;
  const factor = { terms: [{ coefficient: term.coefficient, atoms: term.atoms.filter((_, i) => i !== at) }] };
  if (atomsOf(factor).some(isIt)) return undefined;
  const rest = negate(
    subtract(difference, multiply(factor, { terms: [{ coefficient: 1, atoms: [term.atoms[at] as never] }] })),
  );
  if (atomsOf(rest).some(isIt)) return undefined;
  const quotient = divideExactly(rest, factor);
  if (quotient !== undefined) {
    const n = asNumber(quotient);
    return n !== undefined && n < 1 ? 'none' : quotient;
  }
  return asNumber(factor) !== undefined && asNumber(rest) !== undefined ? 'none' : undefined;
}
