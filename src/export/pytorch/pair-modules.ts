/**
 * Finds tensors that belong together under other names: module by module, those with the same tensors in the same
 * order, and where exactly as many are on either side. What that leaves open is left to whoever asks.
 */
import type { NamedShape } from '../../runtime/index.ts';
import type { WeightSource } from './weight-map.ts';

type Kind = 'weight' | 'bias' | 'mean' | 'variance';

/** `gamma` and `beta` are older names of what a normalisation learns. */
function kindOf(name: string): Kind {
  const last = lastOf(name);
  if (/mean$/.test(last)) return 'mean';
  if (/var(iance)?$/.test(last)) return 'variance';
  return /bias|beta/.test(last) ? 'bias' : 'weight';
}

const lastOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const moduleOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));

interface Module {
  readonly name: string;
  readonly tensors: readonly NamedShape[];
}

/** Axes of one element are nothing to disagree on: [1, 197, 768] is taken for [197, 768]. */
export const squeezed = (shape: readonly number[]): readonly number[] => shape.filter((n) => n !== 1);

/** `isLoose`: a matrix and its transpose are one. */
function formOf({ name, shape }: NamedShape, isLoose: boolean): string {
  const dims = squeezed(shape);
  const written = isLoose && dims.length === 2 ? dims.toSorted((a, b) => a - b) : dims;
  return `${kindOf(name)} ${written.join(',')}`;
}

function modulesOf(tensors: readonly NamedShape[]): Module[] {
  const found = new Map<string, NamedShape[]>();
  for (const tensor of tensors) {
    const name = moduleOf(tensor.name) || tensor.name;
    found.set(name, [...(found.get(name) ?? []), tensor]);
  }
  return [...found].map(([name, own]) => ({ name, tensors: own }));
}

const alone = (tensors: readonly NamedShape[]): Module[] =>
  tensors.map((tensor) => ({ name: tensor.name, tensors: [tensor] }));

const naturally = new Intl.Collator('en', { numeric: true }).compare;

/** Files are mostly sorted by letters: 10 before 2. */
const isSorted = (names: readonly string[]): boolean =>
  names.every((name, i) => i === 0 || (names[i - 1] as string) <= name);

/** Words that say nothing of which module it is. */
const common = new Set(['weight', 'bias', 'layer', 'layers', 'block', 'blocks', 'module', 'model']);
const wordsOf = (name: string): ReadonlySet<string> =>
  new Set((name.toLowerCase().match(/[a-z]{3,}/g) ?? []).filter((word) => !common.has(word)));

/** More are paired by order alone. */
const MOST_WORDED = 300;

/** Equally many on both sides: those with the most words in common first, else in order. */
function pairUp(ours: readonly Module[], theirs: readonly Module[]): [Module, Module][] {
  if (ours.length > MOST_WORDED) return ours.map((one, i) => [one, theirs[i] as Module]);
  const [left, right] = [ours, theirs].map((modules) => modules.map(({ name }) => wordsOf(name)));
  const pairs = ours.flatMap((_, i) =>
    theirs.map((_, j) => {
      const shared = [...(left?.[i] ?? [])].filter((word) => right?.[j]?.has(word)).length;
      return { i, j, shared, far: Math.abs(i - j) };
    }),
  );
  const done: [number, number][] = [];
  const used = { ours: new Set<number>(), theirs: new Set<number>() };
  for (const { i, j } of pairs.sort((a, b) => b.shared - a.shared || a.far - b.far || a.i - b.i)) {
    if (used.ours.has(i) || used.theirs.has(j)) continue;
    used.ours.add(i);
    used.theirs.add(j);
    done.push([i, j]);
  }
  return done.map(([i, j]) => [ours[i] as Module, theirs[j] as Module]);
}

function bySignature(modules: readonly Module[], isLoose: boolean): ReadonlyMap<string, readonly Module[]> {
  const found = new Map<string, Module[]>();
  for (const one of modules) {
    const key = one.tensors
      .map((tensor) => formOf(tensor, isLoose))
      .sort()
      .join('; ');
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found;
}

/** Tensors of two modules of one signature: of the same last name first, else the first that fits. */
function tensorsOf(ours: Module, theirs: Module, isLoose: boolean): [NamedShape, NamedShape][] {
  const free = [...theirs.tensors];
  const take = (mine: NamedShape): NamedShape => {
    const fits = (one: NamedShape) => formOf(one, isLoose) === formOf(mine, isLoose);
    const named = free.findIndex((one) => fits(one) && lastOf(one.name) === lastOf(mine.name));
    const at = named >= 0 ? named : free.findIndex(fits);
    return free.splice(at, 1)[0] as NamedShape;
  };
  return ours.tensors.map((mine) => [mine, take(mine)]);
}

/**
 * A square matrix does not show whether it is transposed: it is where the matrices beside it in the file, two modules
 * of one parent, are.
 */
function withSquares(
  pairs: readonly {
    readonly mine: NamedShape;
    readonly source: WeightSource;
    readonly shape: readonly number[];
  }[],
): Map<string, WeightSource> {
  const parentOf = (name: string) => moduleOf(moduleOf(name));
  const turns = new Map<string, Set<boolean>>();
  for (const { source, shape } of pairs) {
    const dims = squeezed(shape);
    if (dims.length !== 2 || dims[0] === dims[1]) continue;
    const parent = parentOf(source.from[0] as string);
    turns.set(parent, (turns.get(parent) ?? new Set()).add(source.transpose));
  }
  return new Map(
    pairs.map(({ mine, source, shape }) => {
      const beside = turns.get(parentOf(source.from[0] as string));
      const isSquare = shape.length === 2 && shape[0] === shape[1];
      const transpose = isSquare ? beside?.has(true) === true && !beside.has(false) : source.transpose;
      return [mine.name, { ...source, transpose }];
    }),
  );
}

/** `ours` in the order of definition. The sources of those for which one was found, by name. */
export function findPairs(
  ours: readonly NamedShape[],
  theirs: readonly NamedShape[],
): ReadonlyMap<string, WeightSource> {
  const inOrder = isSorted(theirs.map(({ name }) => name))
    ? theirs.toSorted((a, b) => naturally(a.name, b.name))
    : theirs;
  const found: { mine: NamedShape; source: WeightSource; shape: readonly number[] }[] = [];
  let [open, free] = [ours, inOrder];
  for (const divide of [modulesOf, alone])
    for (const isLoose of [false, true]) {
      const candidates = bySignature(divide(free), isLoose);
      const used = { ours: new Set<string>(), theirs: new Set<string>() };
      for (const [key, modules] of bySignature(divide(open), isLoose)) {
        const others = candidates.get(key) ?? [];
        if (others.length !== modules.length) continue;
        for (const [one, other] of pairUp(modules, others))
          for (const [mine, { name, shape }] of tensorsOf(one, other, isLoose)) {
            used.ours.add(mine.name);
            used.theirs.add(name);
            const [a, b] = [squeezed(mine.shape), squeezed(shape)];
            found.push({ mine, shape, source: { from: [name], transpose: a.some((n, d) => n !== b[d]) } });
          }
      }
      open = open.filter(({ name }) => !used.ours.has(name));
      free = free.filter(({ name }) => !used.theirs.has(name));
    }
  return withSquares(found);
}
