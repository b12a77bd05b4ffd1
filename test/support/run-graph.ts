/** Computes every port of a small document, by the interpreter or by an engine, for tests. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import { keyFrom } from '../../src/base/random.ts';
import { compile } from '../../src/compiler/index.ts';
import { type CheckSpec, type CompiledProgram, randomKeyInput, stepInput } from '../../src/compiler/types.ts';
import { numbersOf } from '../../src/ir/fill.ts';
import type { PassName } from '../../src/ir/passes/index.ts';
import type { Dtype } from '../../src/ir/plan.ts';
import { elements } from '../../src/ir/program.ts';
import type { Engine, Executable } from '../../src/numeric/engine.ts';
import type { CheckVerdict } from '../../src/runtime/events.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { inspect } from '../../src/runtime/inspect.ts';
import { randomKey } from '../../src/runtime/random-key.ts';
import { readValue } from '../../src/runtime/value-reader.ts';
import { interpret } from './interpret.ts';

export type Values = Readonly<Record<string, ArrayLike<number>>>;
/** A document, compiled: what stands on some ports, or all, with state that overrides first values by name. */
export interface Opened {
  values(state?: Values, ports?: readonly string[]): Promise<Values>;
  close(): void;
}
export type Opener = (document: GraphDocument) => Promise<Opened>;
/** `state` overrides first values by name. */
export type Runner = (document: GraphDocument, state?: Values) => Promise<Values>;
/** What the check node of a document measures. */
export type Checker = (document: GraphDocument) => Promise<CheckVerdict>;
/** What a state holds after each of so many training steps. */
export type Trainer = (document: GraphDocument, state: string, steps: number) => Promise<ArrayLike<number>[]>;

function compiled(document: GraphDocument, dtype: Dtype, without: readonly PassName[] = []) {
  const { value, diagnostics } = compile(document, { dtype, expose: 'all', without });
  if (!value) throw new Error(diagnostics.map((d) => `${d.code} at ${d.node}: ${d.message.en}`).join('\n'));
  return value;
}

/** What a step reads beside the state: of the first seed, without data. */
const feedsOf = (step: number): Values => ({ [randomKeyInput]: randomKey(1, step), [stepInput]: [step] });

/** What stands in for the inputs that nobody gives, and what is drawn for the first seed. */
const standIns = ({ feeds, drawn }: CompiledProgram): Values =>
  Object.fromEntries([
    ...feeds.map(({ name, shape, standIn }) => [name, standIn ?? new Float64Array(elements(shape))] as const),
    ...drawn.map(({ name, shape, fill, stream }) => {
      const key = keyFrom(1, 'tensor', stream);
      return [name, numbersOf({ fill, key }, shape)] as const;
    }),
  ]);

const byTheBook: readonly PassName[] = ['mergeEqual', 'mergeContractions', 'fuseMaps'];

/** The meaning of the lowered program, no planner, no engine, no passes. */
export const openInterpreter: Opener = async (document) => {
  const { forward, state } = compiled(document, 'float64', byTheBook);
  const first = { ...Object.fromEntries(initialise(state, 1)), ...standIns(forward), ...feedsOf(0) };
  return {
    async values(given = {}, ports) {
      const values = interpret(forward.program, { ...first, ...given });
      const outputs = new Map(
        forward.program.outputs.map(({ name, value }) => [name, values[value] as Float64Array]),
      );
      const read = async (name: string, from?: number, to?: number) =>
        (outputs.get(name) as Float64Array).slice(from, to);
      return shownBy(forward, { read }, ports);
    },
    close() {},
  };
};

export const checkByInterpreter: Checker = async (document) => {
  const { checks, state } = compiled(document, 'float64', byTheBook);
  const program = checks as CompiledProgram;
  const inputs = { ...Object.fromEntries(initialise(state, 1)), ...standIns(program), ...feedsOf(0) };
  const values = interpret(program.program, inputs);
  const read = (name = '') =>
    values[program.program.outputs.find((o) => o.name === name)?.value ?? -1]?.[0] as number;
  const [{ node, theory, ...spec }] = program.checks as [CheckSpec];
  const [residual, tolerance] = [read(spec.residual), read(spec.tolerance)];
  const known = theory === undefined ? {} : { theory: read(theory) };
  return { node, value: read(spec.value), ...known, residual, tolerance, met: residual <= tolerance };
};

export const checkByEngine =
  (engine: Engine, dtype: Dtype): Checker =>
  async (document) => {
    const { value } = await inspect(compiled(document, dtype), engine, { checks: true });
    return value?.checks?.[0] as CheckVerdict;
  };

async function shownBy(
  forward: CompiledProgram,
  executable: Pick<Executable, 'read'>,
  ports: readonly string[] = Object.keys(forward.values),
): Promise<Record<string, ArrayLike<number>>> {
  const read = ports.map(async (port) => [port, await readValue(forward, executable, port)] as const);
  return Object.fromEntries((await Promise.all(read)).map(([port, value]) => [port, value?.data ?? []]));
}

export const trainByInterpreter: Trainer = async (document, watched, steps) => {
  const { train, state } = compiled(document, 'float64', byTheBook);
  const { program } = train as NonNullable<typeof train>;
  let now: Values = Object.fromEntries(initialise(state, 1));
  return Array.from({ length: steps }, (_, step) => {
    const values = interpret(program, { ...now, ...standIns(train as CompiledProgram), ...feedsOf(step) });
    const next = program.updates.map((update) => [update.state, values[update.value] as Float64Array]);
    now = { ...now, ...Object.fromEntries(next) };
    return now[watched] as ArrayLike<number>;
  });
};

function write(executable: Executable, values: Values): void {
  for (const [name, data] of Object.entries(values))
    if (Object.hasOwn(executable.plan.inputs, name)) executable.write(name, data);
}

export const openEngine =
  (engine: Engine, dtype: Dtype): Opener =>
  async (document) => {
    const { forward, state } = compiled(document, dtype);
    const executable = await engine.load(forward.plan);
    const first = { ...Object.fromEntries(initialise(state, 1)), ...standIns(forward), ...feedsOf(0) };
    return {
      async values(given = {}, ports) {
        write(executable, { ...first, ...given });
        await executable.advance(1);
        return shownBy(forward, executable, ports);
      },
      close: () => executable.dispose(),
    };
  };

/** Opened for one look. */
export const runBy =
  (open: Opener): Runner =>
  async (document, state) => {
    const opened = await open(document);
    const values = await opened.values(state);
    opened.close();
    return values;
  };

export const byEngine = (engine: Engine, dtype: Dtype): Runner => runBy(openEngine(engine, dtype));

export const trainByEngine =
  (engine: Engine, dtype: Dtype): Trainer =>
  async (document, watched, steps) => {
    const { train, state } = compiled(document, dtype);
    const program = train as CompiledProgram;
    const executable = await engine.load(program.plan);
    write(executable, { ...Object.fromEntries(initialise(state, 1)), ...standIns(program) });
    const after: ArrayLike<number>[] = [];
    for (let step = 0; step < steps; step++) {
      write(executable, feedsOf(step));
      await executable.advance(1);
      after.push(await executable.read(watched));
    }
    executable.dispose();
    return after;
  };
