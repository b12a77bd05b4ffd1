/** Trains documents with blocks on the reference engine, to the bit, for tests that compare loops with what is written out. */
import { expect } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { compile } from '../../src/compiler/index.ts';
import { repeatsOf } from '../../src/compiler/repeat/state-names.ts';
import { type Compiled, randomKeyInput, stepInput } from '../../src/compiler/types.ts';
import { engines } from '../../src/numeric/index.ts';
import type { State } from '../../src/runtime/initialise.ts';
import { randomKey } from '../../src/runtime/random-key.ts';

export function compiled(document: GraphDocument, options: Parameters<typeof compile>[1] = {}): Compiled {
  const { value, diagnostics } = compile(document, { dtype: 'float64', ...options });
  if (!value) throw new Error(diagnostics.map((d) => `${d.code} at ${d.node}: ${d.message.en}`).join('\n'));
  return value;
}

/** State by the name of each repeat. */
export const apart = ({ state }: Compiled, values: State): Map<string, number[]> =>
  new Map(
    state.flatMap((spec) =>
      repeatsOf(spec).map(({ name, from, to }) => [
        name,
        Array.from(values.get(spec.name) as ArrayLike<number>).slice(from, to),
      ]),
    ),
  );

export interface Trained {
  readonly losses: readonly number[];
  readonly state: ReadonlyMap<string, readonly number[]>;
}

/** The loss of each of some steps, and the state after them, on the reference engine. */
export async function train(program: Compiled, first: State, steps = 5): Promise<Trained> {
  const { plan, metrics } = program.train as NonNullable<Compiled['train']>;
  const executable = await (await engines.reference()).load(plan);
  for (const [name, values] of first) if (Object.hasOwn(plan.inputs, name)) executable.write(name, values);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    if (Object.hasOwn(plan.inputs, randomKeyInput)) executable.write(randomKeyInput, randomKey(1, step));
    if (Object.hasOwn(plan.inputs, stepInput)) executable.write(stepInput, [step]);
    await executable.advance(1);
    losses.push(...Array.from(await executable.read(metrics.loss as string)));
  }
  const after = new Map<string, ArrayLike<number>>();
  for (const { name } of program.state)
    after.set(name, Object.hasOwn(plan.inputs, name) ? await executable.read(name) : (first.get(name) ?? []));
  executable.dispose();
  return { losses, state: apart(program, after) };
}

/** `a/3/b.weight`, also within the name of an optimizer's state, as the flat document has it. */
export const flatName = (name: string): string => name.replaceAll('/', '.');

/**
 * The two passes that use laws which hold for numbers and not for floats, and see more where a repeat is written out:
 * `simplify` makes one factor of two, x/2/3 = x/6, and `mergeContractions` one network of two contractions, whose
 * order is then searched as a whole, (AB)C = A(BC). In a loop the factors or matrices of two iterations never stand in
 * one program; written out they do, so no order of sums makes the two forms equal to the bit. All other passes keep
 * each rounding, and so they are on. With these two on as well, the forms agree but for rounding: the next property.
 */
export const without = ['simplify', 'mergeContractions'] as const;

/** Two trainings that are to have the same bits; `nameOf`: what the second calls a tensor of the first. */
export function expectSame(ours: Trained, theirs: Trained, nameOf = (name: string) => name): void {
  expect(ours.losses).toEqual(theirs.losses);
  for (const [name, values] of ours.state) {
    const others = theirs.state.get(nameOf(name));
    // A stack is trained as a whole: an optimizer keeps something for a repeat that no result depends on.
    if (!others && /^opt[.]/.test(name)) continue;
    expect(values, name).toEqual(others);
  }
}
