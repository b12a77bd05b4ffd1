/**
 * The kind: a document that the editor has made and stored cannot be read again. Found: ids that are names of
 * Object.prototype were looked up on the prototype and got NaN for coordinates, which JSON stores as null; sums
 * of coordinates of ±1e308 became infinite; copies of ids of 200 characters grew to 201; names of sizes beyond
 * 50 characters, or called `constructor`, sizes and numbers that are none, parameters that JSON does not know,
 * ports of more than 100 characters, blocks pasted into blocks beyond the depth that is read, and more nodes
 * than are read.
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkChange } from '../../graph-schema/check-change.ts';
import { emptyDocument, type GraphDocument, limits } from '../../graph-schema/document.ts';
import { withRecords } from '../../graph-schema/named-records.ts';
import { parseGraph, serialize } from '../../graph-schema/parse.ts';
import { registryOf } from '../../src/catalogue/index.ts';
import type { Command } from '../../src/editor/editor-types.ts';
import { createEditor, type Editor } from '../../src/editor/index.ts';
import '../support/properties.ts';

/** What the text of a document says, which must be the document. */
function readAgain(document: GraphDocument): unknown {
  const { value, diagnostics } = parseGraph(serialize(document));
  return value ?? diagnostics.map(({ message }) => message.en);
}

const expectKept = ({ getState }: Editor) => {
  const { document } = getState();
  expect(readAgain(document)).toEqual(document);
  for (const { nodes, edges, dims, layout } of [document, ...Object.values(document.blocks)])
    for (const record of [document.blocks, nodes, edges, dims, layout.nodes])
      expect(Object.getPrototypeOf(record)).toBeNull();
};

const prototypeNames = [
  'toString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  '__defineGetter__',
  '__lookupSetter__',
];
const forbiddenNames = ['__proto__', 'constructor', 'prototype'];
const long = 'n'.repeat(199);

const clip = (nodes: object, layout: object = {}, more: object = {}): string =>
  JSON.stringify({
    format: 'tensorloom',
    version: 2,
    clip: { nodes, edges: {}, layout: { nodes: layout }, ...more },
  });
const probe = { type: 'probe', params: {} };

describe('a paste', () => {
  it.each(prototypeNames)('of a node called %s is kept where it was put', (id) => {
    const editor = createEditor(emptyDocument('x'));
    editor.dispatch({
      type: 'paste',
      text: clip({ [id]: probe, a: probe }, { a: { x: 5, y: 7 } }),
      at: { x: 10, y: 20 },
    });
    expect(editor.getState().document.nodes[id]).toEqual(probe);
    expect(editor.getState().document.layout.nodes).toEqual({ [id]: { x: 10, y: 20 }, a: { x: 15, y: 27 } });
    expectKept(editor);
    editor.dispatch({ type: 'duplicate', selection: { nodes: [id], edges: [] } });
    expect(Object.keys(editor.getState().document.nodes)).toEqual([id, 'a', `${id}1`]);
    expectKept(editor);
  });

  it.each(forbiddenNames)('of a node called %s changes nothing', (id) => {
    const editor = createEditor(emptyDocument('x'));
    editor.dispatch({
      type: 'paste',
      text: `{"clip":{"nodes":{"${id}":{"type":"probe"}}}}`,
      at: { x: 0, y: 0 },
    });
    expect(editor.getState().document).toEqual(emptyDocument('x'));
  });

  it('at the ends of what numbers can be lies within the bounds of a canvas', () => {
    const editor = createEditor(emptyDocument('x'));
    const places = { a: { x: -1e308, y: 1e308 }, b: { x: 1e308, y: -1e308, width: 1e308 } };
    editor.dispatch({
      type: 'paste',
      text: clip({ a: probe, b: probe }, places),
      at: { x: 1e308, y: Number.NaN },
    });
    editor.dispatch({
      type: 'move',
      positions: { a: { x: Number.NEGATIVE_INFINITY, y: Number.NaN } },
      done: true,
    });
    editor.dispatch({ type: 'addNode', nodeType: 'relu', at: { x: Number.POSITIVE_INFINITY, y: -1e300 } });
    for (const { x, y } of Object.values(editor.getState().document.layout.nodes))
      for (const coordinate of [x, y]) expect(Math.abs(coordinate)).toBeLessThanOrEqual(limits.coordinate);
    expectKept(editor);
    editor.undo();
    editor.undo();
    editor.undo();
    expect(editor.getState().document).toEqual(emptyDocument('x'));
  });

  it('of a node with the longest id can be repeated', () => {
    const editor = createEditor(emptyDocument('x'));
    for (let i = 0; i < 12; i++) editor.dispatch({ type: 'paste', text: clip({ [`${long}9`]: probe }) });
    expect(Object.keys(editor.getState().document.nodes)).toHaveLength(12);
    expectKept(editor);
  });

  it('of more than a document may hold is refused, and says why', () => {
    const many = Object.fromEntries(Array.from({ length: limits.nodes + 1 }, (_, i) => [`n${i}`, probe]));
    const document = { ...emptyDocument('x'), nodes: many };
    const change = { path: ['nodes', 'n0'], value: probe };
    expect(checkChange(document, [change])).toMatchObject([{ code: 'document-too-large' }]);
    const { n0: _, ...fewer } = many;
    expect(checkChange({ ...document, nodes: fewer }, [change])).toEqual([]);
  });

  it('that would lie too deep in a block is refused', () => {
    let value: unknown = 1;
    for (let depth = 0; depth < limits.depth - 5; depth++) value = [value];
    const editor = createEditor(
      withRecords({
        ...emptyDocument('x'),
        nodes: { use: { type: 'block', params: { block: 'b' } } },
        blocks: { b: { dims: {}, numbers: {}, nodes: {}, edges: {}, layout: { nodes: {} } } },
      }),
    );
    const deep = clip({ a: { type: 'probe', params: { value } } });
    expect(editor.dispatch({ type: 'paste', text: deep })).toEqual([]);
    expectKept(editor);
    editor.dispatch({ type: 'enter', way: ['use'] });
    expect(editor.dispatch({ type: 'paste', text: deep })).toMatchObject([{ code: 'document-too-large' }]);
    expectKept(editor);
  });
});

