import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument } from '../../graph-schema/document.ts';
import { chain, chainEdge, check, documentOf, openChain } from '../../test/support/chain.ts';
import { portKey } from '../base/path.ts';
import { replacePaths } from '../compiler/networks/kept-paths.ts';
import { clipOf, writeClip } from './clipboard.ts';
import { createEditorWith } from './editor.ts';
import type { Command } from './editor-types.ts';

describe('commands', () => {
  it('deletes the wires of a deleted node', () => {
    const editor = openChain();
    editor.dispatch({ type: 'delete', selection: { nodes: ['b'], edges: [] } });
    expect(documentOf(editor).edges).toEqual({});
    expect(Object.keys(documentOf(editor).layout.nodes)).toEqual(['a', 'c']);
  });

  it('replaces the wire on a taken input', () => {
    const editor = openChain();
    editor.dispatch({ type: 'connect', from: { node: 'a', port: 'y' }, to: { node: 'c', port: 'x' } });
    expect(documentOf(editor).edges).toEqual({ e1: chainEdge('a', 'b'), e3: chainEdge('a', 'c') });
  });

  it('keeps the history empty when nothing changes', () => {
    const editor = openChain();
    editor.dispatch({ type: 'connect', from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } });
    editor.dispatch({ type: 'delete', selection: { nodes: ['nobody'], edges: ['none'] } });
    editor.dispatch({ type: 'setParam', node: 'b', key: 'units', value: 4 });
    expect(editor.getState()).toMatchObject({ canUndo: false, revision: 0 });
  });

  it('puts a new node beside what lies there, under a readable id, and selects it', () => {
    const editor = openChain();
    editor.dispatch({ type: 'addNode', nodeType: 'cross-entropy', at: { x: 10, y: 10 } });
    const { document, selection } = editor.getState();
    expect(selection.nodes).toEqual(['crossEntropy1']);
    expect(document.nodes.crossEntropy1).toEqual({ type: 'cross-entropy', params: {} });
    const { x, y } = document.layout.nodes.crossEntropy1 ?? { x: 0, y: 0 };
    expect(Math.abs(x) >= 190 || Math.abs(y) >= 110).toBe(true);
  });

  it('inserts a node into a wire', () => {
    const editor = openChain();
    editor.dispatch({ type: 'addNode', nodeType: 'relu', at: { x: 150, y: 200 }, connect: { edge: 'e1' } });
    expect(documentOf(editor).edges).toEqual({
      e2: chainEdge('b', 'c'),
      e3: chainEdge('a', 'relu1'),
      e4: chainEdge('relu1', 'b'),
    });
    editor.undo();
    expect(JSON.stringify(documentOf(editor))).toBe(JSON.stringify(chain()));
  });

  it('wires a new node from a held wire', () => {
    const editor = openChain();
    const connect = { from: { node: 'b', port: 'y' }, toPort: 'z' };
    editor.dispatch({ type: 'addNode', nodeType: 'add', at: { x: 900, y: 0 }, connect });
    expect(documentOf(editor).edges.e3).toEqual(chainEdge('b', 'add1', 'z'));
  });

  it('applies edits that clash with ids already taken', () => {
    const editor = openChain();
    editor.dispatch({
      type: 'edits',
      edits: [
        { edit: 'removeEdge', edge: 'e1' },
        { edit: 'addNode', node: 'b', type: 'flatten', params: {}, near: 'e1' },
        { edit: 'addEdge', edge: 'e2', from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } },
        { edit: 'setDim', name: 'd', size: 5 },
      ],
    });
    const { nodes, edges, dims } = documentOf(editor);
    expect(nodes.b1?.type).toBe('flatten');
    expect(edges).toEqual({ e2: chainEdge('b', 'c'), e1: chainEdge('a', 'b1') });
    expect(dims).toEqual({ B: 64, d: { size: 5, free: false } });
  });

  it('copies with the wires among the copies, under new ids', () => {
    const editor = openChain();
    editor.dispatch({ type: 'duplicate', selection: { nodes: ['a', 'b'], edges: [] } });
    const { document, selection } = editor.getState();
    expect(selection.nodes).toEqual(['a1', 'b1']);
    expect(document.edges.e3).toEqual(chainEdge('a1', 'b1'));
    expect(document.layout.nodes.b1).toEqual({ x: 332, y: 32 });
  });
});

