/**
 * The state of a run as a value: all that a run needs to go on as if it had never stopped. What the
 * document says is not in it; a fingerprint tells whether it is still the same computation.
 *
 * The order of rows and the draws of random numbers are functions of the seed and of a position (see
 * batches.ts, random-key.ts), so that the position is all there is to keep of them.
 */
import { writeKeptPath } from '../compiler/networks/kept-paths.ts';
import { repeatsOf, shapeOfRepeat } from '../compiler/repeat/state-names.ts';
import type { Compiled, CompiledProgram, StateSpec } from '../compiler/types.ts';
import type { Dtype } from '../ir/plan.ts';
import type { Engine, EngineName } from '../numeric/engine.ts';
import type { DataFacts } from './data.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { State } from './initialise.ts';

/** What training changes, what an optimizer keeps for itself (moments, counters), and whatever else there is. */
export type TensorRole = 'parameter' | 'optimizer' | 'other';

export interface SavedTensor {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float32Array | Float64Array;
  readonly role: TensorRole;
  /** The type of the optimizer that it belongs to: another optimizer has no use for it. */
  readonly optimizer?: string;
}

/** How far a run has come in what it reads. */
export interface Position {
  /** Steps done. */
  readonly step: number;
  /** Training rows taken so far, by data node. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface Checkpoint {
  /** Of the training program: the same for all documents that compute the same (fingerprint.ts). */
  readonly fingerprint: string;
  /** Steps done. */
  readonly step: number;
  readonly seed: number;
  readonly engine: EngineName;
  readonly dtype: Dtype;
  /** The kernels that computed it (numeric/engine.ts): they differ in how they round. */
  readonly variant: Engine['variant'];
  /** Contraction paths that the run followed, as a document keeps them: text by network key. */
  readonly paths: Readonly<Record<string, string>>;
  /** State by name: `encoder/3/attention.weight`. */
  readonly tensors: ReadonlyMap<string, SavedTensor>;
  readonly position: Position;
  /** The last metrics of training and of evaluation: what `finished` would say. */
  readonly metrics: Readonly<Record<string, number>>;
  /** What the data sets were taken for, by port. */
  readonly data: DataFacts;
}

export const roleOf = ({ trainable, optimizer }: StateSpec): TensorRole =>
  trainable ? 'parameter' : optimizer === undefined ? 'other' : 'optimizer';

/** The program that carries the state: the one that trains, where there is one. */
export const mainProgram = (compiled: Compiled): CompiledProgram => compiled.train ?? compiled.forward;

/** What a run knows at the moment of a checkpoint. */
export interface Moment {
  readonly engine: Engine;
  readonly seed: number;
  readonly position: Position;
  readonly metrics: Readonly<Record<string, number>>;
  readonly data: DataFacts;
  readonly state: State;
}

/** The numbers are copied. */
export function takeCheckpoint(
  compiled: Compiled,
  { engine, seed, position, metrics, data, state }: Moment,
): Checkpoint {
  const { dtype } = mainProgram(compiled).plan;
  const Numbers = dtype === 'float32' ? Float32Array : Float64Array;
  const tensors = compiled.state.flatMap((spec): [string, SavedTensor][] => {
    const values = state.get(spec.name);
    if (values === undefined) return [];
    const { optimizer } = spec;
    const shape = shapeOfRepeat(spec);
    const all = Numbers.from(values);
    return repeatsOf(spec).map(({ name, from, to }) => {
      const data = all.slice(from, to);
      return [name, { shape, data, role: roleOf(spec), ...(optimizer !== undefined && { optimizer }) }];
    });
  });
  return {
    fingerprint: fingerprintOf(compiled),
    step: position.step,
    seed,
    engine: engine.name,
    dtype,
    variant: engine.variant,
    paths: pathsOf(compiled),
    tensors: new Map(tensors),
    position,
    metrics,
    data,
  };
}

/** Whose state it is said to be; where nothing was computed, that says nothing more. */
export type EngineKind = Pick<Engine, 'name' | 'variant'>;

/** A state that no run here has made: tensors of another program, from which a run begins with its first step. */
export function foreignCheckpoint(
  tensors: Checkpoint['tensors'],
  made: { readonly engine: EngineKind; readonly seed: number; readonly dtype: Dtype },
): Checkpoint {
  const { engine, seed, dtype } = made;
  return {
    ...{ fingerprint: '', step: 0, seed, engine: engine.name, dtype, variant: engine.variant, paths: {} },
    ...{ tensors, position: { step: 0, rows: {} }, metrics: {}, data: {} },
  };
}

/** The contraction paths of the programs that a run executes, except those that are too long to keep. */
export function pathsOf({ train, evaluations }: Compiled): Readonly<Record<string, string>> {
  const networks = [train, ...evaluations].flatMap((program) => program?.networks ?? []);
  const written = networks.map(({ network, result }) => writeKeptPath(network, result.path));
  return Object.fromEntries(written.flatMap((kept) => (kept ? [[kept.key, kept.text]] : [])));
}
