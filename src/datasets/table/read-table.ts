/** Numbers out of a table by its recipe, row by row. */
import { keyFrom, placeBelow } from '../../base/random.ts';
import { isMissing, readDate, readNumber } from './cells.ts';
import { type Bytes, decoded } from './decode.ts';
import { inputsOf, type RecipeField, type TableRecipe, targetOf, widthOf } from './recipe.ts';
import { rowReader } from './row-reader.ts';

export interface ReadTable {
  readonly rows: number;
  /** Row-major: `x`, and `y` where there is a target. NaN where a field is missing and the recipe keeps its row. */
  readonly columns: Readonly<Record<string, Float32Array>>;
  /** By row, where the recipe names such fields: rows of one number belong together; rows are ordered by this. */
  readonly groups?: Float64Array;
  readonly order?: Float64Array;
  /** Rows that are left out because a field is missing. */
  readonly dropped: number;
}

export interface TableReading {
  /** Room is made for so many rows; further ones are only counted. */
  readonly most?: number;
}

/** A field that is read: where it stands in the file, and its numbers in a row of inputs. */
interface Slot {
  readonly field: RecipeField;
  at: number;
  readonly offset: number;
  /** NaN where the cell is missing or cannot be. */
  read(cell: string): number;
}

function slotOf(field: RecipeField, { fields, decimal }: TableRecipe, offset = 0): Slot {
  const codes = new Map(field.values?.map((value, code) => [value, code]));
  return {
    field,
    at: fields.indexOf(field),
    offset,
    read(cell) {
      // What is missing is neither a class nor a number.
      if (field.as === 'class') return codes.get(cell) ?? codes.get(cell.trim()) ?? Number.NaN;
      const number = field.as === 'date' ? Number.NaN : readNumber(cell, decimal);
      return Number.isNaN(number) ? readDate(cell) : number;
    },
  };
}

function inputSlots(recipe: TableRecipe): { readonly slots: readonly Slot[]; readonly width: number } {
  let width = 0;
  const slots = inputsOf(recipe).map((field) => {
    const slot = slotOf(field, recipe, width);
    width += widthOf(field);
    return slot;
  });
  return { slots, width };
}

/** A class is one number 1 among zeros. */
function put(x: Float32Array, at: number, { field, offset }: Slot, value: number): void {
  if (field.as !== 'class') x[at + offset] = value;
  else if (Number.isNaN(value)) x.fill(value, at + offset, at + offset + widthOf(field));
  else x[at + offset + value] = 1;
}

/** Rejects with NotThisEncoding. */
export async function readTable(
  bytes: Bytes,
  recipe: TableRecipe,
  { most = 0 }: TableReading = {},
): Promise<ReadTable> {
  const { slots, width } = inputSlots(recipe);
  const slotNamed = (name: string | undefined) => {
    const field = recipe.fields.find((other) => other.name === name);
    return field && slotOf(field, recipe);
  };
  const target = targetOf(recipe) && slotNamed(recipe.target);
  const order = slotNamed(recipe.order);
  const group = slotNamed(recipe.group);
  const x = new Float32Array(most * width);
  const y = target && new Float32Array(most);
  const orders = order && new Float64Array(most);
  const groups = group && new Float64Array(most);
  const groupOf = numbering();
  const values = new Float64Array(slots.length);
  const isChosen = sampling(recipe);
  let [rows, dropped, isHeader] = [0, 0, recipe.header];

  function take(fields: readonly string[]): void {
    const label = target ? target.read(fields[target.at] as string) : 0;
    const place = order ? order.read(fields[order.at] as string) : 0;
    slots.forEach((slot, i) => {
      values[i] = slot.read(fields[slot.at] as string);
    });
    // The mean stands in for inputs alone: a row without what it is to tell teaches nothing.
    if (Number.isNaN(label + place) || (recipe.missing === 'drop' && values.some(Number.isNaN))) {
      dropped++;
      return;
    }
    if (rows < most) {
      slots.forEach((slot, i) => {
        put(x, rows * width, slot, values[i] as number);
      });
      if (y) y[rows] = label;
      if (orders) orders[rows] = place;
      if (group && groups) groups[rows] = groupOf(fields[group.at] as string);
    }
    rows++;
  }

  const reader = rowReader(recipe.delimiter, {
    broken: () => {},
    row(fields) {
      if (isHeader) isHeader = false;
      else if (fields.length === recipe.fields.length && isChosen()) take(fields);
    },
  });
  for await (const text of decoded(bytes, recipe.encoding)) reader.push(text);
  reader.end();
  return {
    rows,
    columns: { ...(width > 0 && { x }), ...(y && { y }) },
    ...(groups && { groups }),
    ...(orders && { order: orders }),
    dropped,
  };
}

