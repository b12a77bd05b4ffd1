/** Repeats written out, one body after the other, as tests compare loops with. */
import type { GraphEdge } from '../../../graph-schema/document.ts';
import type { Use } from './flat.ts';
import { type Level, pathIn } from './level.ts';

/** Wires between the turns of a repeat that is written out: outputs to inputs, and what all turns are given. */
export function chain(
  { inputs }: Use,
  outputs: readonly string[],
  turns: readonly Level[],
): [string, GraphEdge][] {
  const [first] = turns as readonly [Level, ...Level[]];
  return turns.slice(1).flatMap((turn, before) =>
    inputs.map(({ name }, k): [string, GraphEdge] => {
      const output = outputs[k];
      const from = output === undefined ? pathIn(first, name) : pathIn(turns[before] as Level, output);
      const to = pathIn(turn, name);
      return [`${to}~next`, { from: { node: from, port: 'out' }, to: { node: to, port: 'in' } }];
    }),
  );
}
