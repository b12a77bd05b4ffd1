/** Looks at a document in one state: what its ports hold, its metrics, its parameters. Nothing is trained. */
import type { Diagnostic, Outcome } from '../base/diagnostic.ts';
import { repeatsOf, shapeOfRepeat } from '../compiler/repeat/state-names.ts';
import type { Compiled } from '../compiler/types.ts';
import type { TensorData } from '../datasets/formats/elements.ts';
import type { DataSource } from '../datasets/index.ts';
import type { Engine } from '../numeric/engine.ts';
import { type Checkpoint, roleOf, type TensorRole } from './checkpoint.ts';
import { measureChecks } from './checks.ts';
import { loadData } from './data.ts';
import { diagnosticOf } from './engine-faults.ts';
import type { Shown, ShownTensor } from './events.ts';
import { findCulprit } from './find-culprit.ts';
import { initialise, type State } from './initialise.ts';
import type { NamedShape } from './moved-state.ts';
import { type RestoreReport, restore } from './restore.ts';
import { writeState } from './session.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { SENT_CLOSELY, summarise } from './statistics.ts';
import { checkColumns } from './wrong-choices.ts';

/** What of a state is wanted. */
export interface Wanted {
  /** `node.port`; all ports when left out. */
  readonly ports?: readonly string[] | undefined;
  /** Ports that are looked at closely: of these more numbers are given. */
  readonly closely?: readonly string[] | undefined;
  /** Names of state whose numbers and gradients are wanted; none when left out. */
  readonly tensors?: readonly string[] | undefined;
  /** Measure what is checked, too. Default: no. */
  readonly checks?: boolean | undefined;
  /** Measure what is read off optimizers, too. Default: no. */
  readonly readings?: boolean | undefined;
  /**
   * Look where values come from that are not finite, and tell (not-finite, index-out-of-range): that computes
   * everything once more. Default: yes.
   */
  readonly watched?: boolean | undefined;
  /** Give every number of the ports too, and not only the first. Default: no. */
  readonly whole?: boolean | undefined;
}

export interface StateEntry extends NamedShape {
  readonly role: TensorRole;
}

export interface Inspection extends Shown {
  /** Steps that have made the state; 0 for first values. */
  readonly step: number;
  /** All state that there is, by name. */
  readonly state: readonly StateEntry[];
  /** Of the ports, by `node.port`, where they are wanted whole. */
  readonly whole?: Readonly<Record<string, TensorData>> | undefined;
  /** What became of the checkpoint, if there was one. */
  readonly report?: RestoreReport | undefined;
}

export interface InspectOptions extends Wanted {
  /** The state to look at; first values when left out. */
  readonly from?: Checkpoint | undefined;
  readonly seed?: number | undefined;
  readonly memoryLimit?: number | undefined;
  /** Where the numbers of data sets come from; left out, the sets of the product. */
  readonly data?: DataSource | undefined;
}

/** Data sets give the rows of the last step that the state has seen, or else of the first that it will see. */
export async function inspect(
  compiled: Compiled,
  engine: Engine,
  { from, memoryLimit, ...options }: InspectOptions = {},
): Promise<Outcome<Inspection>> {
  const seed = options.seed ?? from?.seed ?? compiled.run.seed;
  const { value: data = [], diagnostics } = await loadData(compiled.data, options.data);
  if (diagnostics.length > 0) return { diagnostics };
  const sessions = createSessions(compiled, engine, { data, seed, position: from?.position }, memoryLimit);
  try {
    const restored = from && restore(compiled, from, seed);
    const state = restored?.state ?? initialise(compiled.state, seed);
    const step = from?.step ?? 0;
    const shown = await show(compiled, sessions, state, step, options);
    const faults = options.watched === false ? [] : checkColumns(compiled.choices, data);
    if (options.watched !== false && faults.length === 0)
      faults.push(...(await watch(compiled, sessions, state, step, shown)));
    const measured = options.checks ? await measureChecks(compiled, sessions, state, step) : undefined;
    const read = options.readings
      ? await measureChecks(compiled, sessions, state, step, 'readings')
      : undefined;
    const whole = options.whole ? await readWhole(sessions, Object.keys(shown.values)) : undefined;
    const entries = compiled.state.map((spec) => ({
      name: spec.name,
      shape: spec.shape,
      role: roleOf(spec),
    }));
    return {
      value: {
        ...shown,
        step,
        state: entries,
        report: restored?.report,
        whole,
        checks: measured?.value,
        readings: read?.value,
      },
      diagnostics: [...faults, ...(measured?.diagnostics ?? [])],
    };
  } catch (error) {
    return { diagnostics: [diagnosticOf(error, compiled.forward.plan)] };
  } finally {
    sessions.dispose();
  }
}

