/**
 * A document that runs: its state lives on from one call to the next. This is what a program that uses the
 * library holds; the command line goes through it too.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { isError, type Outcome } from '../base/diagnostic.ts';
import { type CompileOptions, compile } from '../compiler/compile.ts';
import { runDefaults } from '../compiler/run-defaults.ts';
import type { Compiled } from '../compiler/types.ts';
import type { TensorData } from '../datasets/formats/elements.ts';
import type { DataSource } from '../datasets/index.ts';
import type { Dtype } from '../ir/plan.ts';
import type { Engine, EngineName } from '../numeric/engine.ts';
import { engines } from '../numeric/index.ts';
import { type Checkpoint, takeCheckpoint } from './checkpoint.ts';
import type { RunEvent, RunOptions } from './events.ts';
import { initialise } from './initialise.ts';
import { type Inspection, inspect, type Wanted } from './inspect.ts';
import { chooseDtype } from './precision.ts';
import type { GivenTensor, OpenPrediction } from './prediction.ts';
import { type RestoreReport, restore } from './restore.ts';
import { run } from './run.ts';

export interface OpenOptions {
  /** Default: `wasm`, or that of `from`. */
  readonly engine?: EngineName | Engine | undefined;
  /** Default: that of `from`, else the document's, else float32 on wasm and float64 on reference. */
  readonly dtype?: Dtype | undefined;
  /** Of every random number. Default: that of `from`, else the document's. */
  readonly seed?: number | undefined;
  /** Bytes that a program may take. */
  readonly memoryLimit?: number | undefined;
  /** Where the numbers of data sets come from, unless a run says otherwise; left out, the sets of the product. */
  readonly data?: DataSource | undefined;
  /** The state to begin with. First values when left out. */
  readonly from?: Checkpoint | undefined;
  /** Plans of the document that a host has made already; they follow the contraction paths of `from`. */
  readonly plans?: Outcome<Compiled> | undefined;
  /** Of compiling: which values are kept to be shown, and what is switched off. */
  readonly compile?: Pick<CompileOptions, 'expose' | 'partial' | 'without'>;
}

export interface PredictionOptions {
  /** `node.port`, or the path or label of a node with one port. The Probes when left out. */
  readonly outputs?: readonly string[] | undefined;
  /** Whether first values will do where nothing was trained or loaded. Default: they will. */
  readonly untrained?: boolean | undefined;
}

export interface Model {
  readonly document: GraphDocument;
  readonly engine: Engine;
  readonly dtype: Dtype;
  readonly seed: number;
  /** The plans of the document; made when first asked for. */
  compiled(): Outcome<Compiled>;
  /**
   * Trains, from the state that the model has, up to `steps` steps in all. The events end with `finished`
   * or `failed`; the model then has the new state, or still the old one.
   */
  run(options?: Omit<RunOptions, 'from' | 'seed' | 'memoryLimit'>): AsyncGenerator<RunEvent, void, void>;
  /**
   * What the Probes, or the ports named by `outputs`, hold for these inputs, by `node.port`. An input is
   * named by an Input's path or label, or by the port of a data set (`data.x`); it may have any number of
   * rows. Dropout and its like stand still; what the outputs do not depend on is left out.
   */
  predict(
    inputs?: Readonly<Record<string, GivenTensor>>,
    options?: PredictionOptions,
  ): Promise<Outcome<Readonly<Record<string, TensorData>>>>;
  /** The same for inputs of these shapes, to be carried out again and again; closed by whoever has asked for it. */
  prediction(
    options: PredictionOptions & { readonly inputs?: Readonly<Record<string, readonly number[]>> },
  ): Promise<Outcome<OpenPrediction>>;
  /** Statistics and first numbers of ports and parameters, on the batch of the last step. */
  inspect(wanted?: Wanted): Promise<Outcome<Inspection>>;
  /** The state as a value: after training, as loaded, or the first values. Undefined when the document has errors. */
  state(): Checkpoint | undefined;
  /** Takes a state, or the bytes of a saved one, by path and shape, and says what became of each tensor. */
  load(state: Checkpoint | Uint8Array): Promise<Outcome<RestoreReport>>;
}

const nothing: Pick<Checkpoint, 'tensors'> = { tensors: new Map() };

