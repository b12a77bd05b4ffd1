/** What stands in the columns of a table, counted row by row: kinds that are guessed, values, what is missing or broken. */
import { type Decimal, isMissing, readDate, readNumber } from './cells.ts';
import type { Breakage } from './row-reader.ts';

/** What a column is taken for. */
export type FieldKind = 'number' | 'class' | 'date' | 'ignored';

export interface BrokenLine {
  readonly line: number;
  readonly why: Breakage | 'number';
  /** Of a line with other fields than the rest: how many; of a field that is no number: what stands there. */
  readonly found?: number | string;
  /** The column of a field that is no number. */
  readonly field?: string;
}

export interface FieldSurvey {
  readonly name: string;
  readonly kind: FieldKind;
  readonly numbers: number;
  readonly missing: number;
  /** Neither numbers nor missing. */
  readonly others: number;
  /** Values of text by how often they stand, the most frequent first; only where they are not too many to be classes. */
  readonly values?: readonly (readonly [value: string, count: number])[];
  /** Of the numbers. */
  readonly range?: {
    readonly min: number;
    readonly max: number;
    readonly mean: number;
    readonly deviation: number;
  };
  /** Counts in equal parts of the range, of a sample of the numbers. */
  readonly histogram?: readonly number[];
}

export interface TableSurvey {
  readonly fields: readonly FieldSurvey[];
  /** Sound rows. */
  readonly rows: number;
  /** The first rows, as they are written. */
  readonly first: readonly (readonly string[])[];
  /** The first of the lines that are broken. */
  readonly broken: readonly BrokenLine[];
  /** Lines that are left out. */
  readonly leftOut: number;
  /** What is guessed to be told from the others. */
  readonly target?: string;
}

const FIRST_ROWS = 20;
const MOST_TOLD = 100;
const BINS = 20;
/** Of all columns together. */
const MOST_SAMPLED = 2 ** 22;
const MOST_DISTINCT = 200_000;

interface Tally {
  numbers: number;
  integers: number;
  dates: number;
  /** Neither numbers nor missing. */
  texts: number;
  missing: number;
  sum: number;
  squares: number;
  min: number;
  max: number;
  /** Undefined where there are too many. */
  values: Map<string, { count: number; readonly number: number; readonly isDate: boolean }> | undefined;
  sample: number[];
  /** Every so many-th number is in the sample. */
  stride: number;
  /** Fields that are no number, the first few. */
  odd: BrokenLine[];
}

const emptyTally = (): Tally => ({
  numbers: 0,
  integers: 0,
  dates: 0,
  texts: 0,
  missing: 0,
  sum: 0,
  squares: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  values: new Map(),
  sample: [],
  stride: 1,
  odd: [],
});

export interface Surveyor {
  row(fields: readonly string[], line: number): void;
  broken(line: number, why: Breakage, found?: number): void;
  result(): TableSurvey;
}

