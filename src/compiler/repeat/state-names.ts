/**
 * Names of state in repeats. A plan holds one tensor for all repeats, stacked along leading axes; files
 * and messages hold one for each, `encoder/3/attention.weight`. First values are drawn as if the stack
 * were one tensor named without indices, so that a repeat's are the same however many follow it.
 */
import { type PathText, readPath, showPath, stateName } from '../../base/path.ts';
import { elements } from '../../ir/program.ts';
import type { RepeatIteration } from '../elaborate/flat.ts';
import type { Repeats, StateSpec } from '../types.ts';

/** The path of a node without the indices of repeats: what random streams are named by. */
export function streamPath(path: PathText, iterations: readonly RepeatIteration[]): PathText {
  return iterations.length === 0
    ? path
    : showPath(readPath(path).filter((_, i) => !iterations.some(({ at }) => at === i)));
}

/** The names of a node's state in a program: a stack has a star for each index. */
export function namesOfState(
  path: PathText,
  name: string,
  iterations: readonly RepeatIteration[],
): Pick<StateSpec, 'name' | 'stream'> & { readonly repeats?: Repeats } {
  if (iterations.length === 0) return { name: stateName(path, name), stream: stateName(path, name) };
  const own = iterations.filter(({ shared }) => !shared);
  const stream = stateName(streamPath(path, iterations), name);
  if (own.length === 0) return { name: stream, stream };
  const pieces: string[] = [];
  let piece: string[] = [];
  for (const [i, id] of readPath(path).entries()) {
    const iteration = iterations.find(({ at }) => at === i);
    if (!iteration) piece.push(showPath([id]));
    else if (!iteration.shared) {
      pieces.push(`${piece.join('/')}/`);
      piece = [''];
    }
  }
  pieces.push(stateName(piece.join('/'), name));
  return { name: pieces.join('*'), stream, repeats: { counts: own.map(({ count }) => count), pieces } };
}

/** What an optimizer keeps for a parameter is named after it, and is one for each repeat where it is. */
export function namesOfKept(
  path: PathText,
  name: string,
  { name: of, repeats }: Pick<StateSpec, 'name' | 'repeats'>,
): Pick<StateSpec, 'name' | 'stream' | 'of' | 'repeats'> {
  const before = stateName(path, `${name}.`);
  const [first = '', ...others] = repeats?.pieces ?? [];
  const stacked = repeats && { counts: repeats.counts, pieces: [before + first, ...others] };
  return { name: before + of, stream: before + of, of, ...(stacked && { repeats: stacked }) };
}

/** One tensor of a stack as files know it. */
export interface Repeat {
  readonly name: string;
  /** Its elements in the stack. */
  readonly from: number;
  readonly to: number;
}

/** The tensors that a stack holds, in its order; of other state, itself. */
export function repeatsOf({ name, shape, repeats }: StateSpec): readonly Repeat[] {
  if (!repeats) return [{ name, from: 0, to: elements(shape) }];
  const { counts, pieces } = repeats;
  const total = elements(counts);
  const size = elements(shape) / total;
  return Array.from({ length: total }, (_, row) => {
    const indices: number[] = [];
    let rest = row;
    for (const count of counts.toReversed()) {
      indices.unshift(rest % count);
      rest = Math.floor(rest / count);
    }
    const named = pieces.reduce((text, piece, i) => `${text}${indices[i - 1]}${piece}`);
    return { name: named, from: row * size, to: (row + 1) * size };
  });
}

/** The shape of one tensor of a stack. */
export const shapeOfRepeat = ({ shape, repeats }: StateSpec): readonly number[] =>
  shape.slice(repeats?.counts.length ?? 0);
