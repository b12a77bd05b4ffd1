/**
 * The kind: a name that every object has by its prototype (`toString`, `valueOf` …) is found in a record that
 * does not have it. Names of nodes, wires, blocks, ports of blocks, sizes and numbers; of what is referred to
 * and is not there; parameters and choices that nobody has. Each is held against the same under another name.
 */
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { catalogue } from '../../src/catalogue/index.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { readDocument } from '../../src/compiler/read-document.ts';
import { createEditor } from '../../src/editor/index.ts';
import { seekFixes } from '../../src/editor/seek-fixes.ts';
import { open } from '../../src/index.ts';
import { exampleGraph } from '../support/example-graph.ts';

const names = [
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  '__defineGetter__',
  '__defineSetter__',
  '__lookupGetter__',
  '__lookupSetter__',
];

/** A document with every place in which a name may stand, as tokens `#0` … `#9`. */
const everywhere = {
  format: 'tensorloom',
  version: 2,
  name: 'names',
  dims: { '#0': 4, '#1': 3 },
  nodes: {
    '#0': {
      type: 'tensor',
      params: {
        axes: [
          { name: '#2', size: '#0' },
          { name: '#3', size: '#1' },
        ],
        fill: 'normal',
      },
    },
    '#1': { type: 'linear', params: { units: 3, name: '#3' } },
    '#2': { type: 'block', params: { block: '#5', dims: { '#4': 3 }, numbers: { '#6': 2 } } },
    '#3': { type: 'block', params: { block: '#5', repeat: 3, numbers: { '#6': 0.5 } } },
    '#4': {
      type: 'tensor',
      params: {
        axes: [
          { name: '#2', size: '#0' },
          { name: '#3', size: 3 },
        ],
        fill: 'ones',
      },
    },
    '#5': { type: 'mse', params: {} },
    '#6': { type: 'sgd', params: { rate: 0.01 } },
    '#7': { type: 'probe', params: {} },
    '#8': { type: 'rearrange', params: { pattern: '#2 #3 -> #3 #2' } },
  },
  edges: {
    '#0': { from: { node: '#0', port: 'out' }, to: { node: '#1', port: 'x' } },
    '#1': { from: { node: '#1', port: 'y' }, to: { node: '#2', port: '#0' } },
    '#2': { from: { node: '#2', port: '#1' }, to: { node: '#3', port: '#0' } },
    '#3': { from: { node: '#3', port: '#1' }, to: { node: '#5', port: 'prediction' } },
    '#4': { from: { node: '#4', port: 'out' }, to: { node: '#5', port: 'target' } },
    '#5': { from: { node: '#5', port: 'loss' }, to: { node: '#6', port: 'loss' } },
    '#6': { from: { node: '#2', port: '#1' }, to: { node: '#7', port: 'x' } },
    '#7': { from: { node: '#4', port: 'out' }, to: { node: '#8', port: 'x' } },
  },
  blocks: {
    '#5': {
      dims: { '#4': 3 },
      numbers: { '#6': 1 },
      nodes: {
        '#0': { type: 'block-input', params: {} },
        '#1': { type: 'block-output', params: {} },
        '#2': { type: 'linear', params: { units: '#4', name: '#3' } },
        '#3': { type: 'scale', params: { factor: { number: '#6' } } },
      },
      edges: {
        '#9': { from: { node: '#0', port: 'out' }, to: { node: '#2', port: 'x' } },
        '#8': { from: { node: '#2', port: 'y' }, to: { node: '#3', port: 'x' } },
        '#7': { from: { node: '#3', port: 'out' }, to: { node: '#1', port: 'x' } },
      },
      layout: { nodes: { '#0': { x: 0, y: 0 } } },
    },
  },
  layout: { nodes: { '#0': { x: 0, y: 0 }, '#3': { x: 500, y: 0 } } },
};

