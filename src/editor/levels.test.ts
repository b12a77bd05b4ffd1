import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/parse.ts';
import { graph } from '../../test/support/graphs.ts';
import { axes, chain, documentOf, grouped, nodes, sizes } from '../../test/support/grouped-chain.ts';
import { check } from '../compiler/index.ts';
import type { Checked } from '../compiler/types.ts';
import { type Command, clipOf, createEditor, type Editor, previewOf, writeClip } from './index.ts';

describe('grouping', () => {
  it('makes inputs and outputs of the wires that cross, and keeps the rest inside', () => {
    const editor = grouped('first', 'relu');
    const { document, selection, checked } = editor.getState();
    expect(selection.nodes).toEqual(['block1']);
    expect(document.nodes.block1).toEqual({ type: 'block', params: { block: 'block1' } });
    expect(document.blocks.block1).toMatchObject({
      name: 'Hidden',
      nodes: { first: { type: 'linear' }, x: { type: 'block-input' }, y: { type: 'block-output' } },
      edges: {
        e1: { from: { node: 'x', port: 'out' }, to: { node: 'first', port: 'x' } },
        e2: { from: { node: 'first', port: 'y' }, to: { node: 'relu', port: 'x' } },
        e3: { from: { node: 'relu', port: 'y' }, to: { node: 'y', port: 'x' } },
      },
    });
    expect(document.edges).toEqual({
      e1: { from: { node: 'x', port: 'out' }, to: { node: 'block1', port: 'x' } },
      e3: { from: { node: 'block1', port: 'y' }, to: { node: 'second', port: 'x' } },
      e4: { from: { node: 'second', port: 'y' }, to: { node: 'out', port: 'x' } },
      e5: { from: { node: 'block1', port: 'y' }, to: { node: 'seen', port: 'x' } },
    });
    expect(checked.diagnostics).toEqual([]);
    expect(sizes(editor, 'e3')).toEqual([4, 5]);
  });

  it('gives several inputs of one source one port, and several sources ports of their own', () => {
    const editor = createEditor(
      graph(
        {
          a: { type: 'tensor', params: { axes: axes(['i', 2]), fill: 'ones' } },
          b: { type: 'tensor', params: { axes: axes(['i', 2]), fill: 'ones' } },
          s: { type: 'add' },
          t: { type: 'add' },
          p: { type: 'probe' },
        },
        ['a.out > s.a', 'b.out > s.b', 'a.out > t.a', 's.out > t.b', 't.out > p.x'],
      ),
    );
    expect(editor.getState().checked.diagnostics).toEqual([]);
    editor.dispatch({ type: 'group', selection: nodes('s', 't') });
    const { document, checked } = editor.getState();
    expect(Object.keys(document.blocks.block1!.nodes)).toEqual(['s', 't', 'a', 'b', 'out']);
    expect(Object.keys(document.edges)).toEqual(['e1', 'e2', 'e5']);
    expect(checked.diagnostics).toEqual([]);
  });

  it('hands on what belongs to the block around', () => {
    const editor = grouped('first', 'relu');
    editor.dispatch({ type: 'enter', way: ['block1'] });
    editor.dispatch({ type: 'setDim', name: 'w', size: 7 });
    editor.dispatch({ type: 'setParam', node: 'first', key: 'units', value: 'w' });
    editor.dispatch({ type: 'group', selection: nodes('first') });
    const { blocks } = documentOf(editor);
    expect(blocks.block2!.dims).toEqual({ w: 7 });
    expect(blocks.block1!.nodes.block1!.params).toEqual({ block: 'block2', dims: { w: 'w' } });
    editor.dispatch({ type: 'enter', way: [] });
    expect(sizes(editor, 'e3')).toEqual([4, 7]);
    expect(editor.getState().checked.diagnostics).toEqual([]);
  });
});

