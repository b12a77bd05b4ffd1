/** Every way a graph can be wrong: a diagnostic with code, place and remedy, exit status 1, nothing allocated. */
import { describe, expect, it } from 'vitest';
import { tensorloom } from './fake-io.test-support.ts';

type Node = { type: string; params?: object };

function graph(nodes: Record<string, Node>, wires: readonly (readonly [string, string])[]): string {
  const ref = (written: string) => {
    const [node, port] = written.split('.');
    return { node, port };
  };
  const edges = Object.fromEntries(wires.map(([from, to], i) => [`e${i}`, { from: ref(from), to: ref(to) }]));
  return JSON.stringify({ format: 'tensorloom', version: 3, name: 'fault', nodes, edges });
}

const matrix = (i: string, m: number, j: string, n: number): Node => ({
  type: 'tensor',
  params: {
    axes: [
      { name: i, size: m },
      { name: j, size: n },
    ],
    fill: 'ones',
  },
});
const probe: Node = { type: 'probe' };

const faults: Record<string, { text: string; code: string; place: object }> = {
  'a shape conflict': {
    text: graph(
      {
        x: matrix('b', 2, 'i', 3),
        layer: { type: 'linear', params: { units: 5 } },
        w: matrix('h', 4, 'o', 2),
        product: { type: 'contract', params: { expression: 'bh,ho->bo' } },
        y: probe,
      },
      [
        ['x.out', 'layer.x'],
        ['layer.y', 'product.a'],
        ['w.out', 'product.b'],
        ['product.out', 'y.x'],
      ],
    ),
    code: 'size-conflict',
    place: { node: 'product', port: 'b', axis: 'h' },
  },
  'a cycle': {
    text: graph({ a: { type: 'scale' }, b: { type: 'scale' }, y: probe }, [
      ['a.out', 'b.x'],
      ['b.out', 'a.x'],
      ['b.out', 'y.x'],
    ]),
    code: 'cycle',
    place: {},
  },
  'a missing input': {
    text: graph({ a: matrix('i', 2, 'j', 2), sum: { type: 'add' }, y: probe }, [
      ['a.out', 'sum.a'],
      ['sum.out', 'y.x'],
    ]),
    code: 'missing-input',
    place: { node: 'sum', port: 'b' },
  },
  'an unknown type': {
    text: graph({ a: { type: 'warp-drive' } }, []),
    code: 'unknown-type',
    place: { node: 'a' },
  },
  'a truncated file': {
    text: graph({ a: matrix('i', 2, 'j', 2) }, []).slice(0, 60),
    code: 'json-syntax',
    place: {},
  },
  'a __proto__ key': {
    text: graph({ a: { type: 'scale' } }, []).replace('"a":', '"__proto__":'),
    code: 'forbidden-key',
    place: {},
  },
  'a tensor of 10⁹ elements': {
    text: graph({ a: matrix('i', 100_000, 'j', 10_000), y: probe }, [['a.out', 'y.x']]),
    code: 'too-many-elements',
    place: { node: 'a' },
  },
};

describe.each(Object.entries(faults))('%s', (_, { text, code, place }) => {
  it.each(['check', 'plan', 'run'])('fails %s', async (command) => {
    const finished = await tensorloom(`${command} g.json --json`, { files: { 'g.json': text } });
    expect(finished.code).toBe(1);
    const { ok, diagnostics } = finished.json();
    expect(ok).toBe(false);
    const found = diagnostics.find((d) => d.code === code);
    expect(found).toMatchObject({ severity: 'error', ...place });
    expect(found?.message).toEqual(expect.stringMatching(/\S/));
    expect(found?.remedy).toEqual(expect.stringMatching(/\S/));
  });

  it('is told to people with its place and its remedy', async () => {
    const { code: status, out, err } = await tensorloom('check -', { stdin: text });
    expect(status).toBe(1);
    expect(err).toBe('');
    expect(out).toContain(`error ${code}`);
    expect(out).toMatch(/^ {2}remedy: \S/m);
  });
});
