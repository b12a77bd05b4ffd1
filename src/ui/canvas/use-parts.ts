/**
 * The cards and wires that React Flow is given, as the view moves and the document changes: those in and
 * around the view. Where these are very many and too small to work on, it is given only what is selected
 * or under the pointer, and a picture shows the rest.
 */
import { useMemo, useRef } from 'react';
import { useStore } from 'reactflow';
import { shallow } from 'zustand/shallow';
import type { Preview } from '../../editor/index.ts';
import { type Parts, partsInView, type Region, regionOf } from './in-view.ts';
import { type CardNode, type Scene, same, type WireEdge } from './scene.ts';

/** More cards than this are not drawn one by one when they are far off. */
const crowd = 100;
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
  readonly parts: Parts;
  readonly region: Region;
  readonly crowded: boolean;
}

export function useParts(scene: Scene, far: boolean, pointed: Pointed, preview: Preview | undefined): Given {
  const { document, selection } = scene.state;
  const region = useStore(regionOf, shallow);
  const selecting = useStore((s) => s.userSelectionActive);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a scene of the same arrangement has the same parts in view.
  const parts = useMemo(() => partsInView(scene, region), [scene.arrangement, document.edges, region]);
  const crowded = far && !selecting && parts.cards.size > crowd;

  const wires = useMemo(() => {
    if (!crowded) return parts.wires;
    const marked = new Set([...selection.edges, pointed.wire, ...(preview?.edges.keys() ?? [])]);
    const held = new Set(selection.nodes.length <= handful ? selection.nodes : []);
    return parts.wires.filter((id) => {
      const edge = document.edges[id];
      return edge && (marked.has(id) || held.has(edge.from.node) || held.has(edge.to.node));
    });
  }, [crowded, parts, document.edges, selection, pointed, preview]);
  const cards = useMemo(() => {
    // What is selected is there wherever it is: it may be dragged along.
    const wanted = new Set([...selection.nodes, pointed.card, ...(preview?.nodes.keys() ?? [])]);
    if (crowded)
      for (const id of wires)
        for (const end of ['from', 'to'] as const) wanted.add(document.edges[id]?.[end].node);
    else for (const id of parts.cards) wanted.add(id);
    return scene.cards.filter((id) => wanted.has(id));
  }, [crowded, parts, wires, document.edges, selection.nodes, pointed, preview, scene.cards]);

  // React Flow walks a whole list when it is another array.
  const given = useRef<Pick<Given, 'nodes' | 'edges'>>({ nodes: [], edges: [] });
  given.current = {
    nodes: same(
      given.current.nodes,
      cards.flatMap((id) => scene.card(id) ?? []),
    ),
    edges: same(
      given.current.edges,
      wires.flatMap((id) => scene.wire(id) ?? []),
    ),
  };
  return { ...given.current, parts, region, crowded };
}
