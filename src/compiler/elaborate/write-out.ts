/** Repeats written out, one body after the other, as tests compare loops with. */
import type { Block, GraphEdge } from '../../../graph-schema/document.ts';
import { BLOCK_OUTPUT } from '../../catalogue/block.ts';
import type { Region, Use } from './flat.ts';
import { type Level, pathIn } from './level.ts';

/** Wires between the iterations of a repeat that is written out: outputs to inputs, and what all iterations are given. */
export function chain(
  { inputs }: Use,
  { nodes }: Block,
  iterations: readonly Level[],
): [string, GraphEdge][] {
  const outputs = Object.keys(nodes).filter((id) => nodes[id]?.type === BLOCK_OUTPUT);
  const [first] = iterations as readonly [Level, ...Level[]];
  return iterations.slice(1).flatMap((iteration, before) =>
    inputs.map(({ name }, k): [string, GraphEdge] => {
      const output = outputs[k];
      const from = output === undefined ? pathIn(first, name) : pathIn(iterations[before] as Level, output);
      const to = pathIn(iteration, name);
      return [`${to}~next`, { from: { node: from, port: 'out' }, to: { node: to, port: 'in' } }];
    }),
  );
}

/** One of the iterations, as the part of the whole repeat that it is: they are computed one after the other. */
export const iterationWrittenOut = (
  whole: Region,
  { prefix }: Level,
  isLast: boolean,
  { inputs, outputs }: Pick<Use, 'inputs' | 'outputs'>,
): Region => ({
  ...whole,
  path: prefix.slice(0, -1),
  prefix,
  inputs,
  outputs,
  around: whole,
  writtenOut: { of: whole.path, isLast },
});