describe('names of new nodes', () => {
  const labels = (editor: ReturnType<typeof openChain>) =>
    Object.values(documentOf(editor).nodes).map(({ label }) => label);

  it('are letters for tensors, W₁ … for what is learned, and none for what has a title', () => {
    const editor = createEditorWith(check, emptyDocument('new'));
    for (const nodeType of ['tensor', 'parameter', 'linear', 'tensor', 'parameter'])
      editor.dispatch({ type: 'addNode', nodeType, params: {}, at: { x: 0, y: 0 } });
    expect(labels(editor)).toEqual(['A', 'W₁', undefined, 'B', 'W₂']);
  });

  it('are new for copies, where nobody has written another', () => {
    const editor = createEditorWith(check, emptyDocument('new'));
    for (let k = 0; k < 2; k++)
      editor.dispatch({ type: 'addNode', nodeType: 'tensor', params: {}, at: { x: 0, y: 0 } });
    const nodes = Object.keys(documentOf(editor).nodes);
    editor.dispatch({ type: 'setLabel', node: nodes[1]!, label: 'first guess' });
    editor.dispatch({ type: 'duplicate', selection: { nodes, edges: [] } });
    expect(labels(editor)).toEqual(['A', 'first guess', 'B', 'first guess']);
    const text = writeClip(clipOf(documentOf(editor), documentOf(editor), { nodes, edges: [] }));
    editor.dispatch({ type: 'paste', text, at: { x: 5, y: 7 } });
    expect(labels(editor).slice(4)).toEqual(['C', 'first guess']);
  });
});

describe('paste', () => {
  it('takes a clip from another document', () => {
    const editor = createEditorWith(check, emptyDocument('other'));
    const text = writeClip(clipOf(chain(), chain(), { nodes: ['b', 'c'], edges: [] }));
    editor.dispatch({ type: 'paste', text, at: { x: 5, y: 7 } });
    expect(documentOf(editor).edges).toEqual({ e1: chainEdge('b', 'c') });
    expect(documentOf(editor).layout.nodes).toEqual({ b: { x: 5, y: 7 }, c: { x: 305, y: 7, color: 'red' } });
  });

  it.each([
    'no JSON',
    '[]',
    '{"format":"tensorloom","clip":{"nodes":{"a":{"params":{}}}}}',
    '{"format":"tensorloom","clip":{"nodes":{"__proto__":{"type":"tensor","params":{}}}}}',
    '{"format":"tensorloom","clip":{"nodes":{"a":{"type":"tensor","params":{"__proto__":{"x":1}}}}}}',
  ])('refuses %s', (text) => {
    const editor = openChain();
    editor.dispatch({ type: 'paste', text });
    expect(documentOf(editor)).toEqual(chain());
    expect(editor.getState().canUndo).toBe(false);
  });

  it('drops wires that lead out of the clip', () => {
    const editor = openChain();
    const clip = { nodes: { q: { type: 'probe' } }, edges: { w: chainEdge('a', 'q') } };
    editor.dispatch({ type: 'paste', text: JSON.stringify({ format: 'tensorloom', clip }) });
    expect(Object.keys(documentOf(editor).edges)).toEqual(['e1', 'e2']);
    expect(documentOf(editor).nodes.q).toEqual({ type: 'probe', params: {} });
  });
});

