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

describe('a factored linear layer', () => {
  it.each([
    [{ into: [2, 4], out: [3, 2], order: '((x, A2), A1)' }, 't 5, b 3, h 6'],
    [{ into: [8], out: [6], bias: false, form: 'cp', name: 'i' }, 't 5, b 3, i 6'],
    [{ into: [2, 2, 2], out: [1, 2, 3], form: 'tree' }, 't 5, b 3, h 6'],
  ])('opens into its drawing, its input and what reads it kept', (params, axes) => {
    const given = [
      { name: 't', size: 5 },
      { name: 'b', size: 3 },
      { name: 'i', size: 8 },
    ];
    const document = graph(
      {
        given: { type: 'tensor', params: { axes: given, fill: 'normal' } },
        layer: { type: 'factored-linear', params: { bond: 3, ...params } },
        seen: { type: 'probe' },
      },
      ['given.out > layer.x', 'layer.y > seen.x'],
    );
    const editor = createEditor(document);
    const { view } = editor.getState();
    const drawing = drawingOf(view.graph, 'layer', registryOf(document));
    if (!drawing) throw new Error('it does not open');
    expect(
      editor.dispatch({ type: 'edits', edits: openedInto(view.graph, 'layer', drawing, view.pathOf) }),
    ).toEqual([]);
    const opened = editor.getState().document;
    const { diagnostics, nodes } = check(opened);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(named(nodes.seen?.inputTypes.x?.axes)).toBe(axes);
    // The order that was chosen speaks of the operands of the contraction now.
    expect(opened.nodes.network?.params.order).toBe('order' in params ? '((a, c), b)' : undefined);
    editor.undo();
    expect(editor.getState().document).toEqual(document);
  });
});
