import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import { parseGraph } from '../../../graph-schema/parse.ts';
import { registryOf } from '../../catalogue/index.ts';
import { check, createChecker } from '../index.ts';
import { elaborate } from './index.ts';

const wire = (from: string, to: string) => {
  const end = (text: string) => ({ node: text.split('.')[0], port: text.split('.')[1] });
  return { from: end(from), to: end(to) };
};
const passing = { x: { type: 'block-input' }, y: { type: 'block-output' } };
const axes = (name: string, size: number | string) => [{ name, size }];

/** Hidden layers of a width of their own, between an input and an output. */
const document = (more: object = {}, params: object = {}): GraphDocument =>
  parseGraph({
    ...emptyDocument('blocks'),
    dims: { B: 4, d: 8 },
    nodes: {
      a: { type: 'tensor', params: { axes: [...axes('batch', 'B'), ...axes('in', 'd')], fill: 'normal' } },
      layer: { type: 'block', params: { block: 'layer', ...params } },
      p: { type: 'probe' },
    },
    edges: { e1: wire('a.out', 'layer.x'), e2: wire('layer.y', 'p.x') },
    blocks: {
      layer: {
        dims: { width: 16 },
        numbers: { slope: 2 },
        nodes: {
          ...passing,
          linear: { type: 'linear', params: { units: 'width', name: 'in' } },
          scaled: { type: 'scale', params: { factor: { number: 'slope' } } },
        },
        edges: {
          e1: wire('x.out', 'linear.x'),
          e2: wire('linear.y', 'scaled.x'),
          e3: wire('scaled.out', 'y.x'),
        },
      },
    },
    ...more,
  }).value!;
const flat = (document: GraphDocument) => elaborate(document, registryOf(document)).value!;
const codes = (document: GraphDocument) => check(document).diagnostics.map(({ code, node }) => [code, node]);
const shown = (type: { axes: readonly { name: string; written: string }[] } | undefined) =>
  type?.axes.map(({ name, written }) => `${name} ${written}`).join(', ');

describe('a flat graph', () => {
  it('is the document itself where it uses no block', () => {
    const plain = { ...document(), blocks: {}, nodes: {}, edges: {} };
    expect(flat(plain).nodes).toBe(plain.nodes);
    expect(flat(plain).edges).toBe(plain.edges);
    expect(flat(plain).dims).toBe(plain.dims);
  });

  it('has a block’s nodes in the place of its use, under their paths', () => {
    const { nodes, edges, dims } = flat(document());
    expect(Object.keys(nodes)).toEqual(['a', 'layer/x', 'layer/y', 'layer/linear', 'layer/scaled', 'p']);
    expect(nodes['layer/scaled']?.params).toEqual({ factor: 2 });
    expect(dims).toEqual({ B: 4, d: 8, 'layer/width': 16 });
    expect(edges).toEqual({
      e1: { from: { node: 'a', port: 'out' }, to: { node: 'layer/x', port: 'in' } },
      e2: { from: { node: 'layer/y', port: 'out' }, to: { node: 'p', port: 'x' } },
      'layer/e1': wire('layer/x.out', 'layer/linear.x'),
      'layer/e2': wire('layer/linear.y', 'layer/scaled.x'),
      'layer/e3': wire('layer/scaled.out', 'layer/y.x'),
    });
  });

  it('keeps a repeat as one body, of index 0', () => {
    const { nodes, regions } = flat(document({}, { repeat: 3, shared: true }));
    expect(Object.keys(nodes)).toEqual([
      'a',
      'layer/0/x',
      'layer/0/y',
      'layer/0/linear',
      'layer/0/scaled',
      'p',
    ]);
    expect(regions).toMatchObject([{ path: 'layer', prefix: 'layer/0/', count: 3, shared: true }]);
  });

  it('writes repeats out when asked', () => {
    const repeated = document({}, { repeat: 3 });
    const { nodes, edges } = elaborate(repeated, registryOf(repeated), { writeOut: true }).value!;
    expect(Object.keys(nodes).filter((path) => path.endsWith('linear'))).toEqual([
      'layer/0/linear',
      'layer/1/linear',
      'layer/2/linear',
    ]);
    expect(edges['layer/1/x~next']).toEqual(wire('layer/0/y.out', 'layer/1/x.in'));
    expect(edges.e2).toEqual(wire('layer/2/y.out', 'p.x'));
  });
});

