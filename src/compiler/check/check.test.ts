import { describe, expect, it } from 'vitest';
import { graph } from '../../../test/support/graphs.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { check, compile } from '../index.ts';

const matrix = (i: string, m: number, j: string, n: number) => ({
  type: 'tensor',
  params: {
    axes: [
      { name: i, size: m },
      { name: j, size: n },
    ],
    fill: 'normal',
  },
});
const digits = { type: 'dataset', params: { data: 'digits', batch: 'B' } };
const codesOf = (diagnostics: readonly Diagnostic[]) => diagnostics.map((d) => d.code);
/** The one error of a document: every complaint must name its place and its remedy. */
const onlyError = (document: Parameters<typeof check>[0]): Diagnostic => {
  const errors = check(document).diagnostics.filter((d) => d.severity === 'error');
  expect(codesOf(errors)).toHaveLength(1);
  const [error] = errors as [Diagnostic];
  expect(error.remedy.en.length).toBeGreaterThan(0);
  expect(error.message.en).not.toMatch(/\{\w+\}/);
  expect(error.message.zh).not.toMatch(/\{\w+\}/);
  expect(compile(document).value).toBeUndefined();
  return error;
};

describe('types on wires', () => {
  it('show names, symbols and sizes', () => {
    const { edges } = check(
      graph({ data: digits, fc: { type: 'linear', params: { units: 10 } } }, ['data.x > fc.x'], { B: 64 }),
    );
    expect(edges.e1?.axes).toEqual([
      { name: 'batch', written: 'B', size: 64 },
      { name: 'p', written: '64', size: 64 },
    ]);
  });
  it('a delta learns its size from what it is wired to', () => {
    const document = graph(
      {
        A: matrix('i', 3, 'j', 4),
        d: { type: 'delta', params: { axes: ['j', 'k'] } },
        c: { type: 'contract' },
      },
      ['A.out > c.a', 'd.out > c.b'],
    );
    const { nodes, diagnostics } = check(document);
    expect(diagnostics).toEqual([]);
    expect(nodes.c?.outputTypes.out?.axes.map((a) => `${a.name} ${a.size}`)).toEqual(['i 3', 'k 4']);
    expect(nodes.d?.outputTypes.out?.axes.map((a) => a.size)).toEqual([4, 4]);
  });
  it('a free symbol is solved from what it touches', () => {
    const document = graph(
      {
        A: matrix('i', 3, 'j', 4),
        W: {
          type: 'parameter',
          params: {
            axes: [
              { name: 'j', size: 'n' },
              { name: 'k', size: 2 },
            ],
          },
        },
        c: { type: 'contract' },
      },
      ['A.out > c.a', 'W.out > c.b'],
      { n: { free: true } },
    );
    expect(check(document).nodes.W?.outputTypes.out?.axes[0]?.size).toBe(4);
  });
  it('survive below an error only where they do not depend on it', () => {
    const { nodes } = check(
      graph(
        { A: matrix('i', 3, 'j', 4), bad: { type: 'linear', params: { units: -1 } }, s: { type: 'scale' } },
        ['A.out > s.x', 'A.out > bad.x'],
      ),
    );
    expect(nodes.s?.outputTypes.out).toBeDefined();
  });
});

