import { describe, expect, it } from 'vitest';
import { graph } from '../../test/support/graphs.ts';
import { registryOf } from '../catalogue/index.ts';
import { check } from '../compiler/index.ts';
import { createEditor } from '../editor/index.ts';
import { drawingOf, openedInto } from './open-node.ts';

const named = (axes: readonly { name: string; size?: number | undefined }[] = []) =>
  axes.map(({ name, size }) => `${name} ${size}`).join(', ');

describe('a tensor network', () => {
  it.each([
    ['mps', 4, 4],
    ['mpo', 3, 3],
    ['tree', 5, 4],
    ['mera', 4, 4],
    ['peps', 2, 4],
    ['tucker', 3, 4],
    ['cp', 4, 4],
  ])('as %s opens into its drawing, in one step that can be undone', (form, sites, cores) => {
    const document = graph(
      { T: { type: 'tensor-network', params: { form, sites } }, seen: { type: 'probe' } },
      ['T.out > seen.x'],
    );
    const before = check(document).nodes.T?.outputTypes.out?.axes;
    const editor = createEditor(document);
    const { view } = editor.getState();
    const drawing = drawingOf(view.graph, 'T', registryOf(document));
    if (!drawing) throw new Error('it does not open');
    const edits = openedInto(view.graph, 'T', drawing, view.pathOf);
    expect(editor.dispatch({ type: 'edits', edits })).toEqual([]);
    const opened = editor.getState().document;
    const types = Object.values(opened.nodes).map(({ type }) => type);
    expect(types.filter((type) => type === 'parameter')).toHaveLength(cores);
    expect(types).not.toContain('tensor-network');
    const { diagnostics, nodes } = check(opened);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    const [{ from } = { from: undefined }] = Object.values(opened.edges).filter(
      ({ to }) => to.node === 'seen',
    );
    expect(named(nodes[from?.node ?? '']?.outputTypes.out?.axes)).toBe(named(before));
    editor.undo();
    expect(editor.getState().document).toEqual(document);
  });
});
