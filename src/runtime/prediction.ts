/** Carries a prediction out: tensors in, tensors out, every number of them. Nothing is trained. */
import { type Diagnostic, diagnose, type Outcome } from '../base/diagnostic.ts';
import type { Prediction } from '../compiler/compile-prediction.ts';
import { repeatsOf } from '../compiler/repeat/state-names.ts';
import type { CompiledProgram } from '../compiler/types.ts';
import type { TensorData } from '../datasets/formats/elements.ts';
import { normalised } from '../datasets/index.ts';
import { elements } from '../ir/program.ts';
import type { Engine } from '../numeric/engine.ts';
import { evaluatedState } from './averages.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { DataFacts } from './data.ts';
import { diagnosticOf } from './engine-faults.ts';
import { findCulprit } from './find-culprit.ts';
import { initialise, type State } from './initialise.ts';
import { fill } from './restore.ts';
import { openSession, type Session, writeState } from './session.ts';
import type { ReadValue } from './value-reader.ts';

/** Numbers in row-major order, with the size of each axis. */
export interface GivenTensor {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Tensors whose numbers are not as many as their shape says. */
export const miscounted = (inputs: Readonly<Record<string, GivenTensor>>): Diagnostic[] =>
  Object.entries(inputs).flatMap(([name, { shape, data }]) => {
    if (shape.every((size) => Number.isSafeInteger(size) && size >= 0) && elements(shape) === data.length)
      return [];
    const actual = `[${shape.join(', ')}] / ${data.length}`;
    return [diagnose('feed-shape', {}, { name, expected: `${elements(shape)}`, actual })];
  });

/**
 * The state that a prediction needs, out of a checkpoint, averages in the place of the weights where there are some;
 * first values where there is none. A tensor that the checkpoint does not have in this shape is told (weights-missing),
 * never made up.
 */
export function stateFor(
  { state, averages }: Prediction,
  from: Pick<Checkpoint, 'tensors'> | undefined,
  seed: number,
): Outcome<State> {
  if (!from) return { value: initialise(state, seed), diagnostics: [] };
  const filled = fill([...state, ...averages], from.tensors, seed);
  const isOwn = new Set(state.flatMap((spec) => repeatsOf(spec).map(({ name }) => name)));
  const fresh = filled.fresh.filter(({ name }) => isOwn.has(name));
  if (fresh.length === 0) return { value: evaluatedState(filled.state, averages), diagnostics: [] };
  const names = fresh.map(({ name, shape }) => `${name} [${shape.join(', ')}]`).join(', ');
  return { diagnostics: [diagnose('weights-missing', {}, { names })] };
}

/** Rows for a data set are given as they stand in its file: they are normalised as those were that it was trained with. */
export function normalisedInputs(
  given: Readonly<Record<string, GivenTensor>>,
  ports: Prediction['inputs'],
  facts: DataFacts,
): Readonly<Record<string, GivenTensor>> {
  const entries = Object.entries(given).map(([name, tensor]) => {
    const port = ports[name];
    const fit = port !== undefined && Object.hasOwn(facts, port) ? facts[port]?.fit : undefined;
    const width = elements(tensor.shape.slice(1));
    if (!fit || fit.shift.length === 0 || width % fit.shift.length !== 0) return [name, tensor] as const;
    return [name, { ...tensor, data: normalised(tensor.data, width, fit) }] as const;
  });
  return Object.fromEntries(entries);
}

/** A prediction that may be carried out again and again. */
export interface OpenPrediction {
  /** What the outputs hold, by key; where that is not finite, it is told where it came from (not-finite, index-out-of-range). */
  run(given: Readonly<Record<string, GivenTensor>>): Promise<Outcome<Readonly<Record<string, TensorData>>>>;
  close(): void;
}

/** `seed`: of what draws at random even when nothing is trained (noise). */
export async function openPrediction(
  { program, inputs, outputs }: Prediction,
  engine: Engine,
  state: State,
  seed: number,
): Promise<Outcome<OpenPrediction>> {
  const opened: Session[] = [];
  const close = () => {
    for (const { executable } of opened) executable.dispose();
  };
  async function open(of: CompiledProgram): Promise<Session> {
    const session = await openSession(of, engine, { data: [], rows: 'train', seed });
    opened.push(session);
    writeState(session, state);
    return session;
  }
  const give = ({ executable, program: { plan } }: Session, given: Readonly<Record<string, GivenTensor>>) => {
    for (const [name, input] of Object.entries(inputs))
      if (Object.hasOwn(plan.inputs, input)) executable.write(input, given[name]?.data ?? []);
  };
  try {
    const session = await open(program);
    return {
      value: {
        close,
        async run(given) {
          try {
            give(session, given);
            await session.advance(0, 1);
            const read = outputs.map(async (key): Promise<[string, TensorData]> => {
              return [key, (await session.read(key)) as ReadValue];
            });
            const values = await Promise.all(read);
            const bad = values.flatMap(([key, { data }]) =>
              data.every(Number.isFinite) ? [] : [program.values[key] as string],
            );
            const openUnfused = async () => {
              const unfused = await open(program.unfused());
              give(unfused, given);
              return unfused;
            };
            const parts = { sessions: { openUnfused }, session, outputs: bad };
            const found = bad.length > 0 ? await findCulprit(parts, state, 0, 0) : undefined;
            return { value: Object.fromEntries(values), diagnostics: found ? [found.diagnostic] : [] };
          } catch (error) {
            return { diagnostics: [diagnosticOf(error, program.plan)] };
          }
        },
      },
      diagnostics: [],
    };
  } catch (error) {
    close();
    return { diagnostics: [diagnosticOf(error, program.plan)] };
  }
}
