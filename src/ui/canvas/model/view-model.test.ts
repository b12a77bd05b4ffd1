import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../../../graph-schema/document.ts';
import { createEditor } from '../../../editor/index.ts';
import { atOnce } from '../../worker/slices.ts';
import { wireGeometryOf } from '../geometry/labels.ts';
import { createViewModel } from './view-model.ts';

const matrix = (label: string, i: string, m: number, j: string, n: number) => ({
  type: 'tensor',
  params: {
    axes: [
      { name: i, size: m },
      { name: j, size: n },
    ],
    fill: 'ones',
  },
  label,
});

const wire = (from: string, to: string, port: string) => ({
  from: { node: from, port: 'out' },
  to: { node: to, port },
});

const product = (inner = 4): GraphDocument => ({
  ...emptyDocument('product'),
  nodes: {
    A: matrix('A', 'i', 3, 'j', 4),
    B: matrix('B', 'j', inner, 'k', 2),
    P: { type: 'contract', params: { expression: 'ij,jk->ik' } },
    C: { type: 'probe', params: {} },
  },
  edges: { a: wire('A', 'P', 'a'), b: wire('B', 'P', 'b'), c: wire('P', 'C', 'x') },
  layout: { nodes: { A: { x: 0, y: 0 }, B: { x: 0, y: 200 }, P: { x: 300, y: 100 }, C: { x: 600, y: 100 } } },
});

/** The editor, all that is to be drawn of it, and where labels go. */
function open(document: GraphDocument) {
  const editor = createEditor(document);
  const model = createViewModel();
  return {
    editor,
    model() {
      const { cards, wires, card, wire } = model(editor.getState(), 'en');
      return { nodes: cards.map((id) => card(id)!), edges: wires.map((id) => wire(id)!) };
    },
    labels: () => atOnce(wireGeometryOf(model(editor.getState(), 'en'))).labels,
  };
}

describe('the model', () => {
  it('keeps every object when nothing has changed', () => {
    const { model } = open(product());
    const before = model();
    model().nodes.forEach((node, i) => void expect(node).toBe(before.nodes[i]));
    model().edges.forEach((edge, i) => void expect(edge).toBe(before.edges[i]));
  });

  it('makes anew only what moved', () => {
    const { editor, model } = open(product());
    const before = model();
    editor.dispatch({ type: 'move', positions: { A: { x: 8, y: 8 } }, done: true });
    const after = model();
    expect(after.nodes.map((node, i) => node === before.nodes[i])).toEqual([false, true, true, true]);
    expect(after.nodes[0]?.data).toBe(before.nodes[0]?.data);
    expect(after.edges.every((edge, i) => edge === before.edges[i])).toBe(true);
  });

  it('gives a wire its label where there is room, and takes it away where there is none', () => {
    const { editor, labels } = open(product());
    expect([...labels().keys()].sort()).toEqual(['a', 'b', 'c']);
    const places = editor.getState().document.layout.nodes;
    editor.dispatch({ type: 'move', positions: { C: { x: (places.P?.x ?? 0) + 200, y: 100 } }, done: true });
    expect([...labels().keys()].sort()).toEqual(['a', 'b']);
  });

  it('knows where every card lies without drawing it', () => {
    const { editor } = open(product());
    const model = createViewModel()(editor.getState(), 'en');
    for (const id of model.cards) {
      const { position, width, height } = model.card(id)!;
      expect(model.place(id)).toEqual({ ...position, width, height });
    }
  });

  it('makes anew only what an edit reaches', () => {
    const { editor, model } = open(product());
    const before = model();
    editor.dispatch({ type: 'setLabel', node: 'C', label: 'result' });
    const after = model();
    expect(after.nodes.map((node, i) => node === before.nodes[i])).toEqual([true, true, true, false]);
    expect(after.edges.map((edge, i) => edge === before.edges[i])).toEqual([true, true, false]);
  });

  it('speaks of nodes and wires', () => {
    const { nodes, edges } = open(product()).model();
    expect(nodes[2]?.ariaLabel).toBe(
      'Contract, input a: i 3, j 4; input b: j 4, k 2; output out: i 3, k 2; no problems',
    );
    expect(edges[2]?.ariaLabel).toBe('Wire from Contract out to Probe x: i 3, k 2');
  });

  it('lights the mismatched thread on the wires of a conflict, and only it', () => {
    const { nodes, edges } = open(product(5)).model();
    expect(nodes[2]?.data.severity).toBe('error');
    expect(edges.filter((edge) => edge.data?.severity === 'error').length).toBeGreaterThan(0);
    expect(new Set(edges.flatMap((edge) => edge.data?.mismatched ?? []))).toEqual(new Set(['j']));
  });

  it('draws what the checker knows nothing of: unknown types, unknown ports, nodes without a place', () => {
    const document = product();
    const { nodes, edges } = open({
      ...document,
      nodes: { ...document.nodes, X: { type: 'no-such-type', params: {} } },
      edges: { ...document.edges, d: wire('P', 'X', 'nowhere') },
    }).model();
    const stranger = nodes.find((node) => node.id === 'X');
    expect(stranger?.handles?.map((h) => h.id)).toEqual(['nowhere']);
    expect(stranger?.data.title).toContain('no-such-type');
    expect(edges).toHaveLength(4);
  });
});
