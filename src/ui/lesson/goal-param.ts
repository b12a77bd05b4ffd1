/** The parameter that a goal speaks of, which may stand inside of a list or a record: `values.0`, `axes.1.size`. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { PathText } from '../../base/path.ts';
import type { Locale } from '../../base/text.ts';
import { visible } from '../../base/visible.ts';
import { type Field, fieldsOf, schemaInside } from '../../catalogue/fields.ts';
import { registryOf } from '../../catalogue/index.ts';
import { nodeAt } from '../../document/levels.ts';
import { nodeTitle } from '../parts/node-title.ts';
import { valueAt, withAt } from './json-at.ts';

export interface GoalParam {
  /** As the inspector has it; of a number inside of something a field of its own. */
  readonly field: Field;
  readonly value: unknown;
  /** What it is called: of the one number that a node holds, by the node. */
  readonly title: string;
  /** The key of the node's parameter, and that with another value in it. */
  readonly key: string;
  with(value: unknown): unknown;
}

const keysOf = (param: string): readonly (string | number)[] =>
  param.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));

/** Undefined for a node that is not there, or has no such parameter. */
export function goalParam(
  document: GraphDocument,
  path: PathText,
  param: string,
  locale: Locale,
): GoalParam | undefined {
  const node = nodeAt(document, path);
  const definition = node && registryOf(document).of(node);
  const [key = '', ...inside] = keysOf(param);
  const root = definition && fieldsOf(definition).find((field) => field.key === key);
  if (!node || !root) return undefined;
  const whole = node.params[key] ?? root.schema.safeParse(undefined).data;
  const value = valueAt(whole, inside);
  const schema = inside.reduce<Field['schema'] | undefined>(
    (at, k) => at && schemaInside(at, k),
    root.schema,
  );
  const own = `“${nodeTitle(document, path, locale)}”`;
  if (inside.length === 0)
    return { field: root, value, title: root.label[locale], key: root.key, with: (next) => next };
  if (!schema) return undefined;
  const kind =
    typeof value === 'number' ? (Number.isInteger(value) && isSize(param) ? 'size' : 'number') : 'other';
  return {
    field: { key: param, label: root.label, kind, choices: [], optional: false, schema },
    value,
    title: titleInside(whole, param, root.label[locale], own),
    key: root.key,
    with: (next) => withAt(whole, inside, next),
  };
}

const isSize = (param: string): boolean => /^axes\.\d+\.size$/.test(param);

/** The size of an axis goes by the axis, a number among several by its place or name, the only one by its node. */
function titleInside(whole: unknown, param: string, label: string, own: string): string {
  const [, place = '', part] = param.split('.');
  const axis = isSize(param) ? valueAt(whole, [Number(place), 'name']) : undefined;
  if (typeof axis === 'string') return visible(axis);
  if (Array.isArray(whole) && whole.length === 1 && part === undefined) return own;
  return Array.isArray(whole) ? `${label} ${Number(place) + 1}` : visible(place);
}
