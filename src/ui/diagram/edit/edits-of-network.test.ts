import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../../../graph-schema/parse.ts';
import { createEditor, type Editor } from '../../../editor/index.ts';
import { type WrittenNetwork, writtenNetwork } from '../model/node-diagram.ts';
import { editsOfNetwork } from './edits-of-network.ts';
import { joinIndices, type NetworkEdit, removeOperand } from './network-edits.ts';

/** A_ij, B_jk, C_kl in a contraction, a chain unless an expression says otherwise. */
function opened(params: Readonly<Record<string, string>> = {}): Editor {
  const tensor = (names: string) => ({
    type: 'tensor',
    params: { axes: [...names].map((name) => ({ name, size: 2 })), fill: 'range' },
  });
  const wire = (node: string, port: string) => ({
    from: { node, port: 'out' },
    to: { node: 'net', port },
  });
  const { value } = parseGraph({
    ...{ format: 'tensorloom', version: 3, name: 'chain', dims: {}, blocks: {} },
    nodes: { A: tensor('ij'), B: tensor('jk'), C: tensor('kl'), net: { type: 'contract', params } },
    edges: { a: wire('A', 'a'), b: wire('B', 'b'), c: wire('C', 'c') },
    layout: { nodes: {} },
  });
  if (!value) throw new Error('the document cannot be read');
  return createEditor(value);
}

function apply(editor: Editor, edit: (written: WrittenNetwork) => NetworkEdit, removed?: number): void {
  const written = writtenNetwork(editor.getState(), 'net');
  if (!written) throw new Error('no contraction');
  const made = edit(written);
  if ('obstacle' in made) throw new Error(made.obstacle.en);
  editor.dispatch({ type: 'edits', edits: editsOfNetwork(written, made.network, removed) });
}

const params = (editor: Editor) => editor.getState().document.nodes.net?.params;

describe('editsOfNetwork', () => {
  it('writes the expression; each change is one step back', () => {
    const editor = opened();
    const unknown = () => undefined;
    apply(editor, ({ network }) => joinIndices(network, 'i', 'l', unknown));
    expect(params(editor)).toEqual({ expression: 'lj,jk,kl->' });
    expect(editor.getState().checked.diagnostics).toEqual([]);
    editor.undo();
    expect(params(editor)).toEqual({});
    expect(editor.getState().canUndo).toBe(false);
  });

  it('takes a tensor out with its wire: later ones move up, an order that names it goes, in one step', () => {
    const editor = opened({ expression: 'ij,jk,kl->il', order: '((a, b), c)' });
    const before = editor.getState().document;
    apply(editor, ({ network }) => removeOperand(network, 1), 1);
    const { document, checked } = editor.getState();
    expect(params(editor)).toEqual({ expression: 'ij,kl->iljk', order: '' });
    expect(Object.values(document.edges)).toEqual([
      { from: { node: 'A', port: 'out' }, to: { node: 'net', port: 'a' } },
      { from: { node: 'C', port: 'out' }, to: { node: 'net', port: 'b' } },
    ]);
    expect(checked.nodes.net?.outputTypes.out?.axes.map(({ name }) => name)).toEqual(['i', 'l', 'j', 'k']);
    editor.undo();
    expect(editor.getState().document).toEqual(before);
    expect(editor.getState().canUndo).toBe(false);
  });
});