describe('what a change leaves alone', () => {
  it('keeps every untouched object', () => {
    const editor = openChain();
    const before = editor.getState();
    editor.dispatch({ type: 'setParam', node: 'b', key: 'units', value: 5 });
    const after = editor.getState();
    expect(after.document.nodes.a).toBe(before.document.nodes.a);
    expect(after.document.edges).toBe(before.document.edges);
    expect(after.structureRevision).toBe(before.structureRevision + 1);
  });

  it('does not check for positions, selection, names or run settings', () => {
    const editor = openChain();
    const { checked } = editor.getState();
    editor.dispatch({ type: 'move', positions: { a: { x: 9, y: 9 } }, done: true });
    editor.dispatch({ type: 'place', placements: { b: { x: 1, y: 1, width: 300 } } });
    editor.dispatch({ type: 'select', selection: { nodes: ['a', 'gone'], edges: [] } });
    editor.dispatch({ type: 'rename', name: 'other' });
    editor.dispatch({ type: 'setRun', run: { steps: 10 } });
    expect(editor.getState()).toMatchObject({
      structureRevision: 0,
      revision: 4,
      selection: { nodes: ['a'] },
    });
    expect(editor.getState().checked).toBe(checked);
  });
});

describe('contraction paths', () => {
  const key = '0 1, 1 2, 2 3 -> 0 3 : 2 9 3 8';
  const [left, right] = ['((0, 1), 2)', '(0, (1, 2))'];
  const find = (path: string | undefined): Command => ({ type: 'foundPaths', paths: { [key]: path } });

  it('that are found are kept beside the history, which goes on as if they were not there', () => {
    const editor = openChain();
    editor.dispatch({ type: 'rename', name: 'other' });
    editor.dispatch(find(left));
    expect(editor.getState()).toMatchObject({ canUndo: true, structureRevision: 0, revision: 2 });
    editor.undo();
    expect(documentOf(editor)).toEqual({ ...chain(), plan: { found: { [key]: left } } });
    expect(editor.getState().canUndo).toBe(false);
    // One that is found while something waits to be redone does not put an end to that.
    editor.dispatch(find(right));
    editor.redo();
    expect(documentOf(editor)).toMatchObject({ name: 'other', plan: { found: { [key]: right } } });
    editor.dispatch(find(undefined));
    editor.undo();
    expect(documentOf(editor)).toEqual(chain());
  });

  it('that were chosen are undone, and bring back none that was found before', () => {
    const editor = openChain();
    editor.dispatch(find(left));
    editor.dispatch({ type: 'choosePath', network: key, path: right });
    editor.dispatch(find(undefined));
    expect(documentOf(editor).plan).toEqual({ chosen: { [key]: right } });
    editor.undo();
    expect(documentOf(editor)).toEqual(chain());
    editor.redo();
    expect(documentOf(editor).plan).toEqual({ chosen: { [key]: right } });
    editor.dispatch({ type: 'choosePath', network: key, path: undefined });
    expect(documentOf(editor)).toEqual(chain());
  });

  it('that are found are nobody’s work', () => {
    const editor = openChain();
    editor.dispatch(find(left));
    expect(editor.getState().edited).toBe(false);
    editor.dispatch({ type: 'choosePath', network: key, path: right });
    expect(editor.getState().edited).toBe(true);
    editor.dispatch(find(right));
    expect(editor.getState().edited).toBe(true);
  });
});

