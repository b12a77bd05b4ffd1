/** Random recurrences: several carries, rows and constants, outs of every kind, one in another, and their gradients. */
import fc from 'fast-check';
import { Builder, type Checkpoints } from '../../src/ir/builder.ts';
import { arg, binary, e, number, select, unary } from '../../src/ir/expr.ts';
import { directional } from '../../src/ir/forward.ts';
import { gradient } from '../../src/ir/gradient.ts';
import type { Program, ValueId } from '../../src/ir/program.ts';
import { scan } from '../../src/ir/scan.ts';

const kinds = ['mix', 'add', 'multiply', 'sine', 'turn', 'norm', 'pick', 'loop', 'fixed', 'relu'] as const;

const operation = fc.record({
  kind: fc.constantFrom(...kinds),
  a: fc.nat(20),
  b: fc.nat(20),
});
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

const recurrence = fc.record({
  length: fc.integer({ min: 1, max: 5 }),
  carries: fc.integer({ min: 1, max: 3 }),
  rows: fc.integer({ min: 0, max: 2 }),
  reverse: fc.boolean(),
  operations: fc.array(operation, { minLength: 1, maxLength: 7 }),
  /** Which values the carries become, and which are given. */
  nexts: fc.array(fc.nat(40), { minLength: 3, maxLength: 3 }),
  outs: fc.array(fc.nat(40), { maxLength: 3 }),
});

const [m, n] = [2, 3];

/** All values have the shape [m, n]; constants [n, n]. */
function apply(ir: Builder, values: readonly ValueId[], mix: ValueId, { kind, a, b }: Operation): ValueId {
  const x = values[a % values.length] as ValueId;
  const y = values[b % values.length] as ValueId;
  switch (kind) {
    case 'mix':
      return ir.einsum('ij,jk->ik', x, mix);
    case 'add':
      return ir.add(x, y);
    case 'multiply':
      return ir.mul(x, y);
    case 'sine':
      return ir.apply('sin', x);
    case 'turn':
      return ir.slice(x, [m - 1, n - 1], [-1, -1], [m, n]);
    case 'norm':
      return ir.map([x, ir.sum(ir.mul(y, y), [1])], e.div(arg(0), e.add(number(1), arg(1))), [[0, 1], [0]]);
    case 'pick':
      return ir.gather(x, ir.constant([m], [1, 0]));
    case 'fixed':
      return ir.einsum('ij,jk->ik', x, ir.apply('tanh', ir.einsum('ij,kj->ik', mix, mix)));
    case 'relu':
      return ir.map([x], select(binary('lt', number(0), arg(0)), arg(0), number(0)));
    case 'loop':
      return scan(ir, {
        length: 2,
        reverse: b % 2 === 0,
        carries: [x],
        rows: [ir.broadcast(y, [1, 2], [2, m, n])],
        constants: [mix],
        body: (inner, [carry = 0], [row = 0], [fixed = 0]) => {
          const next = inner.map(
            [inner.einsum('ij,jk->ik', carry, fixed), row],
            unary('tanh', e.sub(arg(0), arg(1))),
          );
          return { carries: [next] };
        },
      }).last[0] as ValueId;
  }
}

export function programOf({ recipe, derivative }: RandomScan, checkpoints?: Checkpoints): Program {
  const { length, carries, rows, reverse, operations, nexts, outs } = recipe;
  const ir = new Builder(checkpoints && { checkpoints });
  const input = (name: string, shape: readonly number[]) => ir.input(name, shape, 'state');
  const starts = Array.from({ length: carries }, (_, i) => input(`start ${i}`, [m, n]));
  const tensors = Array.from({ length: rows }, (_, i) => input(`rows ${i}`, [length, m, n]));
  const mix = input('mix', [n, n]);
  const made = scan(ir, {
    length,
    reverse,
    carries: starts,
    rows: tensors,
    constants: [mix],
    body(inner, state, given, [fixed = 0]) {
      const values = [...state, ...given];
      for (const one of operations) values.push(apply(inner, values, fixed, one));
      const at = (i: number) => values[i % values.length] as ValueId;
      // Carries stay bounded, however often they are multiplied.
      const next = nexts
        .slice(0, carries)
        .map((i) => (i % 3 === 0 ? inner.apply('tanh', at(i)) : inner.apply('sin', at(i))));
      if (nexts[0] === 0) next[0] = at(0);
      return { carries: next, outs: outs.map((i) => (i % 5 === 0 ? (next[0] as ValueId) : at(i))) };
    },
  });
  const results = [...made.last, ...made.outs];
  const outputs = results.map((value, i) => ({ name: `result ${i}`, value }));
  const energy = results.map((x) => ir.sum(ir.apply('sin', x))).reduce((x, y) => ir.add(x, y));
  const by = [mix, ...starts, ...tensors];
  const updates: { state: string; value: ValueId }[] = [];
  if (derivative > 0) {
    const gradients = gradient(ir, energy, by);
    outputs.push(...gradients.map((value, i) => ({ name: `gradient ${i}`, value })));
    if (tensors[0] !== undefined)
      updates.push({ state: 'rows 0', value: ir.sub(tensors[0], gradients[1 + carries] as ValueId) });
    const length = gradients.map((g) => ir.sum(ir.mul(g, g))).reduce((x, y) => ir.add(x, y));
    if (derivative === 2) outputs.push({ name: 'second', value: gradient(ir, length, [mix])[0] as ValueId });
    if (derivative === 3)
      outputs.push({ name: 'along', value: directional(ir, gradients[0] as ValueId, [mix], [ir.copy(mix)]) });
  }
  return ir.finish(outputs, updates);
}

/** `derivative`: none, the gradient, the gradient of that too, or its derivative in a direction. */
export const randomScan = fc.record({ recipe: recurrence, derivative: fc.integer({ min: 0, max: 3 }) });

export type RandomScan = typeof randomScan extends fc.Arbitrary<infer T> ? T : never;
