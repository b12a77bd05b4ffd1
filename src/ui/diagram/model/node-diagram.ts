/** The diagram of a node that contracts tensors: as it is written, deltas included, and with what is wired to it. */
import { type PathText, portKey } from '../../../base/path.ts';
import type { Locale } from '../../../base/text.ts';
import type { NodeNetwork } from '../../../catalogue/define.ts';
import { registryOf } from '../../../catalogue/index.ts';
import type { CheckedNode } from '../../../compiler/types.ts';
import { entry, levelAt, locate, pathAt } from '../../../document/levels.ts';
import type { EditorState } from '../../../editor/index.ts';
import type { TensorValue } from '../../../worker/protocol.ts';
import { nodeTitle } from '../../parts/node-title.ts';
import type { DiagramIndex, DiagramTensor, NetworkDiagram, TensorKind } from './network-diagram.ts';
import { kindOfNumbers } from './tensor-kind.ts';

type Shown = Pick<EditorState, 'document' | 'checked'>;

/** Where an operand comes from, and by which wire; undefined where nothing is wired. */
type WiredSource = { readonly node: PathText; readonly port: string; readonly edge: PathText } | undefined;

/** A contraction as its node writes it. */
export interface WrittenNetwork {
  readonly path: PathText;
  readonly network: NodeNetwork;
  readonly checked: CheckedNode;
  readonly sources: readonly WiredSource[];
}

/** Undefined where the node contracts nothing, or its expression does not fit what is wired to it. */
export function writtenNetwork({ document, checked }: Shown, path: PathText): WrittenNetwork | undefined {
  const { way, id } = locate(document, path);
  const graph = levelAt(document, way)?.graph;
  const node = graph && entry(graph.nodes, id);
  const known = entry(checked.nodes, path);
  if (!graph || !node || !known) return undefined;
  const definition = registryOf(document).of(node);
  const params = definition?.params.safeParse(node.params);
  if (!definition?.network || !params?.success) return undefined;
  const names = Object.entries(known.inputTypes).map(([port, { axes }]) => [port, axes.map((a) => a.name)]);
  const network = definition.network(params.data, Object.fromEntries(names));
  if (!network || network.ports.length === 0) return undefined;
  const wires = new Map(
    Object.entries(graph.edges).flatMap(([edge, { from, to }]) =>
      to.node === id ? [[to.port, { ...from, edge }] as const] : [],
    ),
  );
  const sources = network.ports.map((port) => {
    const from = wires.get(port);
    const at = (of: string) => pathAt(document, { way, id: of });
    return from && { node: at(from.node), port: from.port, edge: at(from.edge) };
  });
  return { path, network, checked: known, sources };
}

export type DiagramValues = Readonly<Record<string, TensorValue>>;

export function nodeDiagram(
  state: Shown,
  written: WrittenNetwork,
  values: DiagramValues,
  locale: Locale,
): NetworkDiagram {
  const { document } = state;
  const { network, checked, sources } = written;
  const names = [...new Set(network.inputs.flat())];
  const indices: DiagramIndex[] = [];
  for (const [k, own] of network.inputs.entries())
    for (const [d, name] of own.entries()) {
      const index = names.indexOf(name);
      const own = network.sizes?.[name];
      const axis = own === undefined ? checked.inputTypes[network.ports[k] ?? '']?.axes[d] : undefined;
      const { size = own ?? axis?.size, axis: from = axis?.name ?? name } = indices[index] ?? {};
      // An axis of one that `...` stretches has the size of its fellows.
      const wider = size === undefined || axis?.size === undefined ? size : Math.max(size, axis.size);
      indices[index] = { name, size: wider, axis: from };
    }
  const tensors = network.inputs.map((own, k): DiagramTensor => {
    const source = sources[k];
    return {
      name: source ? nodeTitle(document, source.node, locale) : (network.ports[k] ?? ''),
      kind: kindOf(state, source, values),
      axes: own.map((name) => names.indexOf(name)),
      node: source?.node,
      port: source?.port,
    };
  });
  return { tensors, indices, output: network.output.map((name) => names.indexOf(name)) };
}

/** A delta by what its node is; the others by their numbers, where the page has them all. */
export function kindOf(
  { document }: Pick<Shown, 'document'>,
  source: { readonly node: PathText; readonly port: string } | undefined,
  values: DiagramValues,
): TensorKind {
  if (!source) return 'general';
  const { way, id } = locate(document, source.node);
  const node = entry(levelAt(document, way)?.graph.nodes ?? {}, id);
  if (node && registryOf(document).of(node)?.drawing === 'delta') return 'delta';
  const value = values[portKey(source.node, source.port)];
  return value ? kindOfNumbers(value) : 'general';
}
