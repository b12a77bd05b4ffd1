/**
 * Sweeps: one document with other values for a few of its settings, one variant for each combination. A setting is
 * written as people say it: `adam.rate`, `encoder/attention.heads`, a size `B`, `seed`.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { nearest } from '../base/nearest.ts';
import type { PathText } from '../base/path.ts';
import { fieldsOf } from '../catalogue/fields.ts';
import { registryOf } from '../catalogue/index.ts';
import { edited } from './apply-edits.ts';
import { allPlaces, nodeAt, pathAt } from './levels.ts';

export type SettingRef =
  | { readonly kind: 'param'; readonly node: PathText; readonly key: string }
  | { readonly kind: 'dim'; readonly name: string }
  | { readonly kind: 'seed' };

export type SettingValue = number | string | boolean;

/** A setting as it is written, and the values that it takes. */
export interface SweptSetting {
  readonly written: string;
  readonly setting: SettingRef;
  readonly values: readonly SettingValue[];
}

export interface Variant {
  /** By the settings as they are written. */
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly document: GraphDocument;
}

/** What a text names in a document; where it is nothing, the nearest that there is. */
export function findSetting(
  document: GraphDocument,
  written: string,
): SettingRef | { readonly nearest: string | undefined } {
  const found = settingsIn(document).find(([name]) => name === written)?.[1];
  if (found) return found;
  const names = settingsIn(document).map(([name]) => ({ name, also: [] }));
  return { nearest: nearest(written, names) };
}

/** All settings of a document, by what they are written as: sizes, parameters of nodes by path and by label. */
export function settingsIn(document: GraphDocument): readonly (readonly [string, SettingRef])[] {
  const registry = registryOf(document);
  const params = allPlaces(document).flatMap((place) => {
    const path = pathAt(document, place);
    const node = nodeAt(document, path);
    const definition = node && registry.of(node);
    if (!definition) return [];
    const names = node.label ? [path, node.label] : [path];
    return fieldsOf(definition).flatMap(({ key }) =>
      names.map((name) => [`${name}.${key}`, { kind: 'param', node: path, key }] as const),
    );
  });
  const dims = Object.keys(document.dims).map((name) => [name, { kind: 'dim', name }] as const);
  return [['seed', { kind: 'seed' }], ...dims, ...params];
}

/** How many variants there are: the product over the settings. */
export const countVariants = (settings: readonly SweptSetting[]): number =>
  settings.reduce((n, { values }) => n * values.length, 1);

/** Every combination, the last setting varying fastest. */
export function variantsOf(document: GraphDocument, settings: readonly SweptSetting[]): readonly Variant[] {
  return settings.reduce<readonly Variant[]>(
    (variants, { written, setting, values }) =>
      variants.flatMap((variant) =>
        values.map((value) => ({
          settings: { ...variant.settings, [written]: value },
          document: withSetting(variant.document, setting, value),
        })),
      ),
    [{ settings: {}, document }],
  );
}

export function withSetting(
  document: GraphDocument,
  setting: SettingRef,
  value: SettingValue,
): GraphDocument {
  if (setting.kind === 'param')
    return edited(document, [{ edit: 'setParam', node: setting.node, key: setting.key, value }]);
  const number = typeof value === 'number' ? value : Number.NaN;
  if (setting.kind === 'dim') return { ...document, dims: { ...document.dims, [setting.name]: number } };
  return { ...document, run: { ...document.run, seed: number } };
}

/** `0.001,0.01` or `relu,tanh`: numbers and booleans as such, everything else as text. */
export function readValues(text: string): readonly SettingValue[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      if (part === 'true' || part === 'false') return part === 'true';
      const number = Number(part);
      return Number.isFinite(number) ? number : part;
    });
}
