import { describe, expect, it } from 'vitest';
import { graph } from '../../test/support/graphs.ts';
import { createEditor, previewOf } from './index.ts';

const tensor = (axes: { name: string; size: number }[]) => ({ type: 'tensor', params: { axes } });
const document = graph({ a: tensor([{ name: 'i', size: 2 }]), p: { type: 'probe' } }, ['a.out > p.x']);

describe('the preview of a change', () => {
  const editor = createEditor({ ...document, layout: { nodes: { a: { x: 0, y: 0 }, p: { x: 250, y: 0 } } } });
  const before = editor.getState();
  const preview = previewOf(before, [
    { edit: 'addNode', node: 's', type: 'scale', params: {}, near: 'e1' },
    { edit: 'addEdge', edge: 'e2', from: { node: 'a', port: 'out' }, to: { node: 's', port: 'x' } },
    { edit: 'addEdge', edge: 'e3', from: { node: 's', port: 'out' }, to: { node: 'p', port: 'x' } },
    { edit: 'setParam', node: 'a', key: 'axes', value: [{ name: 'i', size: 5 }] },
  ]);

  it('tells what would come, go and read otherwise', () => {
    expect([...preview.nodes]).toEqual([
      ['a', 'changed'],
      ['s', 'new'],
    ]);
    expect([...preview.edges]).toEqual([
      ['e1', 'gone'],
      ['e2', 'new'],
      ['e3', 'new'],
    ]);
  });
  it('is drawn with the types it would have, and with what it would remove', () => {
    const { view } = preview.state;
    expect(Object.keys(view.graph.edges)).toEqual(['e1', 'e2', 'e3']);
    expect(view.edge('e3')?.axes).toEqual([{ name: 'i', written: '5', size: 5 }]);
    expect(view.edge('e1')?.axes[0]?.size).toBe(2);
    // What follows makes room for the new card.
    expect(view.graph.layout.nodes.p?.x).toBeGreaterThan(250);
  });
  it('leaves the editor as it is', () => {
    expect(editor.getState()).toBe(before);
    expect(before.document.layout.nodes.p?.x).toBe(250);
    expect(before.document.nodes.a).toBe(document.nodes.a);
  });
});
