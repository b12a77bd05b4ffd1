/** The parameters of a node type as a form: in order, with their words, read off the zod schema. */
import { z } from 'zod';
import { type Text, text } from '../base/text.ts';
import type { AnyNodeDefinition } from './define.ts';

export interface Field {
  readonly key: string;
  readonly label: Text;
  readonly doc?: Text;
  /** How to edit it, where its type does not say: axes, names, values, expression, per-axis, json. */
  readonly widget?: string;
  readonly kind: 'number' | 'integer' | 'boolean' | 'choice' | 'text' | 'size' | 'other';
  /** Values of a choice, with their words. */
  readonly choices: readonly { readonly value: string; readonly label: Text }[];
  readonly optional: boolean;
  readonly schema: z.ZodType;
}

interface About {
  readonly label?: Text;
  readonly doc?: Text;
  readonly widget?: string;
  readonly options?: Readonly<Record<string, Text>>;
}

export const fieldsOf = ({ params }: AnyNodeDefinition): Field[] => fieldsIn(params);

/** The same of any record with a schema. */
export function fieldsIn(schema: z.ZodObject): Field[] {
  const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
  return Object.entries(shape).map(([key, schema]) => {
    const { inner, about, optional } = unwrap(schema);
    const named = inner instanceof z.ZodArray ? inner.element : inner;
    const values = named instanceof z.ZodEnum ? named.options.map(String) : [];
    return {
      key,
      label: about.label ?? text(key, key),
      ...(about.doc && { doc: about.doc }),
      ...(about.widget && { widget: about.widget }),
      kind: kindOf(inner),
      choices: values.map((value) => ({ value, label: about.options?.[value] ?? text(value, value) })),
      optional,
      schema,
    };
  });
}

/** The schema under its defaults and options; words may stand on any layer, the outermost counts. */
function unwrap(schema: z.ZodType): { inner: z.ZodType; about: About; optional: boolean } {
  let inner = schema;
  let about: About = (schema.meta() ?? {}) as About;
  let optional = false;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) {
    optional ||= inner instanceof z.ZodOptional;
    inner = inner.unwrap() as z.ZodType;
    about = { ...((inner.meta() ?? {}) as About), ...about };
  }
  return { inner, about, optional };
}

function kindOf(schema: z.ZodType): Field['kind'] {
  if (schema instanceof z.ZodNumber) return schema.isInt ? 'integer' : 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodEnum) return 'choice';
  if (schema instanceof z.ZodString) return 'text';
  // A size is a number, a symbol or an expression; other unions say by their widget how they are written.
  if (schema instanceof z.ZodUnion && schema.options.some((option) => option instanceof z.ZodString))
    return 'size';
  return 'other';
}

/** Whether a value of this schema is a size: a number, or text that names symbols. */
export function isSizeSchema(schema: z.ZodType): boolean {
  const { inner } = unwrap(schema);
  return inner instanceof z.ZodUnion && inner.options.some((option) => option instanceof z.ZodString);
}

/** The schema of an entry of an object, a record or a list; undefined for one that no schema tells. */
export function schemaInside(schema: z.ZodType, key: string | number): z.ZodType | undefined {
  const { inner } = unwrap(schema);
  if (inner instanceof z.ZodObject) return inner.shape[key] as z.ZodType | undefined;
  if (inner instanceof z.ZodRecord) return inner.valueType as z.ZodType;
  return inner instanceof z.ZodArray ? (inner.element as z.ZodType) : undefined;
}
