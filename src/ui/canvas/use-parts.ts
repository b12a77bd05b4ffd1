/** The cards and wires that React Flow is given, as the view moves and the document changes. */
import { useMemo, useRef } from 'react';
import { useStore } from 'reactflow';
import { shallow } from 'zustand/shallow';
import type { EditorState } from '../../editor/index.ts';
import { type Parts, partsInView, regionOf } from './in-view.ts';
import { type Scene, same } from './scene.ts';

/** `scene` is that of `state`. */
export function useParts(scene: Scene, { document, selection }: EditorState): Parts {
  const region = useStore(regionOf, shallow);
  const found = useMemo(
    () => partsInView(scene, document.edges, selection, region),
    [scene, document.edges, selection, region],
  );
  // React Flow walks a whole list when it is another array.
  const given = useRef(found);
  const nodes = same(given.current.nodes, found.nodes);
  const edges = same(given.current.edges, found.edges);
  given.current = { nodes, edges };
  return given.current;
}
