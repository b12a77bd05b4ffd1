/** What is compared for a node type: its examples, the same with other numbers, each choice of its parameters, and edge cases. */

import { isError } from '../../src/base/diagnostic.ts';
import { keyFrom, normal } from '../../src/base/random.ts';
import type { Example } from '../../src/catalogue/define.ts';
import type { AnyNodeDefinition } from '../../src/catalogue/index.ts';
import { check } from '../../src/compiler/index.ts';
import { axesOf, countOf, exampleGraph } from '../support/example-graph.ts';

/** A node alone, its inputs (numbers where it matters which) and its state. */
export type Setting = Pick<
  Example,
  'params' | 'inputs' | 'state' | 'drawn' | 'ambiguous' | 'notDifferentiable'
> & {
  /** In a few words, where the parameters do not say it. */
  readonly about?: string;
};

/** Edge cases by type: files beside this one, in cases/, each a record called `torchCases`. */
const files: Record<string, { readonly torchCases: Readonly<Record<string, readonly Setting[]>> }> =
  import.meta.glob('./cases/*.ts', { eager: true });
const edgeCases = (type: string): readonly Setting[] =>
  Object.values(files).flatMap(({ torchCases }) => torchCases[type] ?? []);

/** Variants of parameters: every word of a choice and both truths, one parameter changed at a time. */
function variants(definition: AnyNodeDefinition, params: Setting['params'] = {}): Setting['params'][] {
  const shape = definition.params.shape as Record<
    string,
    { def: { type: string; innerType?: unknown }; options?: unknown[] }
  >;
  return Object.entries(shape).flatMap(([name, schema]) => {
    let inner = schema as { def: { type: string; innerType?: unknown }; options?: unknown[] };
    while (['default', 'optional', 'nullable'].includes(inner.def.type))
      inner = inner.def.innerType as typeof inner;
    const choices =
      inner.def.type === 'enum' ? inner.options : inner.def.type === 'boolean' ? [true, false] : [];
    return (choices ?? []).map((choice) => ({ ...params, [name]: choice }));
  });
}

const mostVariants = 24;

export function settingsOf(definition: AnyNodeDefinition): Setting[] {
  const given = [
    ...definition.examples.filter(({ training }) => !training),
    ...edgeCases(definition.type),
  ] as Setting[];
  const varied = given.flatMap((setting) =>
    variants(definition, setting.params).map((params) => ({ ...setting, params })),
  );
  const moved = given
    .filter(({ inputs = {} }) => Object.values(inputs).some(({ values }) => values))
    .map(withOtherNumbers);
  const found = new Map<string, Setting>();
  for (const [i, setting] of [...given, ...moved, ...varied].entries()) {
    if (i >= given.length + moved.length + mostVariants) break;
    const key = JSON.stringify([
      definition.params.safeParse(setting.params ?? {}).data,
      setting.inputs,
      setting.state,
      setting.about,
    ]);
    if (!found.has(key) && isSound(definition, setting)) found.set(key, setting);
  }
  return [...found.values()];
}

const isSound = (definition: AnyNodeDefinition, setting: Setting): boolean =>
  definition.params.safeParse(setting.params ?? {}).success &&
  !check(exampleGraph(definition, { ...setting, expect: {} })).diagnostics.some(isError);

/** Numbers near those of the example, so that they stay positive where they are; labels stay. */
function withOtherNumbers(setting: Setting): Setting {
  const inputs = Object.entries(setting.inputs ?? {}).map(([port, input]) => {
    const { values } = input;
    if (!values || setting.notDifferentiable?.includes(port)) return [port, input] as const;
    const noise = normal(keyFrom(11, port), countOf(axesOf(input.axes)));
    const isPositive = values.every((x) => x > 0);
    const other = values.map(
      (x, i) => x * (1 + 0.1 * Math.tanh(noise[i] as number)) + (isPositive ? 0 : 0.3 * (noise[i] as number)),
    );
    return [port, { ...input, values: other }] as const;
  });
  return { ...setting, inputs: Object.fromEntries(inputs), about: 'other numbers' };
}

/** What a setting is called in the table. */
export function describeSetting(setting: Setting): string {
  const params = Object.entries(setting.params ?? {}).map(
    ([name, value]) => `${name} ${JSON.stringify(value)}`,
  );
  const inputs = Object.entries(setting.inputs ?? {}).map(([port, { axes }]) => `${port} [${axes}]`);
  return [...params, ...inputs, ...(setting.about ? [setting.about] : [])].join(', ');
}
