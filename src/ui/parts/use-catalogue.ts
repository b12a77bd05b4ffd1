/** The node types that are there: components that list them are drawn again when more have come. */
import { useEffect, useSyncExternalStore } from 'react';
import { type AnyNodeDefinition, catalogue, onInstalled } from '../../catalogue/index.ts';
import { fetchAllTypes } from '../../catalogue/packs.ts';

export function useCatalogue(): readonly AnyNodeDefinition[] {
  useEffect(() => {
    // Who lists node types lists all. Without a network the common ones are listed.
    void fetchAllTypes().catch(() => undefined);
  }, []);
  return useSyncExternalStore(onInstalled, () => catalogue);
}
