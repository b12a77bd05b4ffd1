/** How columns of numbers are made of a table: what a document keeps beside the table's checksum. */
import { z } from 'zod';
import type { Column } from '../dataset.ts';
import { encodings } from './decode.ts';
import { MOST_COLUMNS } from './row-reader.ts';
import type { TableForm } from './sniff.ts';
import type { FieldKind, TableSurvey } from './survey.ts';

const name = z.string().max(1000);
export const MOST_CLASSES = 1000;

export const recipeSchema = z.object({
  encoding: z.enum(encodings).default('utf-8'),
  delimiter: z.string().length(1),
  decimal: z.enum(['.', ',']).default('.'),
  /** Whether the first row names the columns. */
  header: z.boolean().default(true),
  /** Columns as they stand in the file. */
  fields: z
    .array(
      z.object({
        name,
        as: z.enum(['number', 'class', 'date', 'ignored']),
        /** Of a class: its values, in the order of their numbers. */
        values: z.array(name).max(MOST_CLASSES).optional(),
      }),
    )
    .min(1)
    .max(MOST_COLUMNS),
  /** The field that the others are to tell. */
  target: name.optional(),
  /** The field by which rows belong together, and the one that orders them: for splits. */
  group: name.optional(),
  order: name.optional(),
  /** What becomes of a row in which a field is missing: it is left out, or the mean of the training rows stands in. */
  missing: z.enum(['drop', 'mean']).default('drop'),
  /** So many of the sound rows, chosen at random by a seed; all where left out. */
  sample: z.object({ rows: z.int().min(1), of: z.int().min(1), seed: z.int().min(0) }).optional(),
});

export type TableRecipe = z.output<typeof recipeSchema>;
export type RecipeField = TableRecipe['fields'][number];

/** Numbers that a field takes in a row of inputs: one for each value of a class. */
export const widthOf = ({ as, values = [] }: RecipeField): number => (as === 'class' ? values.length : 1);

/** Fields that are inputs, in their order. A date is one where it is taken for a number, of days since 1970. */
export const inputsOf = ({ fields, target, group, order }: TableRecipe): readonly RecipeField[] =>
  fields.filter(
    ({ name, as }) => (as === 'number' || as === 'class') && ![target, group, order].includes(name),
  );

export const targetOf = ({ fields, target }: TableRecipe): RecipeField | undefined =>
  fields.find(({ name, as }) => name === target && (as === 'number' || as === 'class'));

/** `x`, all inputs side by side, and `y`, the target: a class, or one number. */
export function columnsOf(recipe: TableRecipe): readonly Column[] {
  const width = inputsOf(recipe).reduce((sum, field) => sum + widthOf(field), 0);
  const target = targetOf(recipe);
  const x: readonly Column[] = width > 0 ? [{ name: 'x', axes: [{ name: 'f', size: width }] }] : [];
  if (!target) return x;
  const { as, values = [] } = target;
  const y: Column =
    as === 'class'
      ? { name: 'y', axes: [], classes: values.length, names: values }
      : { name: 'y', axes: [{ name: 'o', size: 1 }] };
  return [...x, y];
}

const isNumber = (value: string): boolean => value.trim() !== '' && Number.isFinite(Number(value));

/** Numbers by their size, else by code points: the same on every host. */
export function inOrder(values: readonly string[]): string[] {
  const sorted = [...values];
  if (sorted.every(isNumber)) return sorted.sort((a, b) => Number(a) - Number(b) || (a < b ? -1 : 1));
  return sorted.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

export interface Choices {
  /** By field; those that are guessed where left out. */
  readonly kinds?: Readonly<Record<string, FieldKind>>;
  /** Null: nothing. */
  readonly target?: string | null | undefined;
  readonly group?: string | undefined;
  readonly order?: string | undefined;
  readonly missing?: TableRecipe['missing'];
  /** At most so many rows, chosen at random. */
  readonly sample?: number | undefined;
}

/** The same file and the same number give the same rows. */
const SAMPLE_SEED = 1;

/** A recipe out of what was found and what somebody chose. */
export function recipeFor(
  survey: TableSurvey,
  form: TableForm & Pick<TableRecipe, 'encoding'>,
  { kinds = {}, target, group, order, missing = 'drop', sample = survey.rows }: Choices = {},
): TableRecipe {
  const chosen = target === null ? undefined : (target ?? survey.target);
  const fields = survey.fields.map(({ name, kind, values }): RecipeField => {
    const as = Object.hasOwn(kinds, name)
      ? (kinds[name] as FieldKind)
      : name === order && kind === 'ignored'
        ? 'date'
        : kind;
    if (as !== 'class') return { name, as };
    return { name, as, values: inOrder((values ?? []).map(([value]) => value)).slice(0, MOST_CLASSES) };
  });
  return {
    ...form,
    fields,
    ...(chosen !== undefined && { target: chosen }),
    ...(group !== undefined && { group }),
    ...(order !== undefined && { order }),
    missing,
    ...(sample < survey.rows && { sample: { rows: sample, of: survey.rows, seed: SAMPLE_SEED } }),
  };
}