describe('levels', () => {
  it('are entered and left; commands and the selection are of the level', () => {
    const editor = grouped('first', 'relu');
    editor.dispatch({ type: 'enter', way: ['block1'] });
    expect(Object.keys(editor.getState().view.graph.nodes)).toEqual(['first', 'relu', 'x', 'y']);
    expect(sizes(editor, 'e2')).toEqual([4, 5]);
    editor.dispatch({ type: 'setParam', node: 'relu', key: 'function', value: 'tanh' });
    editor.dispatch({ type: 'select', selection: nodes('relu', 'second') });
    expect(editor.getState().selection.nodes).toEqual(['relu']);
    editor.dispatch({ type: 'enter', way: [], select: nodes('block1') });
    expect(editor.getState().selection.nodes).toEqual(['block1']);
    expect(documentOf(editor).blocks.block1!.nodes.relu!.params.function).toBe('tanh');
  });

  it('go as far as a way leads', () => {
    const editor = grouped('first');
    editor.dispatch({ type: 'enter', way: ['block1', 'first', 'nobody'] });
    expect(editor.getState().view.way).toEqual(['block1']);
    editor.dispatch({ type: 'enter', way: ['second'] });
    expect(editor.getState().view.way).toEqual([]);
  });

  it('are where undo and redo bring one', () => {
    const editor = grouped('first', 'relu');
    editor.dispatch({ type: 'enter', way: ['block1'] });
    editor.dispatch({ type: 'setParam', node: 'first', key: 'units', value: 9 });
    editor.dispatch({ type: 'enter', way: [] });
    editor.undo();
    expect(editor.getState().view.way).toEqual(['block1']);
    expect(documentOf(editor).blocks.block1!.nodes.first!.params.units).toBe('h');
    editor.undo();
    expect(editor.getState().view.way).toEqual([]);
    expect(serialize(documentOf(editor))).toBe(serialize(chain()));
    editor.redo();
    editor.redo();
    expect(editor.getState().view.way).toEqual(['block1']);
    expect(documentOf(editor).blocks.block1!.nodes.first!.params.units).toBe(9);
  });

  it('follow one definition: an edit in one use is seen in every other', () => {
    const editor = grouped('first', 'relu');
    editor.dispatch({ type: 'duplicate', selection: nodes('block1') });
    expect(Object.keys(documentOf(editor).blocks)).toEqual(['block1']);
    editor.dispatch({ type: 'connect', from: { node: 'x', port: 'out' }, to: { node: 'block2', port: 'x' } });
    editor.dispatch({
      type: 'connect',
      from: { node: 'block2', port: 'y' },
      to: { node: 'seen', port: 'x' },
    });
    editor.dispatch({ type: 'enter', way: ['block2'] });
    editor.dispatch({ type: 'setParam', node: 'first', key: 'units', value: 9 });
    editor.dispatch({ type: 'enter', way: [] });
    expect([sizes(editor, 'e3'), sizes(editor, 'e5') ?? sizes(editor, 'e6')]).toEqual([
      [4, 9],
      [4, 9],
    ]);
  });

  it('show what lies inside an instance on it, and give what it carries the key of its giver', () => {
    const editor = grouped('first', 'relu');
    editor.dispatch({ type: 'enter', way: ['block1'] });
    editor.dispatch({ type: 'delete', selection: { nodes: [], edges: ['e1'] } });
    const [problem] = editor.getState().checked.diagnostics;
    expect(problem).toMatchObject({ code: 'missing-input', node: 'block1/first' });
    expect(editor.getState().view.nodeOf(problem!.node!)).toBe('first');
    expect(editor.getState().view.valueKey({ node: 'x', port: 'out' })).toBe('x.out');
    editor.dispatch({ type: 'enter', way: [] });
    expect(editor.getState().view.nodeOf(problem!.node!)).toBe('block1');
    expect(editor.getState().view.valueKey({ node: 'block1', port: 'y' })).toBe('block1/relu.y');
    // Of a repeat the wire carries what the last turn gave, which is no value of index 0.
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'repeat', value: 3 });
    expect(editor.getState().view.valueKey({ node: 'block1', port: 'y' })).toBe('block1.y');
  });

  it('take the edits of fixes by path, and preview them', () => {
    const editor = grouped('first', 'relu');
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'repeat', value: 1 });
    const edits = [{ edit: 'setParam', node: 'block1/0/first', key: 'units', value: 6 } as const];
    editor.dispatch({ type: 'enter', way: ['block1'] });
    expect([...previewOf(editor.getState(), edits).nodes]).toEqual([['first', 'changed']]);
    editor.dispatch({ type: 'edits', edits });
    expect(documentOf(editor).blocks.block1!.nodes.first!.params.units).toBe(6);
  });
});

describe('a clip', () => {
  it('brings the blocks that it needs; the same is used again, another gets a new name', () => {
    const source = grouped('first', 'relu');
    source.dispatch({ type: 'group', selection: nodes('block1', 'second') });
    expect(Object.keys(documentOf(source).blocks)).toEqual(['block1', 'block2']);
    const { document, view } = source.getState();
    const text = writeClip(clipOf(document, view.graph, nodes('block2')));
    const target = createEditor(graph({}));
    target.dispatch({ type: 'paste', text });
    expect(documentOf(target).blocks).toEqual(document.blocks);
    target.dispatch({ type: 'paste', text });
    expect(Object.keys(documentOf(target).blocks)).toEqual(['block1', 'block2']);

    const other = grouped('second');
    other.dispatch({ type: 'paste', text });
    const { blocks, nodes: all } = documentOf(other);
    // `block1` is another there, and so `block2`, which uses it, is another as well.
    expect(Object.keys(blocks)).toEqual(['block1', 'block3', 'block2']);
    expect(blocks.block2!.nodes.block1!.params.block).toBe('block3');
    expect(Object.values(all).map(({ params }) => params.block ?? '')).toContain('block2');
  });

  it('leaves ports of a block out of the document itself', () => {
    const editor = grouped('first');
    editor.dispatch({ type: 'enter', way: ['block1'] });
    const { document, view } = editor.getState();
    const text = writeClip(clipOf(document, view.graph, nodes('x', 'first')));
    editor.dispatch({ type: 'enter', way: [] });
    editor.dispatch({ type: 'paste', text });
    expect(editor.getState().selection.nodes).toEqual(['first']);
  });
});

