/**
 * Puts the state of a checkpoint into a document, which may have changed since: a tensor is taken where
 * name and shape agree – the name but for the blocks around its node (moved-state.ts) – and the state of an optimizer only by an optimizer of the same type. Everything
 * else keeps its first values. What became of each tensor is reported.
 */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import { type Text, text } from '../base/text.ts';
import { repeatsOf, shapeOfRepeat } from '../compiler/repeat/state-names.ts';
import type { Compiled, StateSpec } from '../compiler/types.ts';
import type { Engine } from '../numeric/engine.ts';
import { type Checkpoint, mainProgram, pathsOf, roleOf, type SavedTensor } from './checkpoint.ts';
import { fingerprintOf } from './fingerprint.ts';
import { initialise, type State } from './initialise.ts';
import { findMoved, type NamedShape } from './moved-state.ts';

/** A tensor that begins with its first values: the checkpoint has none of this name, or one that does not fit. */
export interface FreshTensor extends NamedShape {
  readonly why: 'absent' | 'shape' | 'optimizer';
  /** The shape in the checkpoint, where that is why. */
  readonly was?: readonly number[];
}

export interface RestoreReport {
  readonly taken: readonly NamedShape[];
  /** In the checkpoint, and of no use here. */
  readonly left: readonly NamedShape[];
  readonly fresh: readonly FreshTensor[];
  /** The document computes something else than the one that the checkpoint was taken of. */
  readonly changed: boolean;
}

export interface Restored {
  readonly state: State;
  readonly report: RestoreReport;
}

/** `seed`: of first values; the checkpoint's own when left out. */
export function restore(compiled: Compiled, checkpoint: Checkpoint, seed = checkpoint.seed): Restored {
  const { state, taken, fresh, used } = fill(compiled.state, checkpoint.tensors, seed);
  const left = [...checkpoint.tensors]
    .filter(([name]) => !used.has(name))
    .map(([name, { shape }]) => ({ name, shape }));
  const changed = fingerprintOf(compiled) !== checkpoint.fingerprint;
  return { state, report: { taken, left, fresh, changed } };
}

/** The state of a program out of saved tensors, first values where none fits; and the names that were of use. */
export function fill(
  specs: readonly StateSpec[],
  tensors: Checkpoint['tensors'],
  seed: number,
): Pick<RestoreReport, 'taken' | 'fresh'> & { readonly state: State; readonly used: ReadonlySet<string> } {
  const taken: NamedShape[] = [];
  const fresh: FreshTensor[] = [];
  const used = new Set<string>();
  const state = new Map<string, ArrayLike<number>>(initialise(specs, seed));
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  /** Parameters that begin anew, and why: what an optimizer keeps for one of them begins with it. */
  const anew = new Map<string, FreshTensor['why']>();
  const moved = movedIn(specs, tensors);
  for (const spec of parametersFirst(specs)) {
    const of = spec.of === undefined ? undefined : repeatsOf(byName.get(spec.of) as StateSpec);
    const shape = shapeOfRepeat(spec);
    const values = spec.repeats ? Float64Array.from(state.get(spec.name) ?? []) : undefined;
    for (const [i, { name, from }] of repeatsOf(spec).entries()) {
      const key = moved.get(name) ?? name;
      const saved = tensors.get(key);
      const own = misfit(spec, shape, saved);
      const why = own ?? anew.get(of?.[i]?.name ?? '');
      if (!saved || why !== undefined) {
        anew.set(name, why ?? 'absent');
        fresh.push({ name, shape, why: why ?? 'absent', ...(own === 'shape' && { was: saved?.shape }) });
        continue;
      }
      if (values) values.set(saved.data, from);
      else state.set(name, saved.data);
      used.add(key);
      taken.push({ name, shape });
    }
    if (values) state.set(spec.name, values);
  }
  return { state, taken, fresh, used };
}

/** Saved tensors that a program has under other names by now, by its own names. */
function movedIn(specs: readonly StateSpec[], tensors: Checkpoint['tensors']): ReadonlyMap<string, string> {
  const own = new Map(specs.flatMap((spec) => repeatsOf(spec).map(({ name }) => [name, spec] as const)));
  const missing = [...own].flatMap(([name, spec]) =>
    tensors.has(name) ? [] : [{ name, shape: shapeOfRepeat(spec) }],
  );
  const unclaimed = [...tensors.keys()].filter((name) => !own.has(name));
  return findMoved(missing, unclaimed, ({ name, shape }, saved) => {
    const tensor = tensors.get(saved) as SavedTensor;
    const spec = own.get(name) as StateSpec;
    return roleOf(spec) === tensor.role && misfit(spec, shape, tensor) === undefined;
  });
}

const parametersFirst = (specs: readonly StateSpec[]): readonly StateSpec[] => [
  ...specs.filter(({ of }) => of === undefined),
  ...specs.filter(({ of }) => of !== undefined),
];

function misfit(
  spec: StateSpec,
  shape: readonly number[],
  saved: SavedTensor | undefined,
): FreshTensor['why'] | undefined {
  if (!saved) return 'absent';
  if (saved.optimizer !== spec.optimizer) return 'optimizer';
  const same = saved.shape.length === shape.length && saved.shape.every((n, d) => n === shape[d]);
  return same ? undefined : 'shape';
}

/**
 * Why a run from this checkpoint will not have the same bits as one that was never stopped, although
 * the document is the same; undefined where it will, and for a state that no run here has made. A document that has changed is the report's to say.
 */
export function inexactness(
  compiled: Compiled,
  engine: Engine,
  checkpoint: Checkpoint,
  seed: number,
): Diagnostic | undefined {
  if (checkpoint.fingerprint === '') return undefined;
  const { dtype } = mainProgram(compiled).plan;
  const paths = pathsOf(compiled);
  const isUnchanged = fingerprintOf(compiled) === checkpoint.fingerprint;
  const otherPaths =
    isUnchanged && Object.entries(paths).some(([key, path]) => checkpoint.paths[key] !== path);
  const differences = [
    differs(text('engine', '引擎'), checkpoint.engine, engine.name),
    differs(text('precision', '精度'), checkpoint.dtype, dtype),
    differs(text('kernels', '内核'), checkpoint.variant, engine.variant),
    differs(text('seed', '种子'), checkpoint.seed, seed),
    isUnchanged &&
    checkpoint.step > 0 &&
    compiled.data.some(({ node }) => !Object.hasOwn(checkpoint.position.rows, node))
      ? text('the rows that were read are not in the file', '文件中没有已读取的行数')
      : undefined,
    otherPaths ? text('other contraction paths', '收缩路径不同') : undefined,
  ].filter((difference) => difference !== undefined);
  if (differences.length === 0) return undefined;
  const list = {
    en: differences.map(({ en }) => en).join(', '),
    zh: differences.map(({ zh }) => zh).join('，'),
  };
  return diagnose('resumed-inexactly', {}, { differences: list });
}

const differs = (what: Text, was: string | number, is: string | number): Text | undefined =>
  was === is ? undefined : text(`${what.en} ${was} then, ${is} now`, `${what.zh}原为 ${was}，现为 ${is}`);
