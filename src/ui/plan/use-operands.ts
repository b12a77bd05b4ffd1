/** The numbers of the tensors of a network, as far as the page knows them. */

import { useMemo } from 'react';
import { portKey } from '../../base/path.ts';
import { useSessionState } from '../session/hooks.ts';
import type { DrawnNetwork } from './drawn-network.ts';

/** One list for each operand; undefined unless all are known to the last element. */
export function useOperands({ operands: from }: DrawnNetwork): readonly (readonly number[])[] | undefined {
  const values = useSessionState((s) => s.shown.values);
  return useMemo(() => {
    const operands: (readonly number[])[] = [];
    for (const { node, port } of from) {
      const value = node === undefined || port === undefined ? undefined : values[portKey(node, port)];
      if (!value || value.data.length < value.count) return undefined;
      operands.push(value.data);
    }
    return operands;
  }, [from, values]);
}
