/** A network of the program that no single node draws: what its tensors and indices are called. */

import type { NetworkSummary } from '../../compiler/networks/describe-networks.ts';
import { writeKeptPath } from '../../compiler/networks/kept-paths.ts';
import type { EditorState } from '../../editor/index.ts';
import type { DrawnNetwork } from './drawn-network.ts';

type Nodes = EditorState['document']['nodes'];
type Checked = EditorState['checked']['nodes'];

const letters = [...'ijklmnopqrstuvwxyzabcdefgh'];

export function crossNodeNetwork(compiled: NetworkSummary, nodes: Nodes, checked: Checked): DrawnNetwork {
  const { key, network } = compiled;
  const keep: DrawnNetwork['keep'] = (path) => {
    const written = path && writeKeptPath(network, path);
    return path && !written ? [] : [{ type: 'choosePath', network: key, path: written?.text }];
  };
  return {
    id: key,
    nodes: compiled.nodes.filter((id) => Object.hasOwn(nodes, id)),
    network,
    indices: nameIndices(compiled, checked),
    operands: compiled.operands.map((node) => ({
      node: node !== undefined && Object.hasOwn(nodes, node) ? node : undefined,
    })),
    path: compiled.by === 'chosen' ? compiled.result.path : undefined,
    stale: false,
    bare: [],
    compiled,
    keep,
  };
}

/** Indices are called as the axes of the nodes that give the tensors, where those compute nothing; else by letters. */
function nameIndices({ network, operands }: NetworkSummary, checked: Checked): readonly string[] {
  const names: (string | undefined)[] = network.sizes.map(() => undefined);
  for (const [k, labels] of network.inputs.entries()) {
    const node = checked[operands[k] ?? ''];
    const [type, ...others] = Object.values(node?.outputTypes ?? {});
    const given = node?.inputs.length === 0 && others.length === 0 ? type : undefined;
    const fits =
      given?.axes.length === labels.length &&
      given.axes.every(({ size }, d) => size === network.sizes[labels[d] as number]);
    if (!fits) continue;
    for (const [d, { name }] of given.axes.entries()) {
      const label = labels[d] as number;
      if (!names.includes(name)) names[label] ??= name;
    }
  }
  const free = letters.filter((letter) => !names.includes(letter));
  let next = 0;
  return names.map((name) => {
    if (name !== undefined) return name;
    const at = next++;
    return `${free[at % free.length] ?? 'i'}${at < free.length ? '' : Math.floor(at / free.length)}`;
  });
}