export function surveyor(names: readonly string[], decimal: Decimal): Surveyor {
  const tallies = names.map(emptyTally);
  const mostSampled = Math.max(64, Math.min(4096, Math.floor(MOST_SAMPLED / names.length)));
  const mostDistinct = Math.max(20, Math.min(1000, Math.floor(MOST_DISTINCT / names.length)));
  const first: (readonly string[])[] = [];
  const broken: BrokenLine[] = [];
  let rows = 0;
  let leftOut = 0;

  function count(tally: Tally, written: string, line: number, name: string): void {
    const known = tally.values?.get(written);
    if (known) {
      known.count++;
      if (known.isDate) tally.dates++;
      if (Number.isNaN(known.number)) tally.texts++;
      else add(tally, known.number);
      return;
    }
    const cell = written.trim();
    if (isMissing(cell)) {
      tally.missing++;
      return;
    }
    const number = readNumber(cell, decimal);
    const isText = Number.isNaN(number);
    // Dates are looked for as long as all texts are some.
    const isDate = isText && tally.dates === tally.texts && !Number.isNaN(readDate(cell));
    if (tally.values) {
      const same = tally.values.get(cell);
      if (same) same.count++;
      else tally.values.set(cell, { count: 1, number, isDate });
      if (tally.values.size > mostDistinct) tally.values = undefined;
    }
    if (isDate) tally.dates++;
    if (!isText) return add(tally, number);
    tally.texts++;
    if (tally.odd.length < 10) tally.odd.push({ line, why: 'number', found: cell.slice(0, 40), field: name });
  }

  function add(tally: Tally, number: number): void {
    if (tally.numbers % tally.stride === 0) {
      tally.sample.push(number);
      if (tally.sample.length >= 2 * mostSampled) {
        tally.sample = tally.sample.filter((_, i) => i % 2 === 0);
        tally.stride *= 2;
      }
    }
    tally.numbers++;
    if (Number.isInteger(number)) tally.integers++;
    tally.sum += number;
    tally.squares += number * number;
    if (number < tally.min) tally.min = number;
    if (number > tally.max) tally.max = number;
  }

  function tellBroken(told: BrokenLine): void {
    leftOut++;
    if (broken.length < MOST_TOLD) broken.push(told);
  }

  return {
    row(fields, line) {
      if (fields.length !== names.length) return tellBroken({ line, why: 'fields', found: fields.length });
      rows++;
      if (first.length < FIRST_ROWS) first.push(fields);
      for (let c = 0; c < fields.length; c++)
        count(tallies[c] as Tally, fields[c] as string, line, names[c] as string);
    },
    broken: (line, why, found) => tellBroken({ line, why, ...(found !== undefined && { found }) }),
    result() {
      const target = guessTarget(names, tallies);
      const kinds = tallies.map((tally, c) => (c === target ? kindOfTarget(tally) : kindOf(tally)));
      const odd = tallies.flatMap((tally, c) => (kinds[c] === 'number' ? tally.odd : []));
      return {
        fields: tallies.map((tally, c) => surveyOf(names[c] as string, tally, kinds[c] as FieldKind)),
        rows,
        first,
        broken: [...broken, ...odd].sort((a, b) => a.line - b.line).slice(0, MOST_TOLD),
        leftOut,
        ...(target !== undefined && { target: names[target] as string }),
      };
    },
  };
}

/** A column of numbers may have a few that are broken. */
function kindOf({ numbers, dates, texts, values }: Tally): FieldKind {
  const present = numbers + texts;
  if (present === 0) return 'ignored';
  if (numbers >= 0.9 * present) return 'number';
  if (dates === texts && texts === present) return 'date';
  // Text that seldom comes again names rows, not classes.
  return values && values.size <= Math.max(2, present / 2) ? 'class' : 'ignored';
}

const targetNames = /^(class|label|labels|target|species|category|y|outcome|klasse|类别|标签|目标|品种)$/i;
const MOST_CLASSES = 20;

/** Whole numbers of which there are few are classes where they are the target. */
function kindOfTarget(tally: Tally): FieldKind {
  const { numbers, integers, texts, values } = tally;
  const areLabels =
    texts === 0 && integers === numbers && values && values.size >= 2 && values.size <= MOST_CLASSES;
  return areLabels && values.size * 5 <= numbers ? 'class' : kindOf(tally);
}

/** A column with a name of targets, else the last text of few values, else the last column. */
function guessTarget(names: readonly string[], tallies: readonly Tally[]): number | undefined {
  const isUsed = (c: number) => kindOf(tallies[c] as Tally) !== 'ignored';
  const all = names.map((_, c) => c).filter(isUsed);
  if (all.length < 2) return undefined;
  const named = all.findLast((c) => targetNames.test((names[c] as string).trim()));
  const text = all.findLast((c) => kindOf(tallies[c] as Tally) === 'class');
  return named ?? text ?? all.at(-1);
}

function surveyOf(name: string, tally: Tally, kind: FieldKind): FieldSurvey {
  const { numbers, missing, values, sum, squares, min, max, sample } = tally;
  const mean = sum / numbers;
  return {
    name,
    kind,
    numbers,
    missing,
    others: tally.texts,
    ...(values && {
      values: [...values].map(([value, { count }]) => [value, count] as const).sort(([, a], [, b]) => b - a),
    }),
    ...(numbers > 0 && {
      range: { min, max, mean, deviation: Math.sqrt(Math.max(0, squares / numbers - mean * mean)) },
      histogram: histogramOf(sample, min, max),
    }),
  };
}

function histogramOf(sample: readonly number[], min: number, max: number): readonly number[] {
  const bins = Array.from({ length: BINS }, () => 0);
  for (const value of sample) {
    const bin = max > min ? Math.min(BINS - 1, Math.floor(((value - min) / (max - min)) * BINS)) : 0;
    bins[bin] = (bins[bin] as number) + 1;
  }
  return bins;
}