/** What is shown, every number of it. */
async function readWhole(sessions: Sessions, ports: readonly string[]) {
  const session = await sessions.open('forward');
  const read = ports.map(async (port) => [port, (await session.read(port)) as TensorData] as const);
  return Object.fromEntries(await Promise.all(read));
}

/** What is to be said of shown values that are not finite: where the first of them came from. */
async function watch(
  { forward }: Compiled,
  sessions: Sessions,
  state: State,
  step: number,
  shown: Shown,
): Promise<Diagnostic[]> {
  const ports = Object.entries(shown.values).filter(
    ([, { count, min, max }]) => count > 0 && !(Number.isFinite(min) && Number.isFinite(max)),
  );
  const metrics = Object.entries(shown.metrics).filter(([, value]) => !Number.isFinite(value));
  // Values of a loop's iterations are parts of one output.
  const shownBy = new Set(ports.map(([port]) => forward.values[port] as string));
  const outputs = [...shownBy, ...metrics.map(([name]) => forward.metrics[name] as string)];
  if (outputs.length === 0) return [];
  const session = await sessions.open('forward');
  const batch = Math.max(0, step - 1);
  const { diagnostic } = await findCulprit({ sessions, session, outputs }, state, batch, batch);
  return [diagnostic];
}

/** After `step` steps, on the rows and draws of the last of them. */
export async function show(
  compiled: Compiled,
  sessions: Pick<Sessions, 'open'>,
  state: State,
  step: number,
  { ports = Object.keys(compiled.forward.values), tensors = [], closely = [] }: Wanted,
): Promise<Shown> {
  const batch = Math.max(0, step - 1);
  const forward = await sessions.open('forward');
  writeState(forward, state);
  const log = await forward.advance(batch, 1);
  const metrics = Object.fromEntries(
    Object.entries(log).map(([name, [value = Number.NaN]]) => [name, value]),
  );
  const near = new Set(closely);
  const look = (port: string) => forward.value(port, near.has(port) ? SENT_CLOSELY : undefined);
  const values = await Promise.all(ports.map(async (port) => [port, await look(port)] as const));
  const wanted = entriesOf(compiled).filter(({ name }) => tensors.includes(name));
  const trained = wanted.length > 0 && compiled.gradients ? await sessions.open('gradients') : undefined;
  if (trained) {
    writeState(trained, state);
    await trained.advance(batch, 1);
  }
  const shown = wanted.map(async ({ name, shape, stack, from, to }): Promise<[string, ShownTensor]> => {
    const axes = shape.map((_, axis) => String(axis));
    const part = (numbers: ArrayLike<number>) =>
      summarise(Float64Array.from(numbers).slice(from, to), shape, axes);
    const gradients = (await trained?.read(stack))?.data;
    return [name, { value: part(state.get(stack) ?? []), ...(gradients && { gradient: part(gradients) }) }];
  });
  return {
    values: Object.fromEntries(values.flatMap(([port, value]) => (value ? [[port, value]] : []))),
    metrics,
    tensors: Object.fromEntries(await Promise.all(shown)),
  };
}

/** All tensors of the state, those of repeats one by one, and where each lies in its stack. */
const entriesOf = ({ state }: Compiled) =>
  state.flatMap((spec) =>
    repeatsOf(spec).map(({ name, from, to }) => ({
      ...{ name, from, to },
      shape: shapeOfRepeat(spec),
      role: roleOf(spec),
      stack: spec.name,
    })),
  );
