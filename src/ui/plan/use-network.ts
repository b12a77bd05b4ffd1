/** The network that a contraction node of the document multiplies: labels as numbers, with their names. */
import { useMemo } from 'react';
import { findNodeType } from '../../catalogue/index.ts';
import type { CheckedNode } from '../../compiler/index.ts';
import type { Network, SsaPath } from '../../contraction/index.ts';
import type { EditorState } from '../../editor/index.ts';
import { useEditorState } from '../editor-hooks.ts';

export interface DrawnNetwork {
  readonly node: string;
  readonly network: Network;
  /** The name of each label. */
  readonly indices: readonly string[];
  /** The input port of each tensor. */
  readonly ports: readonly string[];
  /** The order that the node keeps, and whether it has one written down that does not fit. */
  readonly path: SsaPath | undefined;
  readonly stale: boolean;
  readonly keep: (path: SsaPath | undefined) => Readonly<Record<string, unknown>>;
}

/** Fewer tensors leave nothing to choose. */
const fewest = 3;

type Node = EditorState['document']['nodes'][string];

/** 'open': some size is not known yet. */
function networkOf(id: string, node: Node, checked: CheckedNode): DrawnNetwork | 'open' | undefined {
  const definition = findNodeType(node.type);
  const params = definition?.params.safeParse(node.params);
  if (!definition?.network || !params?.success) return undefined;
  const names = Object.entries(checked.inputTypes).map(([port, { axes }]) => [port, axes.map((a) => a.name)]);
  const drawn = definition.network(params.data, Object.fromEntries(names));
  if (!drawn || drawn.ports.length < fewest) return undefined;
  const indices = [...new Set(drawn.inputs.flat())];
  const sizes: number[] = [];
  for (const [k, own] of drawn.inputs.entries())
    for (const [d, name] of own.entries()) {
      const size = checked.inputTypes[drawn.ports[k] as string]?.axes[d]?.size;
      if (size === undefined) return 'open';
      sizes[indices.indexOf(name)] = size;
    }
  const numbered = (own: readonly string[]) => own.map((name) => indices.indexOf(name));
  const network = { inputs: drawn.inputs.map(numbered), output: numbered(drawn.output), sizes };
  const written = Object.keys(drawn.keep(undefined)).some((key) => Boolean(node.params[key]));
  return { node: id, network, indices, ...drawn, stale: written && !drawn.path };
}

/** All contraction nodes with an order to choose. */
export interface OpenNetwork {
  readonly node: string;
  /** Some size is not known yet. */
  readonly open: true;
}

export function useNetworks(): readonly (DrawnNetwork | OpenNetwork)[] {
  const nodes = useEditorState((s) => s.document.nodes);
  const checked = useEditorState((s) => s.checked.nodes);
  return useMemo(
    () =>
      Object.entries(nodes).flatMap(([id, node]): readonly (DrawnNetwork | OpenNetwork)[] => {
        const known = checked[id];
        const network = known && networkOf(id, node, known);
        if (network === 'open') return [{ node: id, open: true }];
        return network ? [network] : [];
      }),
    [nodes, checked],
  );
}