describe('the checker', () => {
  it('types what is inside, and the ports of the use', () => {
    const { nodes, edges, diagnostics } = check(document());
    expect(diagnostics).toEqual([]);
    expect(shown(nodes['layer/linear']?.outputTypes.y)).toBe('batch B, in layer/width');
    expect(shown(nodes.layer?.inputTypes.x)).toBe('batch B, in d');
    expect(shown(nodes.layer?.outputTypes.y)).toBe('batch B, in layer/width');
    expect(nodes.layer?.inputs).toEqual([{ name: 'x' }]);
    expect(shown(edges.e2)).toBe('batch B, in layer/width');
    expect(shown(edges['layer/e3'])).toBe('batch B, in layer/width');
    expect(nodes['layer/x']?.outputs).toEqual([{ name: 'out' }]);
    expect(nodes['layer/x']?.inputs).toEqual([]);
  });

  it('takes sizes and numbers from the use, and expressions where it stands', () => {
    const { nodes, diagnostics } = check(document({}, { dims: { width: '2*d' }, numbers: { slope: 3 } }));
    expect(diagnostics).toEqual([]);
    expect(nodes.layer?.outputTypes.y?.axes[1]).toMatchObject({ written: '2*d', size: 16 });
    expect(check(document({}, { dims: { width: 5 } })).nodes.layer?.outputTypes.y?.axes[1]?.size).toBe(5);
  });

  it('tells what a repeat hands on that the next cannot take, and is content where it can', () => {
    expect(codes(document({}, { repeat: 3 }))).toEqual([['size-conflict', 'layer/0/y']]);
    expect(codes(document({}, { repeat: 1 }))).toEqual([]);
    expect(codes(document({}, { repeat: 3, dims: { width: 'd' } }))).toEqual([]);
  });

  it.each<[string, object, [string, string | undefined][]]>([
    ['a block that is missing', { block: 'gone' }, [['unknown-block', 'layer']]],
    ['parameters that are none', { repeat: 0 }, [['bad-param', 'layer']]],
    ['a size that the block does not declare', { dims: { hight: 3 } }, [['unknown-override', 'layer']]],
    ['a number that the block does not declare', { numbers: { p: 3 } }, [['unknown-override', 'layer']]],
    ['a size that cannot be read', { dims: { width: '2*' } }, [['bad-param', 'layer']]],
    [
      'a symbol that nobody declares',
      { dims: { width: 'Q' } },
      [
        ['unknown-dim', 'layer/linear'],
        ['size-open', 'layer/linear'],
      ],
    ],
  ])('tells %s', (_, params, expected) => {
    expect(codes(document({}, params))).toEqual(expected);
  });

  it('tells ports that are gone, missing or taken at the use', () => {
    const ends = (edges: object) => codes(document({ edges }));
    expect(ends({ e1: wire('a.out', 'layer.x'), e2: wire('layer.z', 'p.x') })).toEqual([
      ['unknown-port', 'layer'],
    ]);
    expect(ends({ e2: wire('layer.y', 'p.x') })).toEqual([['missing-input', 'layer']]);
    const twice = { e1: wire('a.out', 'layer.x'), e2: wire('layer.y', 'p.x'), e3: wire('a.out', 'layer.x') };
    expect(ends(twice)).toEqual([['port-taken', 'layer']]);
  });

  it('bounds blocks within blocks, whatever they multiply to', () => {
    const nested = (depth: number, repeat: number) => {
      const blocks = Object.fromEntries(
        Array.from({ length: depth }, (_, i) => [
          `b${i}`,
          {
            nodes: {
              ...passing,
              ...(i + 1 < depth && { in: { type: 'block', params: { block: `b${i + 1}`, repeat } } }),
            },
            edges:
              i + 1 < depth
                ? { e1: wire('x.out', 'in.x'), e2: wire('in.y', 'y.x') }
                : { e1: wire('x.out', 'y.x') },
          },
        ]),
      );
      const nodes = { ...document().nodes, layer: { type: 'block', params: { block: 'b0' } } };
      return document({ nodes, blocks });
    };
    expect(codes(nested(16, 1))).toEqual([]);
    expect(codes(nested(17, 1)).map(([code]) => code)).toEqual(['blocks-too-large']);
    // Counted, never expanded: this would not fit into any memory. And told in digits that mean something.
    const bomb = check(nested(16, 1_000_000)).diagnostics;
    expect(bomb.map(({ code }) => code)).toEqual(['blocks-too-large']);
    expect(bomb[0]?.message.en).not.toMatch(/\d{8}/);
  });

  it('tells a block that contains itself, and all is well once it does not', () => {
    const checker = createChecker();
    const sound = document();
    const layer = sound.blocks.layer!;
    const inside = { type: 'block', params: { block: 'layer' } };
    const endless = { ...sound, blocks: { layer: { ...layer, nodes: { ...layer.nodes, inside } } } };
    expect(checker(endless).diagnostics.map(({ code, node }) => [code, node])).toEqual([
      ['block-recursion', 'layer/inside'],
    ]);
    expect(checker(sound).diagnostics).toEqual([]);
  });

  it('tells a block that contains itself where nothing uses it, and only there', () => {
    const inner = (block: string) => ({
      dims: {},
      numbers: {},
      nodes: { again: { type: 'block', params: { block } } },
      edges: {},
      layout: { nodes: {} },
    });
    const sound = document();
    const endless = { ...sound, blocks: { ...sound.blocks, f: inner('g'), g: inner('f') } };
    const said = check(endless).diagnostics.map(({ code, values }) => [code, values?.way]);
    expect(said).toEqual([['unused-recursion', 'f → g → f']]);
    const use = { type: 'block', params: { block: 'g' } };
    const used = check({ ...endless, nodes: { ...endless.nodes, use } }).diagnostics;
    expect(used.map(({ code, node }) => [code, node])).toEqual([['block-recursion', 'use/again/again']]);
  });

  it('tells an output that is gone once, however many wires there are at it', () => {
    const drawn = document();
    const gone = { e1: wire('a.out', 'layer.x'), e2: wire('layer.z', 'p.x'), e3: wire('layer.z', 'q.x') };
    const q = { type: 'probe', params: {} };
    const { diagnostics } = check({
      ...drawn,
      nodes: { ...drawn.nodes, q },
      edges: gone as GraphDocument['edges'],
    });
    expect(diagnostics).toMatchObject([
      { code: 'unknown-port', node: 'layer', port: 'z', fixes: [{ title: { en: 'Delete the 2 wires' } }] },
    ]);
  });

  it('leaves every object alone that an edit inside a block does not reach', () => {
    const checker = createChecker();
    const before = document();
    const first = checker(before);
    const layer = before.blocks.layer!;
    const scaled = { ...layer.nodes.scaled!, params: { factor: 7 } };
    const after = checker({ ...before, blocks: { layer: { ...layer, nodes: { ...layer.nodes, scaled } } } });
    expect(after.nodes['layer/linear']).toBe(first.nodes['layer/linear']);
    expect(after.nodes.p).toBe(first.nodes.p);
    expect(after.nodes.layer).toBe(first.nodes.layer);
    expect(after.edges.e1).toBe(first.edges.e1);
  });
});
