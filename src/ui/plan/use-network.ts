/**
 * The networks of the program that the graph is compiled to: they may span several nodes, and what one node
 * draws may come to less, for a delta is a bare wire.
 */
import { useMemo } from 'react';
import { registryOf } from '../../catalogue/index.ts';
import { networkKey, type PathResult } from '../../contraction/index.ts';
import type { Command, EditorState } from '../../editor/index.ts';
import type { Description } from '../../worker/protocol.ts';
import { useEditorState } from '../session/hooks.ts';
import { crossNodeNetwork } from './cross-node-network.ts';
import type { BareNetwork, DrawnNetwork, OpenNetwork, ShownNetwork } from './drawn-network.ts';

/** The path that a search has found in the background, and the document keeps. */
export const keptPath = ({ compiled }: DrawnNetwork): PathResult | undefined =>
  compiled?.by === 'found' ? compiled.result : undefined;

/** Fewer tensors leave nothing to choose. */
const fewest = 3;

type Drawing = Pick<EditorState['document'], 'nodes' | 'edges' | 'blocks'>;

function networkOf(
  id: string,
  document: Drawing,
  checkedNodes: EditorState['checked']['nodes'],
  program: Description | null | undefined,
): DrawnNetwork | BareNetwork | OpenNetwork | undefined {
  const { nodes, edges } = document;
  const checked = checkedNodes[id];
  if (!checked) return undefined;
  const node = nodes[id] as Drawing['nodes'][string];
  const definition = registryOf(document).of(node);
  const params = definition?.params.safeParse(node.params);
  if (!definition?.network || !params?.success) return undefined;
  const names = Object.entries(checked.inputTypes).map(([port, { axes }]) => [port, axes.map((a) => a.name)]);
  const drawn = definition.network(params.data, Object.fromEntries(names));
  if (!drawn || drawn.ports.length < fewest) return undefined;
  const indices = [...new Set(drawn.inputs.flat())];
  const sizes: number[] = [];
  for (const [k, own] of drawn.inputs.entries())
    for (const [d, name] of own.entries()) {
      const size = drawn.sizes?.[name] ?? checked.inputTypes[drawn.ports[k] as string]?.axes[d]?.size;
      if (size === undefined) return { id, nodes: [id], open: true };
      // An axis of one that `...` stretches has the size of its fellows.
      sizes[indices.indexOf(name)] = Math.max(sizes[indices.indexOf(name)] ?? 1, size);
    }
  const numbered = (own: readonly string[]) => own.map((name) => indices.indexOf(name));
  const network = { inputs: drawn.inputs.map(numbered), output: numbered(drawn.output), sizes };
  const key = networkKey(network);
  const same = program?.networks.find((c) => c.key === key && c.nodes.length === 1 && c.nodes[0] === id);
  const chosen = same?.by === 'chosen' ? same.result.path : undefined;
  const written = Object.keys(drawn.keep(undefined)).some((name) => Boolean(node.params[name]));
  const wires = Object.values(edges).filter((edge) => edge.to.node === id);
  const feeding = (port: string) => wires.find((wire) => wire.to.port === port)?.from;
  // Without a program nothing is known of what it costs.
  if (!program) return undefined;
  if (!same) {
    const fed = drawn.ports.flatMap((port) => feeding(port)?.node ?? []);
    const pair = program.pairs.find(({ nodes }) => nodes[0] === id);
    const bare = fed.filter((from) => !pair?.operands.includes(from));
    return pair ? { ...crossNodeNetwork(pair, nodes, checkedNodes), id, bare } : { id, nodes: [id], bare };
  }
  return {
    id,
    nodes: [id],
    network,
    indices,
    operands: drawn.ports.map((into) => ({ node: undefined, ...feeding(into), into })),
    path: drawn.path ?? chosen,
    stale: written && !drawn.path,
    bare: [],
    compiled: same,
    keep: (path) => [
      ...Object.entries(drawn.keep(path)).map(
        ([name, value]): Command => ({ type: 'setParam', node: id, key: name, value }),
      ),
      ...(chosen ? [{ type: 'choosePath', network: key, path: undefined } as const] : []),
    ],
  };
}

/** Those that are executed, the most expensive first, and what is left of others that are drawn. */
export function useNetworks(program: Description | null | undefined): readonly ShownNetwork[] {
  const nodes = useEditorState((s) => s.document.nodes);
  const edges = useEditorState((s) => s.document.edges);
  const blocks = useEditorState((s) => s.document.blocks);
  const checked = useEditorState((s) => s.checked.nodes);
  return useMemo(() => {
    const drawn = Object.keys(nodes).flatMap(
      (id) => networkOf(id, { nodes, edges, blocks }, checked, program) ?? [],
    );
    const whole = (program?.networks ?? []).map((c) => {
      const alone = drawn.find((d) => 'compiled' in d && d.compiled === c);
      return alone ?? crossNodeNetwork(c, nodes, checked);
    });
    const told = new Set(whole.flatMap(({ nodes }) => nodes));
    return [...whole, ...drawn.filter(({ id }) => !told.has(id))];
  }, [nodes, edges, blocks, checked, program]);
}
