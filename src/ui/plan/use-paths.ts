/** Contraction paths for a network: greedy at once, the best from the worker as it is found. */
import { useEffect, useMemo, useState } from 'react';
import { greedyPath, type Network, type PathResult } from '../../contraction/index.ts';
import { useSession } from '../session/hooks.ts';

/** How long the worker looks, in the background. */
const seconds = 1;

export interface Found {
  readonly result: PathResult;
  readonly final: boolean;
}

/** The best path so far; anew for each network, which is told by what it is and not by identity. */
export function useFoundPath(network: Network, maxPeak?: number): Found | undefined {
  const { client } = useSession();
  const key = JSON.stringify([network, maxPeak]);
  const [found, setFound] = useState<Found & { readonly key: string }>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for both.
  useEffect(
    () => client.findPath({ network, maxPeak, seconds }, (result, final) => setFound({ result, final, key })),
    [key],
  );
  return found?.key === key ? found : undefined;
}

export const useGreedyPath = (network: Network): PathResult => useMemo(() => greedyPath(network), [network]);
