/**
 * The cards and wires that React Flow is given, as the view moves and the document changes: those in and
 * around the view. Where these are very many and too small to work on, it is given only what is selected
 * or under the pointer, and the overview drawing shows the rest.
 */
import { useMemo, useRef } from 'react';
import { useStore } from 'reactflow';
import { shallow } from 'zustand/shallow';
import type { Preview } from '../../../editor/index.ts';
import type { ViewRegion } from '../geometry/rect.ts';
import { type CardNode, same, type ViewModel, type WireEdge } from '../model/view-model.ts';
import { regionOf, type Visible, visibleIn } from './in-view.ts';

/** More cards than this are not drawn one by one when they are far off. */
const many = 100;
/** Of a selection up to this large the wires are drawn for themselves: they move with it. */
const handful = 20;

/** What the pointer is on. */
export interface Pointed {
  readonly card?: string | undefined;
  readonly wire?: string | undefined;
}

interface Given {
  readonly nodes: readonly CardNode[];
  readonly edges: readonly WireEdge[];
  /** What there is in view. */
  readonly visible: Visible;
  readonly region: ViewRegion;
  readonly overview: boolean;
}

export function useVisible(
  model: ViewModel,
  far: boolean,
  pointed: Pointed,
  preview: Preview | undefined,
): Given {
  const { view, selection } = model.state;
  const { edges } = view.graph;
  const region = useStore(regionOf, shallow);
  const selecting = useStore((s) => s.userSelectionActive);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a model of the same arrangement has the same elements in view.
  const visible = useMemo(() => visibleIn(model, region), [model.arrangement, edges, region]);
  const overview = far && !selecting && visible.cards.size > many;

  const wires = useMemo(() => {
    if (!overview) return visible.wires;
    const marked = new Set([...selection.edges, pointed.wire, ...(preview?.edges.keys() ?? [])]);
    const held = new Set(selection.nodes.length <= handful ? selection.nodes : []);
    return visible.wires.filter((id) => {
      const edge = edges[id];
      return edge && (marked.has(id) || held.has(edge.from.node) || held.has(edge.to.node));
    });
  }, [overview, visible, edges, selection, pointed, preview]);
  const cards = useMemo(() => {
    // What is selected is there wherever it is: it may be dragged along.
    const wanted = new Set([...selection.nodes, pointed.card, ...(preview?.nodes.keys() ?? [])]);
    if (overview)
      for (const id of wires) for (const end of ['from', 'to'] as const) wanted.add(edges[id]?.[end].node);
    else for (const id of visible.cards) wanted.add(id);
    return model.cards.filter((id) => wanted.has(id));
  }, [overview, visible, wires, edges, selection.nodes, pointed, preview, model.cards]);

  // React Flow walks a whole list when it is another array.
  const given = useRef<Pick<Given, 'nodes' | 'edges'>>({ nodes: [], edges: [] });
  given.current = {
    nodes: same(
      given.current.nodes,
      cards.flatMap((id) => model.card(id) ?? []),
    ),
    edges: same(
      given.current.edges,
      wires.flatMap((id) => model.wire(id) ?? []),
    ),
  };
  return { ...given.current, visible, region, overview };
}
