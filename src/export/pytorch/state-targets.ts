/** The tensors of the script's `state_dict` one by one, and what state of the graph stands in each. */
import type { Analysis } from '../../compiler/index.ts';
import { namesOfState, repeatsOf, shapeOfRepeat } from '../../compiler/repeat/state-names.ts';
import type { StateSpec } from '../../compiler/types.ts';
import type { TorchTensor } from './script-parts.ts';

/** One tensor of the graph's state, as a checkpoint names it. */
export interface TargetPart {
  readonly spec: StateSpec;
  /** In the stack of its repeats. */
  readonly row: number;
  readonly name: string;
  readonly shape: readonly number[];
}

export interface StateTarget {
  /** PyTorch's name, with the indices of repeats: `layers.3.norm.weight`. */
  readonly name: string;
  /** PyTorch's. */
  readonly shape: readonly number[];
  /** What is joined along the axis `joins` to make it. */
  readonly parts: readonly TargetPart[];
  readonly joins: number;
  /** The order of each part's axes, and its shape then where that differs in more than order, as PyTorch has it. */
  readonly axes: readonly number[] | undefined;
  readonly partShape: readonly number[];
}

/** Every index of repeats with as many iterations as these, the last the fastest. */
function indicesOf(counts: readonly number[]): readonly (readonly number[])[] {
  let found: readonly (readonly number[])[] = [[]];
  for (const count of counts)
    found = found.flatMap((one) => Array.from({ length: count }, (_, i) => [...one, i]));
  return found;
}

const withIndices = (name: string, indices: readonly number[]): string =>
  indices.reduce((text, index) => text.replace('*', String(index)), name);

/** Names with a number in place of each star, and the row of each in the stack of its repeats. */
export const eachRepeat = (
  name: string,
  counts: readonly number[],
): { readonly name: string; readonly row: number }[] =>
  indicesOf(counts).map((indices, row) => ({ name: withIndices(name, indices), row }));

/** What stands before each star. */
const liftedPrefixes = (name: string): readonly string[] =>
  name
    .split('*')
    .slice(0, -1)
    .map((_, i, pieces) => pieces.slice(0, i + 1).join('*'));

/** As `state_dict` orders them: all of the first iteration before all of the second. */
function byDefinition(a: readonly number[], b: readonly number[]): number {
  for (const [i, x] of a.entries()) if (x !== b[i]) return x - (b[i] ?? -1);
  return a.length - b.length;
}

/** Those whose state is declared, in the order in which PyTorch lists them. */
export function stateTargets(
  tensors: readonly TorchTensor[],
  analysis: Analysis,
  specs: readonly StateSpec[],
): StateTarget[] {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const firsts = new Map<string, number>();
  const found: { readonly place: readonly number[]; readonly target: StateTarget }[] = [];
  for (const [at, tensor] of tensors.entries()) {
    const iterations = analysis.flat.inside(tensor.node)?.iterations ?? [];
    const own = tensor.of.flatMap(
      (name) => byName.get(namesOfState(tensor.node, name, iterations).name) ?? [],
    );
    if (own.length !== tensor.of.length) continue;
    const prefixes = liftedPrefixes(tensor.name);
    for (const prefix of prefixes) firsts.set(prefix, firsts.get(prefix) ?? at);
    for (const [row, indices] of indicesOf(own[0]?.repeats?.counts ?? []).entries()) {
      const place = [...prefixes.flatMap((prefix, i) => [firsts.get(prefix) as number, indices[i] ?? 0]), at];
      found.push({ place, target: targetOf(tensor, withIndices(tensor.name, indices), own, row) });
    }
  }
  return found.sort((a, b) => byDefinition(a.place, b.place)).map(({ target }) => target);
}

function targetOf(
  { axes, shape, joins = 0 }: TorchTensor,
  name: string,
  specs: readonly StateSpec[],
  row: number,
): StateTarget {
  const parts = specs.map((spec): TargetPart => {
    const own = repeatsOf(spec)[row]?.name ?? spec.name;
    return { spec, row, name: own, shape: shapeOfRepeat(spec) };
  });
  const shapes = parts.map((part) => shape ?? axes?.map((d) => part.shape[d] as number) ?? part.shape);
  const [partShape = []] = shapes;
  const joined = shapes.reduce((sum, one) => sum + (one[joins] ?? 1), 0);
  const whole = parts.length === 1 ? partShape : partShape.with(joins, joined);
  return { name, shape: whole, parts, joins, axes, partShape };
}
