/** The diagram of a network of the program that several nodes draw: as it is contracted, deltas gone. */
import type { Locale } from '../../../base/text.ts';
import type { EditorState } from '../../../editor/index.ts';
import type { DrawnNetwork } from '../../plan/drawn-network.ts';
import { namesOf } from '../../plan/network-names.ts';
import type { NetworkDiagram } from './network-diagram.ts';
import { type DiagramValues, kindOf } from './node-diagram.ts';

export function mergedDiagram(
  { document, checked }: Pick<EditorState, 'document' | 'checked'>,
  drawn: DrawnNetwork,
  values: DiagramValues,
  locale: Locale,
): NetworkDiagram {
  const { network, indices, operands } = drawn;
  const names = namesOf(drawn, document, locale);
  return {
    tensors: network.inputs.map((axes, k) => {
      const { node, port } = operands[k] ?? {};
      // A node that gives one tensor gives this one.
      const [only, another] = Object.keys(checked.nodes[node ?? '']?.outputTypes ?? {});
      const output = port ?? (another === undefined ? only : undefined);
      const source = node === undefined || output === undefined ? undefined : { node, port: output };
      return { name: names[k] ?? '', kind: kindOf({ document }, source, values), axes, ...source };
    }),
    indices: network.sizes.map((size, l) => ({ name: indices[l] ?? '', size, axis: indices[l] ?? '' })),
    output: network.output,
  };
}