function named(value: unknown, given: readonly string[]): GraphDocument {
  const text = JSON.stringify(value).replace(/#(\d)/g, (_, i) => given[Number(i)] as string);
  const { value: document, diagnostics } = readDocument(text);
  if (!document) throw new Error(diagnostics.map(({ message }) => message.en).join());
  return document;
}

const ordinary = names.map((_, i) => `name${'abcdefghij'[i]}`);
const rotated = (by: number) => names.map((_, i) => names[(i + by) % names.length] as string);

/** What is said of a document, under ordinary names. */
function said(document: GraphDocument, given: readonly string[]): unknown {
  const checked = check(document);
  const { value, diagnostics } = compile(document);
  const back = new Map(given.map((name, i) => [name, ordinary[i] as string]));
  const pattern = new RegExp(given.join('|'), 'g');
  const told = { checked, diagnostics, state: value?.state, steps: value?.train?.plan.steps.length };
  return JSON.parse(JSON.stringify(told).replace(pattern, (name) => back.get(name) as string));
}

describe.each(names.map((_, by) => by))('names of prototypes, turned by %i', (by) => {
  const given = rotated(by);
  const document = named(everywhere, given);

  it('are names like others to the check and the compiler', () => {
    const plain = said(named(everywhere, ordinary), ordinary) as { steps: number };
    expect(plain.steps).toBeGreaterThan(0);
    expect(said(document, given)).toEqual(plain);
  });

  it('are names like others to the editor and the search for fixes', () => {
    const [plain, odd] = [ordinary, given].map((names) => {
      const editor = createEditor(named(everywhere, names));
      const [, , use, , , , , seen, last] = names as [string, string, string, ...string[]];
      editor.dispatch({ type: 'delete', selection: { nodes: [], edges: [names[5] as string] } });
      const fixes = editor.getState().checked.diagnostics.flatMap((diagnostic) => {
        const search = seekFixes(editor.getState(), diagnostic);
        let step = search.next();
        while (!step.done) step = search.next();
        return step.value.map(({ title }) => title.en);
      });
      editor.undo();
      editor.dispatch({ type: 'ungroup', node: use });
      editor.dispatch({
        type: 'duplicate',
        selection: { nodes: [names[0] as string, names[1] as string], edges: [] },
      });
      editor.dispatch({
        type: 'group',
        selection: { nodes: [seen as string, last as string], edges: [] },
        name: 'g',
      });
      editor.dispatch({ type: 'setDim', name: names[9] as string, size: 3 });
      editor.dispatch({ type: 'setParam', node: names[0] as string, key: names[1] as string, value: 1 });
      return { document: editor.getState().document, fixes };
    });
    const pattern = new RegExp(given.join('|'), 'g');
    const back = JSON.stringify(odd).replace(pattern, (name) => ordinary[given.indexOf(name)] as string);
    expect(JSON.parse(back)).toEqual(plain);
  });

  it('are names like others to training', async () => {
    const { value: model, diagnostics } = await open(document);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const events = [];
    for await (const event of model?.run({ steps: 2 }) ?? []) events.push(event);
    expect(events.at(-1)).toMatchObject({ type: 'finished', step: 2, metrics: { loss: expect.any(Number) } });
  });
});

/** Documents that name something that is not there. */
const absent: Readonly<Record<string, (name: string) => Partial<GraphDocument>>> = {
  'a type': (type) => ({ nodes: { a: { type, params: {} } } }),
  'a parameter': (name) => ({ nodes: { a: { type: 'activation', params: { [name]: 1 } } } }),
  'a node of a wire': (node) => ({
    nodes: { a: { type: 'probe', params: {} } },
    edges: {
      e: { from: { node, port: 'out' }, to: { node: 'a', port: 'x' } },
      f: { from: { node: 'a', port: 'x' }, to: { node, port: 'x' } },
    },
  }),
  'a port': (port) => ({
    nodes: { a: { type: 'tensor', params: { axes: [] } }, b: { type: 'activation', params: {} } },
    edges: {
      e: { from: { node: 'a', port }, to: { node: 'b', port: 'x' } },
      f: { from: { node: 'a', port: 'out' }, to: { node: 'b', port } },
    },
  }),
  'a symbol': (size) => ({
    nodes: {
      a: { type: 'tensor', params: { axes: [{ name: 'i', size }] } },
      b: { type: 'linear', params: { units: size } },
    },
  }),
  'a block': (block) => ({ nodes: { a: { type: 'block', params: { block } } } }),
  'a size and a number of a block': (name) => ({
    nodes: { a: { type: 'block', params: { block: 'b', dims: { [name]: 2 }, numbers: { [name]: 2 } } } },
    blocks: { b: { dims: {}, numbers: {}, nodes: {}, edges: {}, layout: { nodes: {} } } },
  }),
  'a number inside': (number) => ({
    nodes: {
      a: { type: 'block', params: { block: 'b' } },
      c: { type: 'scale', params: { factor: { number } } },
    },
    blocks: {
      b: {
        dims: {},
        numbers: {},
        nodes: { a: { type: 'scale', params: { factor: { number } } } },
        edges: {},
        layout: { nodes: {} },
      },
    },
  }),
  'a network': (network) => ({ plan: { chosen: { [network]: network }, found: { [network]: network } } }),
};

const codes = (document: GraphDocument) => {
  const checked = check(document);
  const { diagnostics } = compile(document, { partial: true });
  return [checked.diagnostics, diagnostics].map((list) =>
    list.map(({ code, node, port }) => [code, node, port]),
  );
};

const inNotation: ReadonlySet<string> = new Set(['formula expression', 'levi-civita axes']);

describe('what is not there', () => {
  const cases = Object.entries(absent).flatMap(([what, make]) =>
    names.slice(0, 3).map((name) => [what, name, make] as const),
  );
  it.each(cases)('%s called %s is told as any other', (_, name, make) => {
    const with_ = (given: string) => ({ ...emptyDocument('x'), ...make(given) });
    const back = JSON.stringify(codes(with_(name))).replaceAll(name, 'nobody');
    expect(JSON.parse(back)).toEqual(JSON.parse(JSON.stringify(codes(with_('nobody')))));
  });

  it.each(catalogue.map(({ type }) => type))(
    '%s takes a name of prototypes for a choice like any other',
    (type) => {
      const definition = catalogue.find((d) => d.type === type)!;
      const [example] = definition.examples;
      if (!example) return;
      const document = exampleGraph(definition, example);
      const node = document.nodes.node!;
      const keys = new Set([...Object.keys(definition.params.shape ?? {}), ...Object.keys(node.params)]);
      const withParam = (key: string, value: string): GraphDocument => ({
        ...document,
        nodes: { ...document.nodes, node: { ...node, params: { ...node.params, [key]: value } } },
      });
      for (const key of keys) {
        // A text in a notation is read letter by letter, and a name of prototypes is no word of it.
        if (inNotation.has(`${type} ${key}`)) continue;
        for (const name of names.slice(0, 2)) {
          const back = JSON.stringify(codes(withParam(key, name))).replaceAll(name, 'nobody');
          expect([key, JSON.parse(back)]).toEqual([
            key,
            JSON.parse(JSON.stringify(codes(withParam(key, 'nobody')))),
          ]);
        }
      }
    },
  );
});
