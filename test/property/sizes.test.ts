/**
 * What the unifier says of equations between sizes, held against trying every number: a contradiction
 * has no solution, no statement of its core can be spared, and what is solved is a solution.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  constant,
  evaluate,
  floorDivide,
  maximum,
  multiply,
  type Size,
  symbol,
  unknown,
} from '../../src/tensor/size.ts';
import { type Statement, Unifier } from '../../src/tensor/unify.ts';

const ids = ['u', 'v', 'w'];
/** A batch size: a statement must hold for every one. */
const batches = [1, 2, 3, 5];
/** Beyond every size that equations of so small numbers can ask for. */
const greatest = 24;

const plain: fc.Arbitrary<Size> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...ids).map(unknown) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 5 }).map(constant) },
  { weight: 1, arbitrary: fc.constant(symbol('B')) },
);
const small = fc.integer({ min: 1, max: 3 }).map(constant);
const size = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 1, arbitrary: fc.tuple(plain, small).map(([a, b]) => add(a, b)) },
  { weight: 1, arbitrary: fc.tuple(plain, small).map(([a, b]) => multiply(a, b)) },
  { weight: 1, arbitrary: fc.tuple(plain, small).map(([a, b]) => floorDivide(add(a, constant(1)), b)) },
  { weight: 1, arbitrary: fc.tuple(plain, small).map(([a, b]) => maximum(a, b)) },
);
const statements: fc.Arbitrary<Statement[]> = fc.array(
  fc.tuple(size, size).map(([left, right]) => ({
    left: { name: 'l', size: left },
    right: { name: 'r', size: right },
    where: {},
  })),
  { minLength: 1, maxLength: 6 },
);

/** Whether the unknowns can be chosen so that all statements hold, for every batch size (they may depend on it). */
function solvable(set: readonly Statement[]): boolean {
  return batches.every((B) => {
    for (let n = 0; n < greatest ** ids.length; n++) {
      const numbers = new Map(ids.map((id, i) => [id, 1 + (Math.floor(n / greatest ** i) % greatest)]));
      const value = (s: Size) => evaluate(s, (atom) => (atom.kind === 'symbol' ? B : numbers.get(atom.id)));
      if (set.every(({ left, right }) => value(left.size) === value(right.size))) return true;
    }
    return false;
  });
}

describe('equations between sizes', () => {
  it('a contradiction has no solution, and without any one of its core it is gone', () => {
    let cores = 0;
    fc.assert(
      fc.property(statements, (list) => {
        const unifier = new Unifier(new Map(), list);
        const [conflict] = unifier.conflicts;
        if (!conflict) return;
        const core = unifier.core(conflict);
        cores++;
        expect(core).toContain(conflict);
        expect(solvable(core)).toBe(false);
        for (const one of core) {
          const fewer = core.filter((other) => other !== one);
          expect(new Unifier(new Map(), fewer).conflicts).toEqual([]);
        }
      }),
      { numRuns: 400, endOnFailure: true },
    );
    expect(cores).toBeGreaterThan(50);
  });

  it('what is solved is a solution', () => {
    let solved = 0;
    fc.assert(
      fc.property(statements, (list) => {
        const unifier = new Unifier(new Map(), list);
        if (unifier.conflicts.length > 0) return;
        for (const B of batches) {
          const value = (s: Size) =>
            evaluate(unifier.resolve(s), (atom) => (atom.kind === 'symbol' ? B : undefined));
          for (const { left, right } of list) {
            const [l, r] = [value(left.size), value(right.size)];
            if (l === undefined || r === undefined) continue;
            expect(l).toBe(r);
            solved++;
          }
        }
      }),
      { numRuns: 2000, endOnFailure: true },
    );
    expect(solved).toBeGreaterThan(500);
  });
});
