/** What each step of a path makes, in numbers, where the page knows those of all tensors and they are few. */
import { useEffect, useMemo, useState } from 'react';
import { portKey } from '../../../base/path.ts';
import type { Network, SsaPath } from '../../../contraction/index.ts';
import { useSession, useSessionState } from '../../session/hooks.ts';
import type { Intermediates } from '../../worker/worker-client.ts';
import type { DiagramTensor } from '../model/network-diagram.ts';

/** Elements of the largest tensor of a path: numbers are not asked for beyond. */
export const mostShownElements = 4096;

export function useIntermediates(
  network: Network,
  path: SsaPath,
  tensors: readonly DiagramTensor[],
  largest: number,
): Intermediates | undefined {
  const { client } = useSession();
  const values = useSessionState((s) => s.shown.values);
  const operands = useMemo(() => {
    const known: (readonly number[])[] = [];
    for (const { node, port } of tensors) {
      const value = node === undefined || port === undefined ? undefined : values[portKey(node, port)];
      if (!value || value.data.length < value.count) return undefined;
      known.push(value.data);
    }
    return largest <= mostShownElements ? known : undefined;
  }, [tensors, values, largest]);
  const [made, setMade] = useState<Intermediates>();
  useEffect(() => {
    let live = true;
    setMade(undefined);
    if (operands && path.length > 0)
      void client.contract({ network, path, operands }).then((numbers) => live && setMade(numbers));
    return () => {
      live = false;
    };
  }, [client, operands, network, path]);
  return made;
}