/** Never fails: a document with errors has no plans, and its run says why. */
export async function openModel(document: GraphDocument, options: OpenOptions = {}): Promise<Model> {
  let current = options.from;
  const wanted = options.engine ?? current?.engine ?? 'wasm';
  const engine = typeof wanted === 'string' ? await engines[wanted]() : wanted;
  const dtype = chooseDtype(engine.name, document, options.dtype, current?.dtype);
  const { memoryLimit } = options;
  const given = options.data && { data: options.data };
  const seed = options.seed ?? current?.seed ?? document.run?.seed ?? runDefaults.seed;
  /** Plans follow the contraction paths of the state that they were made for. */
  let plans:
    | { readonly paths: Checkpoint['paths'] | undefined; readonly made: Outcome<Compiled> }
    | undefined = options.plans && { paths: current?.paths, made: options.plans };

  function compiled(): Outcome<Compiled> {
    const paths = current?.paths;
    if (plans?.paths !== paths || !plans)
      plans = { paths, made: compile(document, { ...options.compile, dtype, memoryLimit, paths }) };
    return plans.made;
  }
  /** The state of a run has the paths that its plans follow already. */
  function take(checkpoint: Checkpoint): void {
    current = checkpoint;
    if (plans) plans = { ...plans, paths: checkpoint.paths };
  }

  const model: Model = {
    document,
    engine,
    dtype,
    seed,
    compiled,
    async *run(runOptions) {
      const { value, diagnostics } = compiled();
      if (!value) return yield { type: 'failed', step: 0, diagnostics: diagnostics.filter(isError) };
      for await (const event of run(value, engine, {
        ...given,
        ...runOptions,
        from: current,
        seed,
        memoryLimit,
      })) {
        if (event.type === 'checkpoint' || event.type === 'finished') take(event.checkpoint);
        yield event;
      }
    },
    async predict(inputs = {}, { outputs, untrained = true } = {}) {
      const { miscounted } = await import('./prediction.ts');
      const wrong = miscounted(inputs);
      if (wrong.length > 0) return { diagnostics: wrong };
      const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]));
      const { value: open, diagnostics } = await model.prediction({ inputs: shapes, outputs, untrained });
      if (!open) return { diagnostics };
      const done = await open.run(inputs);
      open.close();
      return { ...done, diagnostics: [...diagnostics, ...done.diagnostics] };
    },
    prediction: (wanted) => openFor({ document, engine, dtype, memoryLimit, seed, from: current }, wanted),
    async inspect(wanted = {}) {
      const { value, diagnostics } = compiled();
      if (!value) return { diagnostics };
      return inspect(value, engine, { ...given, ...wanted, from: current, seed, memoryLimit });
    },
    state() {
      const { value } = compiled();
      if (!value || current) return current;
      const state = initialise(value.state, seed);
      const position = { step: 0, rows: {} };
      return takeCheckpoint(value, { engine, seed, position, metrics: {}, data: {}, state });
    },
    async load(given) {
      const read =
        given instanceof Uint8Array
          ? (await import('./checkpoint-file.ts')).readCheckpoint(given, 'state')
          : { value: given, diagnostics: [] };
      if (!read.value) return { diagnostics: read.diagnostics };
      const before = current;
      current = read.value;
      const { value, diagnostics } = compiled();
      if (!value) {
        current = before;
        return { diagnostics };
      }
      return { value: restore(value, read.value, seed).report, diagnostics: [] };
    },
  };
  return model;
}

type PredictionParts = Pick<Model, 'document' | 'engine' | 'dtype' | 'seed'> &
  Pick<OpenOptions, 'memoryLimit' | 'from'>;

/** What predicts is fetched when somebody asks: a run never does. */
async function openFor(
  { document, engine, dtype, memoryLimit, seed, from }: PredictionParts,
  { inputs = {}, outputs, untrained = true }: Parameters<Model['prediction']>[0],
): Promise<Outcome<OpenPrediction>> {
  const [{ compilePrediction }, { normalisedInputs, openPrediction, stateFor }] = await Promise.all([
    import('../compiler/compile-prediction.ts'),
    import('./prediction.ts'),
  ]);
  const options = { inputs, outputs, dtype, memoryLimit, paths: from?.paths };
  const { value: made, diagnostics: said } = compilePrediction(document, options);
  if (!made) return { diagnostics: said };
  const state = stateFor(made, from ?? (untrained ? undefined : nothing), seed);
  if (!state.value) return { diagnostics: state.diagnostics };
  const { value: open, diagnostics } = await openPrediction(made, engine, state.value, seed);
  const run: OpenPrediction['run'] | undefined =
    open && ((given) => open.run(normalisedInputs(given, made.inputs, from?.data ?? {})));
  return { value: open && run && { ...open, run }, diagnostics: [...said, ...diagnostics] };
}
