import { describe, expect, it } from 'vitest';
import type { Axis } from './axis.ts';
import { add, asNumber, constant, multiply, type Size, symbol, unknown } from './size.ts';
import { met, Unifier } from './unify.ts';

const axis = (name: string, size: Size): Axis => ({ name, size });
const state = (u: Unifier, left: Axis, right: Axis) =>
  u.state({ left, right, where: { node: 'here', port: 'x' } });

describe('the unifier', () => {
  it('learns an unknown from either side', () => {
    const u = new Unifier();
    const [a, b] = [unknown('a'), unknown('b')];
    state(u, axis('i', a), axis('i', constant(3)));
    state(u, axis('j', constant(4)), axis('j', b));
    expect([a, b].map((s) => asNumber(u.resolve(s)))).toEqual([3, 4]);
    expect(u.conflicts).toEqual([]);
  });
  it('carries what it learns through chains of unknowns', () => {
    const u = new Unifier();
    const [a, b, c] = [unknown('a'), unknown('b'), unknown('c')];
    state(u, axis('i', a), axis('i', b));
    state(u, axis('i', b), axis('i', c));
    state(u, axis('i', c), axis('i', constant(7)));
    expect(asNumber(u.resolve(a))).toBe(7);
  });
  it('solves a product for its one unknown factor, and waits while there are two', () => {
    const u = new Unifier();
    const [h, w] = [unknown('h'), unknown('w')];
    state(u, axis('p', multiply(h, w)), axis('p', constant(64)));
    expect(asNumber(u.resolve(w))).toBeUndefined();
    state(u, axis('h', h), axis('h', constant(8)));
    expect(asNumber(u.resolve(w))).toBe(8);
  });
  it('refuses a factor that does not divide, and a size below 1', () => {
    const u = new Unifier();
    state(u, axis('p', multiply(unknown('h'), constant(7))), axis('p', constant(64)));
    state(u, axis('q', add(unknown('n'), constant(9))), axis('q', constant(5)));
    expect(u.conflicts).toHaveLength(2);
  });
  it('reports two numbers that differ, once, and tells what told the first', () => {
    const u = new Unifier();
    const a = unknown('a');
    state(u, axis('k', a), axis('encoder', constant(64)));
    state(u, axis('k', a), axis('W', constant(32)));
    expect(u.conflicts.map(({ right }) => right.name)).toEqual(['W']);
    expect(u.solution('a')?.by.name).toBe('encoder');
  });
  it('takes a document symbol for its number, and a batch symbol for nothing but itself', () => {
    const u = new Unifier(new Map([['d', constant(32)]]));
    state(u, axis('d', symbol('d')), axis('d', constant(32)));
    expect(u.conflicts).toEqual([]);
    state(u, axis('B', symbol('B')), axis('B', constant(64)));
    expect(u.conflicts).toHaveLength(1);
  });
  it('goes on with the side that is known', () => {
    const three = constant(3);
    const { name, size } = met(axis('i', unknown('a')), axis('j', three));
    expect([name, size === three]).toEqual(['i', true]);
    expect(met(axis('i', constant(3)), axis('j', unknown('a'))).size).toEqual(constant(3));
  });
});
