/** Equal types are one object and nodes of one kind are inferred once; nothing of that may show in what is told. */
import { expect, it } from 'vitest';
import { graph } from '../../../test/support/graphs.ts';
import { registryOf } from '../../catalogue/index.ts';
import { scalar } from '../../tensor/axis.ts';
import { constant, multiply, symbol } from '../../tensor/size.ts';
import { check, createChecker } from '../index.ts';
import { Checker } from './checker.ts';
import { NodeKind, NodeKinds } from './node-kinds.ts';
import { TypeTable } from './type-table.ts';

const stack = (dims: Record<string, number>, units: number | string = 8) =>
  graph(
    {
      data: { type: 'dataset', params: { data: 'iris' } },
      a: { type: 'linear', params: { units } },
      b: { type: 'linear', params: { units } },
      c: { type: 'linear', params: { units: 3, name: 'c' } },
    },
    ['data.x > a.x', 'a.y > b.x', 'b.y > c.x'],
    dims,
  );
const shape = (checked: ReturnType<typeof check>, node: string) =>
  checked.nodes[node]?.outputTypes.y?.axes.map(({ written, size }) => `${written}=${size}`);

it('equal types are one object, and types that differ in a name, a size or a meaning are not', () => {
  const table = new TypeTable();
  const axis = { name: 'i', size: multiply(constant(2), symbol('B')) };
  const type = table.intern({ axes: [axis] });
  expect(table.intern({ axes: [{ ...axis, size: multiply(symbol('B'), constant(2)) }] })).toBe(type);
  expect(table.intern(scalar)).toBe(table.intern({ axes: [] }));
  const others = [
    { axes: [{ ...axis, name: 'j' }] },
    { axes: [{ ...axis, size: symbol('B') }] },
    { axes: [{ ...axis, metNames: ['j'] }] },
    { axes: [{ ...axis, batch: true }] },
    { axes: [axis, axis] },
    { axes: [axis], valueKind: { kind: 'continuous' } },
    { axes: [axis], valueKind: { kind: 'classes', classes: 3 } },
  ] as const;
  expect(new Set([type, ...others.map((other) => table.intern(other))]).size).toBe(8);
  expect(table.atomsOf(type)).toEqual({ hasSymbols: true, unknowns: [] });
});

it('equal parameters are one kind; 0 and −0, 1 and "1" are not equal', () => {
  const kinds = new NodeKinds();
  const scale = registryOf(graph({})).of({ type: 'scale', params: {} });
  const read = (params: Record<string, number>) => scale && kinds.read(scale, params);
  expect(read({ factor: 2 })).toBe(read({ factor: 2 }));
  expect(read({ factor: 0 })).toMatchObject({ params: { factor: 0 } });
  expect(read({ factor: -0 })).toMatchObject({ params: { factor: -0 } });
  expect(read({ factor: 1 })).toBeInstanceOf(NodeKind);
  expect(read({ factor: '1' as never })).not.toBeInstanceOf(NodeKind);
});

it('another batch size is told of every node, and what was handed out before stays', () => {
  const checker = createChecker();
  const [small, large] = [checker(stack({ B: 4 })), checker(stack({ B: 2 ** 27 }))];
  expect(shape(small, 'b')).toEqual(['B=4', '8=8']);
  expect(shape(large, 'b')).toEqual(['B=134217728', '8=8']);
  // 2²⁷ · 3 and more elements are beyond 2²⁸.
  expect(small.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const tooLarge = large.diagnostics.filter(({ code }) => code === 'too-many-elements');
  expect(tooLarge.map(({ node }) => node)).toEqual(['a', 'b', 'c', 'data']);
  const again = checker(stack({ B: 4 }));
  expect(again.diagnostics).toEqual(small.diagnostics);
  expect(shape(again, 'b')).toEqual(['B=4', '8=8']);
});

it('a symbol that is freed, and then undeclared, is told of every node that names it', () => {
  const checker = createChecker();
  const documents = [
    stack({ B: 4, d: 16 }, 'd'),
    { ...stack({ B: 4 }, 'd'), dims: { B: 4, d: { free: true as const } } },
    stack({ B: 4 }, 'd'),
    stack({ B: 4, d: 16 }, 'd'),
  ];
  const told = documents.map((document) => {
    const { diagnostics } = checker(document);
    expect(diagnostics).toEqual(check(document).diagnostics);
    return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, node }) => [code, node]);
  });
  const open = [['size-open', 'a']];
  const unknown = ['a', 'b'].map((node) => ['unknown-dim', node]);
  expect(told).toEqual([[], open, expect.arrayContaining(unknown), []]);
});

it('types that no node has any more are not kept for ever', () => {
  const checker = new Checker();
  for (let units = 1; units <= 1500; units++) {
    const document = stack({ B: 4 }, units);
    const checked = checker.check(document);
    if (units % 300 === 0) expect({ ...checked.nodes }).toEqual({ ...check(document).nodes });
    expect(shape(checked, 'b')).toEqual(['B=4', `${units}=${units}`]);
  }
  expect(checker.knowledge().sizes.kept).toBeLessThan(5000);
});
