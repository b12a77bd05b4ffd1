/** Which tensor of a file belongs in which of a graph: by a map, else by their names, else by order and shape. */
import type { NamedShape } from '../../runtime/index.ts';
import { findPairs, squeezed } from './pair-modules.ts';
import { applyMap, type WeightMap, type WeightSource } from './weight-map.ts';

export interface TakenWeight extends NamedShape, WeightSource {
  readonly by: 'map' | 'name' | 'order';
}

export interface MissingWeight extends NamedShape {
  /** Nothing is there for it, or something of another shape. */
  readonly why: 'absent' | 'shape';
  readonly from?: readonly string[];
  readonly was?: readonly number[];
}

export interface WeightMatch {
  readonly taken: readonly TakenWeight[];
  /** Of the graph. */
  readonly missing: readonly MissingWeight[];
  /** In the file, and of no use. */
  readonly left: readonly NamedShape[];
  /** Keys of the map that name nothing in the graph. */
  readonly unknown: readonly string[];
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, d) => n === b[d]);

const turned = (shape: readonly number[]): readonly number[] => [...shape].reverse();

/** The shape of what a source gives; undefined where the file does not have it, or its shapes do not join. */
function shapeFrom(
  { from, transpose, rows }: WeightSource,
  shapeOf: (name: string) => readonly number[] | undefined,
): readonly number[] | undefined {
  const shapes = from.map((name) => {
    const shape = shapeOf(name);
    return shape && transpose ? turned(shape) : shape;
  });
  const [first] = shapes;
  if (!first || shapes.some((one) => !one || !sameShape(one.slice(1), first.slice(1)))) return undefined;
  const joined = shapes.reduce((sum, one) => sum + (one?.[0] ?? 1), 0);
  const whole = shapes.length === 1 ? first : first.with(0, joined);
  if (!rows) return whole;
  const [start, end] = rows;
  return start < end && end <= (whole[0] ?? 0) ? whole.with(0, end - start) : undefined;
}

/** Without a word on it, a matrix is transposed where it fits only so. */
function fitting(
  source: WeightSource,
  shape: readonly number[],
  shapeOf: (name: string) => readonly number[] | undefined,
) {
  const wanted = squeezed(shape);
  const given = shapeFrom(source, shapeOf);
  if (given && sameShape(squeezed(given), wanted)) return source;
  const other = { ...source, transpose: true };
  const isMatrix = source.from.every((name) => shapeOf(name)?.length === 2);
  const across = source.transpose || !isMatrix ? undefined : shapeFrom(other, shapeOf);
  return across && sameShape(squeezed(across), wanted) ? other : undefined;
}

/**
 * What the file puts before all these names, as a module around the model does (`model.`): nothing, unless at least
 * half of them are there behind it, and more than without.
 */
function prefixOf(names: readonly string[], inFile: ReadonlySet<string>): string {
  const wanted = new Set(names);
  const counts = new Map<string, number>();
  for (const name of inFile)
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (!wanted.has(name.slice(dot + 1))) continue;
      const prefix = name.slice(0, dot + 1);
      counts.set(prefix, (counts.get(prefix) ?? 0) + 1);
    }
  const plain = names.filter((name) => inFile.has(name)).length;
  const [prefix, count] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? ['', 0];
  return 2 * count >= wanted.size && count > plain ? prefix : '';
}

/** How many batches a normalisation has seen: nothing here counts them. */
const isCounter = (name: string): boolean => name.endsWith('num_batches_tracked');

/**
 * `targets`: the graph's tensors, as PyTorch names and shapes them, in its order. With a map what it does not name is
 * taken by the same name, and by nothing else; without, what has no namesake is found by order and shape.
 */
export function matchWeights(
  targets: readonly NamedShape[],
  file: readonly NamedShape[],
  map?: WeightMap,
): WeightMatch {
  const inFile = new Map(file.map(({ name, shape }) => [name, shape]));
  const shapeOf = (name: string) => inFile.get(name);
  const names = targets.map(({ name }) => name);
  const { sources, unknown } = applyMap(map ?? {}, names);
  const known = new Set(inFile.keys());
  const before = prefixOf(names, known);
  const beforeMapped = prefixOf(
    [...sources.values()].flatMap(({ from }) => from),
    known,
  );
  const nameIn = (name: string, prefix: string) => (inFile.has(name) ? name : prefix + name);
  const taken = new Map<string, TakenWeight>();
  const missing = new Map<string, MissingWeight>();
  for (const { name, shape } of targets) {
    const told = sources.get(name);
    const from = told?.from.map((one) => nameIn(one, beforeMapped)) ?? [nameIn(name, before)];
    const source = { transpose: false, ...told, from };
    const found = from.length > 0 && fitting(source, shape, shapeOf);
    if (found) taken.set(name, { name, shape, ...found, by: told ? 'map' : 'name' });
    else if (from.every((one) => !inFile.has(one)))
      missing.set(name, { name, shape, why: 'absent', ...(told && { from }) });
    else {
      const was = shapeFrom(source, shapeOf) ?? shapeOf(from[0] as string) ?? [];
      missing.set(name, { name, shape, why: 'shape', from, was });
    }
  }
  const used = () => new Set([...taken.values()].flatMap(({ from }) => from));
  if (!map) {
    const gone = used();
    const open = targets.filter(({ name }) => missing.get(name)?.why === 'absent');
    const free = file.filter(({ name }) => !gone.has(name) && !isCounter(name));
    for (const [name, source] of findPairs(open, free)) {
      const { shape } = missing.get(name) as MissingWeight;
      taken.set(name, { name, shape, ...source, by: 'order' });
      missing.delete(name);
    }
  }
  const found = used();
  return {
    taken: targets.flatMap(({ name }) => taken.get(name) ?? []),
    missing: [...missing.values()],
    left: file.filter(({ name }) => !found.has(name) && !isCounter(name)),
    unknown,
  };
}