describe('a command that would leave what cannot be read', () => {
  const editor = createEditor(
    withRecords({
      ...emptyDocument('x'),
      nodes: { a: probe, use: { type: 'block', params: { block: 'b' } } },
      blocks: { b: { dims: {}, numbers: { p: 1 }, nodes: {}, edges: {}, layout: { nodes: {} } } },
    }),
  );
  const { document } = editor.getState();
  it.each<[string, Command]>([
    ['document-shape', { type: 'setDim', name: 'B', size: 0 }],
    ['document-shape', { type: 'setDim', name: 'B', size: 2.5 }],
    ['document-shape', { type: 'setDim', name: 'B', size: 2 ** 60 }],
    ['document-shape', { type: 'setDim', name: 'n'.repeat(51), size: 2 }],
    ['forbidden-key', { type: 'setDim', name: 'constructor', size: 2 }],
    ['document-shape', { type: 'setBlockNumber', block: 'b', name: 'p', number: Number.NaN }],
    ['document-shape', { type: 'setBlockNumber', block: 'b', name: 'q'.repeat(51), number: 1 }],
    ['forbidden-key', { type: 'setBlockNumber', block: 'b', name: 'prototype', number: 1 }],
    ['document-shape', { type: 'setRun', run: { steps: 1e9 } }],
    ['document-shape', { type: 'setRun', run: { seed: -1 } }],
    ['document-shape', { type: 'setParam', node: 'a', key: 'x', value: Number.POSITIVE_INFINITY }],
    ['document-shape', { type: 'setParam', node: 'a', key: 'x', value: [1, Number.NaN] }],
    ['document-shape', { type: 'setParam', node: 'a', key: 'x', value: new Map() }],
    ['forbidden-key', { type: 'setParam', node: 'a', key: 'x', value: { constructor: 2 } }],
    ['document-shape', { type: 'addNode', nodeType: 'x'.repeat(101), at: { x: 0, y: 0 } }],
    ['document-shape', { type: 'addNode', node: 'x'.repeat(201), nodeType: 'probe', at: { x: 0, y: 0 } }],
    ['document-shape', { type: 'choosePath', network: 'x'.repeat(20_001), path: 'y' }],
  ])('is refused: %s, %o', (code, command) => {
    expect(editor.dispatch(command)[0]?.code).toBe(code);
    expect(editor.getState().document).toBe(document);
    expect(editor.getState().canUndo).toBe(false);
  });
});