/**
 * Says of each row in turn whether it is in the sample: each with the chance that those which are still wanted have among
 * those which still come, so that there are exactly as many as wanted, and all sets of them equally likely (Knuth, The
 * Art of Computer Programming 2, section 3.4.2, algorithm S).
 */
function sampling({ sample }: TableRecipe): () => boolean {
  if (!sample) return () => true;
  const { rows, of, seed } = sample;
  const key = keyFrom(seed, 'sample');
  let [seen, taken] = [0, 0];
  return () => {
    const isChosen = placeBelow(key, seen, Math.max(1, of - seen)) < rows - taken;
    seen++;
    if (isChosen) taken++;
    return isChosen;
  };
}

/** Numbers for texts, in the order in which they come. */
function numbering(): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const number = known.get(text) ?? known.size;
    known.set(text, number);
    return number;
  };
}

/** Rows of inputs for a trained graph, and the lines in which they stand; or what is wrong with the file. */
export type RowsToPredict =
  | { readonly rows: number; readonly x: Float32Array; readonly lines: readonly number[] }
  | { readonly missingField: string }
  | { readonly wrongWidth: { readonly line: number; readonly found: number; readonly wanted: number } }
  | { readonly unknown: { readonly line: number; readonly field: string; readonly cell: string } };

/**
 * Inputs out of another table with the same columns, found by their names, the target and what else is not an input
 * left out or not. Without a header they stand as in the recipe; the target may be left out at the end.
 */
export function rowsToPredict(text: string, recipe: TableRecipe): RowsToPredict {
  const { slots, width } = inputSlots(recipe);
  const numbers: number[] = [];
  const lines: number[] = [];
  let wrong: RowsToPredict | undefined;
  let columns: number | undefined;

  function takeHeader(fields: readonly string[]): void {
    const names = columnNames(fields);
    columns = fields.length;
    for (const slot of slots) {
      slot.at = names.indexOf(slot.field.name);
      if (slot.at < 0) wrong ??= { missingField: slot.field.name };
    }
  }
  function take(fields: readonly string[], line: number): void {
    const row = new Float32Array(width);
    for (const slot of slots) {
      const cell = fields[slot.at] as string;
      const value = slot.read(cell);
      if (Number.isNaN(value) && !(isMissing(cell) && recipe.missing === 'mean'))
        wrong ??= { unknown: { line, field: slot.field.name, cell: cell.slice(0, 40) } };
      else put(row, 0, slot, value);
    }
    for (const value of row) numbers.push(value);
    lines.push(line);
  }

  const tell = (line: number, found: number) => {
    wrong ??= { wrongWidth: { line, found, wanted: columns ?? recipe.fields.length } };
  };
  const reader = rowReader(recipe.delimiter, {
    broken: (line) => tell(line, 0),
    row(fields, line) {
      if (wrong) return;
      if (columns === undefined && recipe.header) return takeHeader(fields);
      columns ??= widthWithoutNames(recipe, fields.length);
      if (fields.length !== columns) tell(line, fields.length);
      else take(fields, line);
    },
  });
  reader.push(text);
  reader.end();
  return wrong ?? { rows: lines.length, x: Float32Array.from(numbers), lines };
}

/** Rows to predict for may leave out the last field, where that is the target. */
const widthWithoutNames = ({ fields, target }: TableRecipe, found: number): number =>
  found === fields.length - 1 && fields.at(-1)?.name === target ? found : fields.length;

/** Names of columns: those of the header, made different where two are equal, and given where one is empty. */
export function columnNames(header: readonly string[]): string[] {
  const taken = new Set<string>();
  return header.map((cell, c) => {
    const written = cell.trim().slice(0, 200) || `column ${c + 1}`;
    let name = written;
    for (let n = 2; taken.has(name); n++) name = `${written} (${n})`;
    taken.add(name);
    return name;
  });
}
