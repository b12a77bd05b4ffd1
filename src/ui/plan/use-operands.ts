/** The numbers of the tensors of a network, as far as the page knows them. */
import { useMemo } from 'react';
import { useEditorState } from '../editor-hooks.ts';
import { useApp } from '../store.ts';
import type { DrawnNetwork } from './use-network.ts';

/** One list for each operand; undefined unless all are known to the last element. */
export function useOperands({ node, ports }: DrawnNetwork): readonly (readonly number[])[] | undefined {
  const edges = useEditorState((s) => s.document.edges);
  const values = useApp((s) => s.values);
  return useMemo(() => {
    const operands: (readonly number[])[] = [];
    for (const port of ports) {
      const edge = Object.values(edges).find((e) => e.to.node === node && e.to.port === port);
      const value = edge && values[`${edge.from.node}.${edge.from.port}`];
      if (!value || value.data.length < value.count) return undefined;
      operands.push(value.data);
    }
    return operands;
  }, [node, ports, edges, values]);
}