/** Whatever somebody may type, paste or drag. */
const name = fc.oneof(
  fc.constantFrom(
    'a',
    'b',
    'c',
    'B',
    'use',
    ...prototypeNames,
    ...forbiddenNames,
    long,
    'x/y',
    'x.y',
    '~',
    '\ud800',
    '',
  ),
  fc.string({ maxLength: 220 }),
);
const number = fc.oneof(
  fc.constantFrom(
    0,
    -0,
    1,
    1e308,
    -1e308,
    5e-324,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ),
  fc.double(),
);
const point = fc.record({ x: number, y: number });
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  number,
  fc.constant(undefined),
  fc.array(number, { maxLength: 3 }),
);
const types = registryOf(emptyDocument('x')).all.map(({ type }) => type);
const type = fc.oneof(fc.constantFrom(...types, 'block', 'block-input', 'block-output'), name);
const node = fc.record({ type, params: fc.dictionary(name, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 }) });
const ref = fc.record({ node: name, port: fc.oneof(fc.constantFrom('x', 'out', 'a', 'y'), name) });
const selection = fc.record({
  nodes: fc.array(name, { maxLength: 3 }),
  edges: fc.array(fc.constantFrom('e1', 'e2'), { maxLength: 2 }),
});
const records = (keys: typeof name) =>
  fc.record({
    nodes: fc.dictionary(keys, node, { maxKeys: 4 }),
    edges: fc.dictionary(keys, fc.record({ from: ref, to: ref }), { maxKeys: 2 }),
    layout: fc.record({ nodes: fc.dictionary(keys, point, { maxKeys: 4 }) }),
  });
/** JSON.stringify leaves `__proto__` out where it is no own key; these texts have it as one. */
const pasted = fc
  .tuple(records(name), fc.dictionary(name, records(name), { maxKeys: 2 }))
  .map(([drawing, blocks]) =>
    JSON.stringify({ format: 'tensorloom', version: 2, clip: { ...drawing, blocks } }),
  );

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('addNode' as const), node: name, nodeType: type, at: point }),
  fc.record({ type: fc.constant('connect' as const), from: ref, to: ref }),
  fc.record({ type: fc.constant('delete' as const), selection }),
  fc.record({
    type: fc.constant('move' as const),
    positions: fc.dictionary(name, point, { maxKeys: 2 }),
    done: fc.boolean(),
  }),
  fc.record({ type: fc.constant('setParam' as const), node: name, key: name, value }),
  fc.record({ type: fc.constant('setLabel' as const), node: name, label: name }),
  fc.record({ type: fc.constant('setDim' as const), name, size: fc.option(number, { nil: undefined }) }),
  fc.record({
    type: fc.constant('setRun' as const),
    run: fc.record({ steps: number, seed: number }, { requiredKeys: [] }),
  }),
  fc.record({ type: fc.constant('rename' as const), name: fc.string({ maxLength: 300 }) }),
  fc.record({ type: fc.constant('paste' as const), text: pasted, at: point }),
  fc.record({ type: fc.constant('duplicate' as const), selection }),
  fc.record({ type: fc.constant('place' as const), placements: fc.dictionary(name, point, { maxKeys: 2 }) }),
  fc.record({ type: fc.constant('group' as const), selection, name }),
  fc.record({ type: fc.constant('ungroup' as const), node: name }),
  fc.record({ type: fc.constant('enter' as const), way: fc.array(name, { maxLength: 2 }) }),
  fc.record({ type: fc.constant('renameBlock' as const), block: name, name: fc.string({ maxLength: 300 }) }),
  fc.record({
    type: fc.constant('setBlockNumber' as const),
    block: name,
    name,
    number: fc.option(number, { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('choosePath' as const),
    network: name,
    path: fc.option(name, { nil: undefined }),
  }),
  fc.record({
    type: fc.constant('foundPaths' as const),
    paths: fc.dictionary(name, fc.option(name, { nil: undefined }), { maxKeys: 2 }),
  }),
  fc.record({
    type: fc.constant('edits' as const),
    edits: fc.array(
      fc.record({
        edit: fc.constant('setParam' as const),
        node: name,
        key: name,
        value: fc.jsonValue() as fc.Arbitrary<never>,
      }),
      { maxLength: 2 },
    ),
  }),
);

it('whatever is done in the editor, what it stores is what it holds', () => {
  const steps = fc.array(
    fc.oneof({ weight: 8, arbitrary: command }, fc.constantFrom('undo' as const, 'redo' as const)),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(steps, (session) => {
      const editor = createEditor(emptyDocument('session'));
      for (const step of session) {
        if (typeof step === 'string') editor[step]();
        else editor.dispatch(step);
      }
      expectKept(editor);
    }),
    { numRuns: Number(process.env.PROPERTY_RUNS ?? 500) },
  );
});
