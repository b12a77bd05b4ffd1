/** Taking blocks apart again, and naming their ports. */
import { describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/parse.ts';
import { chain, documentOf, grouped, nodes, shape, sizes } from '../../test/support/grouped-chain.ts';
import { type Editor, portNameObstacle, ungroupObstacle } from './index.ts';

/** How far a node lies from where it is in the chain. */
function moved(editor: Editor, id: string) {
  const [now, before] = [documentOf(editor).layout.nodes[id]!, chain().layout.nodes[id]!];
  return { x: now.x - before.x, y: now.y - before.y };
}

describe('ungrouping', () => {
  it.each([
    [['first', 'relu']],
    [['relu']],
    [['first', 'second']],
    [['x', 'first', 'relu', 'second', 'out', 'seen']],
  ])('restores what was grouped: %j', (ids) => {
    const editor = grouped(...ids);
    editor.dispatch({ type: 'ungroup', node: 'block1' });
    expect(shape(documentOf(editor))).toEqual(shape(chain()));
    // The block of the first and the third made way for the second between them: what it held lies as it lay.
    if (ids.join() === 'first,second') expect(moved(editor, 'second')).toEqual(moved(editor, 'first'));
    else expect(documentOf(editor).layout).toEqual(chain().layout);
    expect(documentOf(editor).blocks).toEqual({});
    expect(new Set(editor.getState().selection.nodes)).toEqual(new Set(ids));
  });

  it('writes what the instance gives where it is used', () => {
    const editor = grouped('first');
    editor.dispatch({ type: 'enter', way: ['block1'] });
    editor.dispatch({ type: 'setDim', name: 'w', size: 7 });
    editor.dispatch({ type: 'setParam', node: 'first', key: 'units', value: '2*w' });
    editor.dispatch({ type: 'enter', way: [] });
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'dims', value: { w: 'h + 1' } });
    expect(sizes(editor, 'e2')).toEqual([4, 12]);
    editor.dispatch({ type: 'ungroup', node: 'block1' });
    expect(documentOf(editor).nodes.first!.params.units).toBe('2*(h + 1)');
    expect(sizes(editor, 'e2')).toEqual([4, 12]);
  });

  it('hands on what the instance is marked with to what learns in it', () => {
    const editor = grouped('first', 'relu');
    editor.dispatch({ type: 'mark', node: 'block1', frozen: true, tags: ['body'] });
    editor.dispatch({ type: 'enter', way: ['block1'] });
    editor.dispatch({ type: 'mark', node: 'first', tags: ['head', 'body'] });
    editor.dispatch({ type: 'enter', way: [] });
    editor.dispatch({ type: 'ungroup', node: 'block1' });
    const { first, relu, second } = documentOf(editor).nodes;
    expect(first).toMatchObject({ frozen: true, tags: ['body', 'head'] });
    for (const node of [relu, second]) expect([node!.frozen, node!.tags]).toEqual([undefined, undefined]);
  });

  it('brings the block’s own sizes along, under another name where theirs is taken', () => {
    const editor = grouped('first');
    editor.dispatch({ type: 'enter', way: ['block1'] });
    editor.dispatch({ type: 'setDim', name: 'h', size: 7 });
    editor.dispatch({ type: 'enter', way: [] });
    expect(sizes(editor, 'e2')).toEqual([4, 7]);
    editor.dispatch({ type: 'ungroup', node: 'block1' });
    expect(documentOf(editor).dims).toEqual({ B: 4, h: 5, h2: 7 });
    expect(sizes(editor, 'e2')).toEqual([4, 7]);
  });

  it('writes a repeated block out, each copy wired to the next', () => {
    const editor = grouped('relu', 'second');
    editor.dispatch({ type: 'setParam', node: 'second', key: 'units', value: 5 });
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'repeat', value: 3 });
    editor.dispatch({ type: 'ungroup', node: 'block1' });
    const { nodes: drawn, edges, blocks, layout } = documentOf(editor);
    expect(Object.keys(drawn).filter((id) => id.startsWith('block1'))).toEqual(
      [0, 1, 2].flatMap((i) => [`block1-${i}-relu`, `block1-${i}-second`]),
    );
    const wires = Object.values(edges).map(
      ({ from, to }) => `${from.node}.${from.port} ${to.node}.${to.port}`,
    );
    expect(wires.filter((wire) => wire.includes('block1')).sort()).toEqual([
      'block1-0-relu.y block1-0-second.x',
      'block1-0-second.y block1-1-relu.x',
      'block1-1-relu.y block1-1-second.x',
      'block1-1-second.y block1-2-relu.x',
      'block1-2-relu.y block1-2-second.x',
      'block1-2-relu.y seen.x',
      'block1-2-second.y out.x',
      'first.y block1-0-relu.x',
    ]);
    expect(blocks).toEqual({});
    const [a, b] = ['block1-0-relu', 'block1-1-relu'].map((id) => layout.nodes[id]!);
    expect(b!.x - a!.x).toBeGreaterThan(300);
    editor.undo();
    expect(documentOf(editor).nodes.block1!.params.repeat).toBe(3);
  });

  it('is refused where repeats share parameters, or where copies would be too many', () => {
    const editor = grouped('relu');
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'repeat', value: 3 });
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'shared', value: true });
    const before = documentOf(editor);
    expect(ungroupObstacle(editor.getState(), 'block1')?.en).toMatch(/share/);
    editor.dispatch({ type: 'ungroup', node: 'block1' });
    expect(documentOf(editor)).toBe(before);
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'shared', value: false });
    expect(ungroupObstacle(editor.getState(), 'block1')).toBeUndefined();
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'repeat', value: 1000 });
    expect(ungroupObstacle(editor.getState(), 'block1')?.en).toBe(
      'Written out, its 1000 repeats of 3 nodes would be more than 2000 nodes.',
    );
  });
});