describe('what is wrong is said with code, place and remedy', () => {
  it('a shape conflict tells both sides, the wires between, and how to make them meet', () => {
    const document = graph(
      {
        data: digits,
        enc: { type: 'linear', params: { units: 128, name: 'h' }, label: 'hidden' },
        W: matrix('h', 100, 'c', 10),
        c: { type: 'contract' },
      },
      ['data.x > enc.x', 'enc.y > c.a', 'W.out > c.b'],
      { B: 64 },
    );
    const error = onlyError(document);
    expect(error).toMatchObject({ code: 'size-conflict', node: 'c', port: 'b', edge: 'e3', axis: 'h' });
    expect(error.message.en).toContain('h = 128 comes from Linear “hidden”, h = 100 from Tensor “W”');
    expect(error.related).toContainEqual({ edge: 'e2', axis: 'h' });
    expect(error.fixes?.map((f) => f.title.en)).toEqual(['Make Linear “hidden” 100', 'Make Tensor “W” 128']);
    expect(error.fixes?.[1]?.edits).toEqual([
      {
        edit: 'setParam',
        node: 'W',
        key: 'axes',
        value: [
          { name: 'h', size: 128 },
          { name: 'c', size: 10 },
        ],
      },
    ]);
  });
  it('a batch size is no number, even when the numbers agree today', () => {
    const document = graph(
      { data: digits, A: matrix('batch', 64, 'p', 64), sum: { type: 'add' } },
      ['data.x > sum.a', 'A.out > sum.b'],
      { B: 64 },
    );
    expect(onlyError(document)).toMatchObject({ code: 'size-conflict', axis: 'batch' });
  });
  it('a cycle shows the loop', () => {
    const error = onlyError(
      graph({ a: { type: 'scale' }, b: { type: 'activation' } }, ['a.out > b.x', 'b.y > a.x']),
    );
    expect(error).toMatchObject({ code: 'cycle', node: 'a', port: 'x' });
    expect(error.related?.map((r) => r.edge).sort()).toEqual(['e1', 'e2']);
  });
  it('a missing input', () => {
    expect(onlyError(graph({ a: { type: 'scale' } }))).toMatchObject({
      code: 'missing-input',
      node: 'a',
      port: 'x',
    });
  });
  it('an unknown node type, with the nearest one', () => {
    const error = onlyError(graph({ a: { type: 'tenser' } }));
    expect(error).toMatchObject({ code: 'unknown-type', node: 'a' });
    expect(error.remedy.en).toContain('tensor?');
  });
  it('a tensor of a billion elements, before anything is allocated', () => {
    expect(onlyError(graph({ a: matrix('i', 1e5, 'j', 1e4) }))).toMatchObject({
      code: 'too-many-elements',
      node: 'a',
      port: 'out',
    });
  });
  it('sizes that overflow', () => {
    const axes = 'ijklmnop'.split('').map((name) => ({ name, size: 2 ** 40 }));
    expect(codesOf(check(graph({ a: { type: 'parameter', params: { axes } } })).diagnostics)).toContain(
      'too-many-elements',
    );
  });
  it('a size of 0, and one that is still open', () => {
    expect(onlyError(graph({ a: matrix('i', 0, 'j', 1) }))).toMatchObject({
      code: 'size-invalid',
      node: 'a',
      axis: 'i',
    });
    expect(onlyError(graph({ d: { type: 'delta' } }))).toMatchObject({ code: 'size-open', node: 'd' });
  });
  it('a symbol that is not declared, with a fix that declares it', () => {
    const error = check(graph({ data: digits })).diagnostics.find((d) => d.code === 'unknown-dim');
    expect(error).toMatchObject({ node: 'data', param: 'batch' });
    expect(error?.fixes?.[0]?.edits).toEqual([{ edit: 'setDim', name: 'B', size: 32 }]);
  });
  it('a wire into a port that does not exist, or to a node that does not', () => {
    const base = { a: matrix('i', 2, 'j', 2), p: { type: 'probe' } };
    expect(codesOf(check(graph(base, ['a.nope > p.x'])).diagnostics)).toContain('unknown-port');
    expect(codesOf(check(graph(base, ['a.out > p.__proto__'])).diagnostics)).toContain('unknown-port');
    expect(codesOf(check(graph(base, ['a.toString > p.x'])).diagnostics)).toContain('unknown-port');
    expect(codesOf(check(graph(base, ['a.out > gone.x'])).diagnostics)).toContain('dangling-edge');
    expect(codesOf(check(graph(base, ['a.out > p.x', 'a.out > p.x'])).diagnostics)).toContain('port-taken');
  });
  it('two names for one index, told where they first meet and not at every place below', () => {
    const stack = (second: string) =>
      check(
        graph(
          {
            a: matrix('i', 2, 'j', 3),
            b: matrix('i', 2, 'k', 3),
            c: matrix('i', 2, second, 3),
            first: { type: 'add' },
            second: { type: 'add' },
          },
          ['a.out > first.a', 'b.out > first.b', 'first.out > second.a', 'c.out > second.b'],
        ),
      ).diagnostics.filter((d) => d.code === 'names-differ');
    expect(stack('k').map((d) => d.node)).toEqual(['first']);
    expect(stack('l').map((d) => d.node)).toEqual(['first', 'second']);
  });
  it('a bad parameter, a bad expression, too few operands', () => {
    expect(onlyError(graph({ a: { type: 'tensor', params: { fill: 'nonsense' } } }))).toMatchObject({
      code: 'bad-param',
      node: 'a',
      param: 'fill',
    });
    const two = { A: matrix('i', 2, 'j', 2), B: matrix('j', 2, 'k', 2) };
    const wires = ['A.out > c.a', 'B.out > c.b'];
    const contract = (expression: string) =>
      graph({ ...two, c: { type: 'contract', params: { expression } } }, wires);
    expect(onlyError(contract('ij,jk->ix'))).toMatchObject({
      code: 'bad-expression',
      node: 'c',
      param: 'expression',
    });
    expect(onlyError(contract('ijk,jk->i'))).toMatchObject({ code: 'bad-expression', node: 'c' });
    expect(onlyError(contract('ij->i'))).toMatchObject({ code: 'operand-count', node: 'c' });
    expect(onlyError(contract('ij,jk,kl->il'))).toMatchObject({
      code: 'missing-input',
      node: 'c',
      port: 'c',
    });
  });
  it('a theory of another shape than what is measured, at its own port', () => {
    const document = (...theory: Parameters<typeof matrix>) =>
      graph({ a: matrix('i', 3, 'j', 4), b: matrix(...theory), is: { type: 'check' } }, [
        'a.out > is.measured',
        'b.out > is.theory',
      ]);
    const error = onlyError(document('i', 3, 'j', 5));
    expect([error.code, error.node, error.port, error.axis]).toEqual(['size-conflict', 'is', 'theory', 'j']);
  });

  it('a loss that is no scalar', () => {
    expect(
      onlyError(graph({ a: matrix('i', 2, 'j', 2), o: { type: 'sgd' } }, ['a.out > o.loss'])),
    ).toMatchObject({ code: 'not-scalar', node: 'o' });
  });
  it('two optimizers on one parameter', () => {
    const document = graph({ w: { type: 'parameter' }, a: { type: 'sgd' }, b: { type: 'adam' } }, [
      'w.out > a.loss',
      'w.out > b.loss',
    ]);
    const { value, diagnostics } = compile(document);
    expect(value).toBeUndefined();
    expect(diagnostics.at(-1)).toMatchObject({
      code: 'two-optimizers',
      node: 'b',
      related: [{ node: 'a' }, { node: 'w' }],
    });
  });
  it('an arena beyond the limit is refused with the step that asks for most', () => {
    const document = graph(
      {
        a: matrix('i', 500, 'j', 500),
        c: { type: 'contract', params: { expression: 'ij,kl->ik' } },
        p: { type: 'probe' },
      },
      ['a.out > c.a', 'a.out > c.b', 'c.out > p.x'],
    );
    const { value, diagnostics } = compile(document, { memoryLimit: 1000 });
    expect(value).toBeUndefined();
    expect(diagnostics.at(-1)).toMatchObject({ code: 'out-of-memory' });
  });
});