const plain = ({ nodes, edges, diagnostics }: Checked) =>
  JSON.parse(JSON.stringify({ nodes: { ...nodes }, edges: { ...edges }, diagnostics }));

describe('any sequence of commands across levels', () => {
  const id = fc.constantFrom('x', 'first', 'relu', 'second', 'out', 'block1', 'block2', 'y', 'linear1');
  const edge = fc.constantFrom('e1', 'e2', 'e3', 'e4');
  const port = fc.record({ node: id, port: fc.constantFrom('x', 'y', 'out') });
  const selection = fc.record({
    nodes: fc.array(id, { maxLength: 3 }),
    edges: fc.array(edge, { maxLength: 1 }),
  });
  const at = fc.record({ x: fc.integer({ min: 0, max: 900 }), y: fc.integer({ min: 0, max: 900 }) });
  const command: fc.Arbitrary<Command | 'undo' | 'redo'> = fc.oneof(
    fc.record({ type: fc.constant('group' as const), selection }),
    fc.record({ type: fc.constant('group' as const), selection }),
    fc.record({ type: fc.constant('ungroup' as const), node: fc.constantFrom('block1', 'block2') }),
    fc.record({
      type: fc.constant('renamePort' as const),
      node: fc.constantFrom('x', 'y', 'a', 'relu'),
      name: fc.constantFrom('x', 'y', 'z', 'relu', 'toString'),
    }),
    fc.record({
      type: fc.constant('setParam' as const),
      node: fc.constantFrom('block1', 'block2'),
      key: fc.constant('repeat'),
      value: fc.constantFrom(undefined, 1, 3),
    }),
    fc.record({
      type: fc.constant('enter' as const),
      way: fc.array(fc.constantFrom('block1', 'block2'), { maxLength: 2 }),
    }),
    fc.record({
      type: fc.constant('addNode' as const),
      nodeType: fc.constantFrom('linear', 'block-output'),
      at,
    }),
    fc.record({ type: fc.constant('connect' as const), from: port, to: port }),
    fc.record({ type: fc.constant('delete' as const), selection }),
    fc.record({ type: fc.constant('duplicate' as const), selection }),
    fc.record({ type: fc.constant('move' as const), positions: fc.dictionary(id, at), done: fc.boolean() }),
    fc.record({
      type: fc.constant('setParam' as const),
      node: id,
      key: fc.constantFrom('units', 'repeat'),
      value: fc.constantFrom<unknown>(1, 2, 'h', undefined),
    }),
    fc.record({
      type: fc.constant('setDim' as const),
      name: fc.constantFrom('B', 'h'),
      size: fc.integer({ min: 1, max: 5 }),
    }),
    fc.record({
      type: fc.constant('renameBlock' as const),
      block: fc.constantFrom('block1', 'block2'),
      name: fc.string({ maxLength: 2 }),
    }),
    fc.record({ type: fc.constant('deleteBlock' as const), block: fc.constantFrom('block1', 'block2') }),
    fc.constant('undo' as const),
    fc.constant('redo' as const),
  );
  const perform = (editor: Editor, commands: readonly (Command | 'undo' | 'redo')[]) => {
    for (const step of commands) {
      if (step === 'undo') editor.undo();
      else if (step === 'redo') editor.redo();
      else editor.dispatch(step);
    }
  };

  it('is undone to the very text it started from, and redone to the text it had', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        const editor = createEditor(chain());
        perform(editor, commands);
        const after = serialize(documentOf(editor));
        let steps = 0;
        for (; editor.getState().canUndo; steps++) editor.undo();
        expect(serialize(documentOf(editor))).toBe(serialize(chain()));
        // What was taken back before waits to be redone too; only as many steps as were undone come back.
        for (let i = 0; i < steps; i++) editor.redo();
        expect(serialize(documentOf(editor))).toBe(after);
      }),
      { numRuns: 150 },
    );
  });

  it('is checked as a document that was never edited', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
        const editor = createEditor(chain());
        perform(editor, commands);
        const { document, checked } = editor.getState();
        expect(plain(checked)).toEqual(plain(check(document)));
      }),
      { numRuns: 150 },
    );
  });

  it('keeps every wire between ports of nodes that are there', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        const editor = createEditor(chain());
        perform(editor, commands);
        const { document } = editor.getState();
        for (const { nodes, edges } of [document, ...Object.values(document.blocks)]) {
          const ends = Object.values(edges).map(({ to }) => `${to.node}.${to.port}`);
          expect(new Set(ends).size).toBe(ends.length);
          for (const { from, to } of Object.values(edges))
            expect([from.node in nodes, to.node in nodes]).toEqual([true, true]);
        }
      }),
      { numRuns: 100 },
    );
  });
});
