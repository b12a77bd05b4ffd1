/**
 * Words that are read on demand: what a node type is, and what to do about a diagnostic. The page's build leaves
 * them out of the first screen; they are fetched beside it, and told as soon as they are there.
 */
import { useSyncExternalStore } from 'react';
import { type Diagnostic, remedyIn } from '../../base/diagnostic.ts';
import type { Text } from '../../base/text.ts';
import type { AnyNodeDefinition } from '../../catalogue/index.ts';

type Words = Readonly<Record<string, Text>>;

/** A hook that gives the words by name, as far as they are there. */
function coming(load: () => Promise<Words>): () => Words {
  let words: Words = {};
  const listeners = new Set<() => void>();
  load().then(
    (loaded) => {
      words = loaded;
      for (const listener of listeners) listener();
    },
    () => undefined,
  );
  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }
  return () => useSyncExternalStore(subscribe, () => words);
}

const useDocWords = coming(async () => (await import('../../catalogue/docs.ts')).docs);
const useRemedyWords = coming(async () => (await import('../../base/remedies.ts')).remedies);

/** The sentence of a node type; undefined until it is there. A block says its own. */
export function useDocs(): (definition: AnyNodeDefinition) => Text | undefined {
  const docs = useDocWords();
  return ({ type, doc }) => docs[type] ?? (doc as Text | undefined);
}

export function useRemedies(): (diagnostic: Diagnostic) => Text {
  const remedies = useRemedyWords();
  return (diagnostic) => remedyIn(remedies, diagnostic) ?? diagnostic.remedy;
}
