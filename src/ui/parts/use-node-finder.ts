/** The finder of nodes, as soon as it is there; until then nodes are found by their titles. */
import { useSyncExternalStore } from 'react';

type NodeFinder = typeof import('./node-finder.ts');

let finder: NodeFinder | undefined;
const listeners = new Set<() => void>();
let asked = false;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (!asked) {
    asked = true;
    import('./node-finder.ts').then(
      (loaded) => {
        finder = loaded;
        for (const told of listeners) told();
      },
      () => {
        asked = false;
      },
    );
  }
  return () => listeners.delete(listener);
}

export const useNodeFinder = (): NodeFinder | undefined => useSyncExternalStore(subscribe, () => finder);