describe('any sequence of commands', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'linear1', 'linear2', 'nobody', 'e1', 'e3');
  const port = fc.record({ node: id, port: fc.constantFrom('x', 'y', 'z') });
  const point = fc.record({ x: fc.integer({ min: -99, max: 999 }), y: fc.integer({ min: -99, max: 999 }) });
  const selection = fc.record({
    nodes: fc.array(id, { maxLength: 3 }),
    edges: fc.array(id, { maxLength: 2 }),
  });
  const network = fc.constantFrom('0 1, 1 2, 2 3 -> 0 3 : 2 2 2 2', '0, 0, 0 ->  : 3');
  const path = fc.constantFrom('((0, 1), 2)', '(0, (1, 2))', undefined);
  const command: fc.Arbitrary<Command> = fc.oneof(
    fc.record({
      type: fc.constant('addNode' as const),
      nodeType: fc.constantFrom('linear', 'tensor'),
      at: point,
    }),
    fc.record({
      type: fc.constant('addNode' as const),
      nodeType: fc.constant('linear'),
      at: point,
      connect: fc.record({ edge: id }),
    }),
    fc.record({ type: fc.constant('connect' as const), from: port, to: port }),
    fc.record({ type: fc.constant('delete' as const), selection }),
    fc.record({ type: fc.constant('duplicate' as const), selection }),
    fc.record({
      type: fc.constant('move' as const),
      positions: fc.dictionary(id, point),
      done: fc.boolean(),
    }),
    // One drag in many moves, of which some write one coordinate alone.
    fc.record({
      type: fc.constant('move' as const),
      positions: fc.record({ a: fc.record({ x: fc.nat(2), y: fc.nat(2) }) }),
      done: fc.constant(false),
    }),
    fc.record({
      type: fc.constant('setParam' as const),
      node: id,
      key: fc.constantFrom('units', 'bias', 'values'),
      value: fc.oneof(fc.integer(), fc.constant(undefined), fc.array(fc.integer(), { maxLength: 3 })),
    }),
    fc.record({ type: fc.constant('setLabel' as const), node: id, label: fc.string({ maxLength: 3 }) }),
    fc.record({ type: fc.constant('mark' as const), node: id, frozen: fc.boolean() }),
    fc.record({
      type: fc.constant('mark' as const),
      node: id,
      tags: fc.array(fc.string({ maxLength: 2 }), { maxLength: 3 }),
    }),
    fc.record({
      type: fc.constant('setDim' as const),
      name: fc.constantFrom('B', 'd', 'n'),
      size: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    }),
    fc.record({ type: fc.constant('setRun' as const), run: fc.record({ steps: fc.nat() }) }),
    fc.record({ type: fc.constant('rename' as const), name: fc.string({ maxLength: 3 }) }),
    fc.record({ type: fc.constant('describe' as const), description: fc.string({ maxLength: 3 }) }),
    fc.record({
      type: fc.constant('setLesson' as const),
      lesson: fc.option(fc.record({ title: fc.string({ maxLength: 3 }) }), { nil: undefined }),
      field: fc.option(fc.constantFrom('title', 'idea'), { nil: undefined }),
    }),
    fc.record({ type: fc.constant('select' as const), selection }),
    fc.record({ type: fc.constant('choosePath' as const), network, path }),
    fc.record({ type: fc.constant('foundPaths' as const), paths: fc.dictionary(network, path) }),
    fc.constant<Command>({
      type: 'paste',
      text: writeClip(clipOf(chain(), chain(), { nodes: ['a', 'b'], edges: [] })),
    }),
  );

  it('is taken back and made again step by step', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        const editor = openChain();
        const text = () => JSON.stringify(replacePaths(documentOf(editor), 'found', undefined));
        for (const c of commands) editor.dispatch(c);
        const back: string[] = [];
        for (; editor.getState().canUndo; editor.undo()) back.push(text());
        for (const before of back.reverse()) {
          editor.redo();
          expect(text()).toBe(before);
        }
      }),
    );
  });

  it('is undone to the very text it started from, and redone to the text it had', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        const editor = openChain();
        const text = () => JSON.stringify(replacePaths(documentOf(editor), 'found', undefined));
        const first = text();
        for (const c of commands) editor.dispatch(c);
        const last = text();
        const { found } = documentOf(editor).plan ?? {};
        let steps = 0;
        for (; editor.getState().canUndo && steps < commands.length; steps++) editor.undo();
        expect(text()).toBe(first);
        expect(documentOf(editor).plan?.found).toEqual(found);
        for (; editor.getState().canRedo && steps > 0; steps--) editor.redo();
        expect(text()).toBe(last);
        expect(documentOf(editor).plan?.found).toEqual(found);
        expect([steps, editor.getState().canRedo]).toEqual([0, false]);
      }),
    );
  });

  it('leaves no wire without its ends and no input with two wires', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        const editor = openChain();
        for (const c of commands) editor.dispatch(c);
        const { nodes, edges } = documentOf(editor);
        const ends = Object.values(edges).map((e) => portKey(e.to.node, e.to.port));
        expect(new Set(ends).size).toBe(ends.length);
        for (const e of Object.values(edges))
          expect([e.from.node in nodes, e.to.node in nodes]).toEqual([true, true]);
      }),
    );
  });
});
