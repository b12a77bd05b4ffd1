/** Repeats written out, one body after the other, as tests compare loops with. */
import type { GraphEdge } from '../../../graph-schema/document.ts';
import type { Use } from './flat.ts';
import { type Level, pathIn } from './level.ts';

/** Wires between the iterations of a repeat that is written out: outputs to inputs, and what all iterations are given. */
export function chain(
  { inputs }: Use,
  outputs: readonly string[],
  iterations: readonly Level[],
): [string, GraphEdge][] {
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
