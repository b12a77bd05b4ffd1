import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { graph } from '../../test/support/graphs.ts';
import { differences } from './differences.ts';

const base = graph(
  {
    x: { type: 'tensor', params: { axes: 'i 2' } },
    layer: { type: 'linear', params: { units: 3 } },
    adam: { type: 'adam', params: { rate: 0.001 } },
  },
  ['x.out > layer.x'],
);
const edited = (change: (document: GraphDocument) => void): GraphDocument => {
  const copy = structuredClone(base) as GraphDocument;
  change(copy);
  return copy;
};

describe('differences', () => {
  it('tells a parameter with both values', () => {
    const after = edited(({ nodes }) => {
      nodes.adam!.params.rate = 0.01;
    });
    expect(differences(base, after)).toEqual([
      { kind: 'param', block: undefined, node: 'adam', param: 'rate', was: 0.001, is: 0.01 },
    ]);
  });

  it('tells one that had its default, and one that takes it again', () => {
    const after = edited(({ nodes }) => {
      nodes.layer!.params.name = 'o';
      delete nodes.adam!.params.rate;
    });
    expect(differences(base, after)).toEqual([
      { kind: 'param', block: undefined, node: 'layer', param: 'name', was: undefined, is: 'o' },
      { kind: 'param', block: undefined, node: 'adam', param: 'rate', was: 0.001, is: undefined },
    ]);
  });

  it('tells sizes, settings of the run, and that the drawing is another', () => {
    const after = edited((document) => {
      document.dims.B = 16;
      document.run = { ...document.run, steps: 77 };
      delete document.nodes.adam;
      document.nodes.relu = { type: 'activation', params: {} };
      document.edges = {};
    });
    expect(differences(base, after)).toEqual(
      expect.arrayContaining([
        { kind: 'dim', block: undefined, name: 'B', was: base.dims.B, is: 16 },
        { kind: 'run', name: 'steps', was: base.run?.steps, is: 77 },
        { kind: 'drawing', added: 1, removed: 1, rewired: true },
      ]),
    );
  });

  it('tells nothing of names, places and labels', () => {
    const after = edited((document) => {
      document.name = 'another';
      document.layout.nodes.x = { x: 700, y: 5 };
      document.nodes.x!.label = 'inputs';
    });
    expect(differences(base, after)).toEqual([]);
  });

  it('finds a parameter of a block by the block', () => {
    const level = {
      nodes: { a: { type: 'linear', params: { units: 2 } } },
      edges: {},
      dims: {},
      layout: { nodes: {} },
    };
    const withBlock = (units: number) =>
      edited((document) => {
        document.blocks = { deep: structuredClone(level) as never };
        document.blocks.deep!.nodes.a!.params.units = units;
      });
    expect(differences(withBlock(2), withBlock(5))).toEqual([
      { kind: 'param', block: 'deep', node: 'a', param: 'units', was: 2, is: 5 },
    ]);
  });
});