describe('a port', () => {
  it('has another name, and the wires of every use follow', () => {
    const editor = grouped('first', 'relu');
    editor.dispatch({ type: 'duplicate', selection: nodes('block1') });
    const copy = editor.getState().selection.nodes[0]!;
    editor.dispatch({ type: 'connect', from: { node: 'x', port: 'out' }, to: { node: copy, port: 'x' } });
    const before = documentOf(editor);
    editor.dispatch({ type: 'enter', way: ['block1'] });
    editor.dispatch({ type: 'renamePort', node: 'x', name: 'tokens' });
    editor.dispatch({ type: 'renamePort', node: 'y', name: 'features' });
    const { document, checked, selection } = editor.getState();
    expect(checked.diagnostics).toEqual([]);
    expect(selection.nodes).toEqual(['features']);
    const { nodes: inside, edges: wires, layout } = document.blocks.block1!;
    expect(Object.keys(inside)).toEqual(['first', 'relu', 'tokens', 'features']);
    expect(wires.e1).toEqual({ from: { node: 'tokens', port: 'out' }, to: { node: 'first', port: 'x' } });
    expect(Object.keys(layout.nodes)).toEqual(['first', 'relu', 'tokens', 'features']);
    const outer = Object.values(document.edges).map(
      ({ from, to }) => `${from.node}.${from.port} ${to.node}.${to.port}`,
    );
    expect(outer).toEqual([
      'x.out block1.tokens',
      'block1.features second.x',
      'second.y out.x',
      'block1.features seen.x',
      `x.out ${copy}.tokens`,
    ]);
    editor.undo();
    editor.undo();
    expect(serialize(documentOf(editor))).toBe(serialize(before));
  });

  it('keeps its name where another is taken or none, and no other node is renamed', () => {
    const editor = grouped('first', 'relu');
    editor.dispatch({ type: 'enter', way: ['block1'] });
    const before = documentOf(editor);
    for (const name of ['relu', 'y', ' ', '__proto__', 'prototype', 'a'.repeat(101)]) {
      expect(portNameObstacle(editor.getState(), 'x', name)?.en).toBeDefined();
      editor.dispatch({ type: 'renamePort', node: 'x', name });
    }
    editor.dispatch({ type: 'renamePort', node: 'first', name: 'other' });
    expect(documentOf(editor)).toBe(before);
  });
});
