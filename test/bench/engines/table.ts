/** Rows of figures as people read them, and as machines do. */
import type { Names } from './contender.ts';
import { median } from './statistics.ts';

/** What was measured of one workload: seconds per step of each contender, round by round. */
export interface Measured {
  readonly name: string;
  readonly flops: number;
  readonly seconds: Readonly<Record<string, readonly number[]>>;
  /** Why a contender has no times: wrong numbers, or a refusal. */
  readonly faults: Readonly<Record<string, string>>;
}

export interface Row {
  readonly name: string;
  readonly stepsPerSecond: number | null;
  /** How many times as fast as the other, by processor time where both tell; null where there is nothing to compare. */
  readonly ratioToTorch: number | null;
  readonly ratioToBefore: number | null;
  readonly ratioToBestJs: number | null;
  /** Of the matrix products' operations, of what fused multiply-adds on registers reach. */
  readonly shareOfCeiling: number | null;
  readonly torchStepsPerSecond: number | null;
  readonly bestJs: string | null;
  readonly stepsPerSecondOf: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, string>>;
}

export const OURS: Names = 'tensorloom';
/** Our engine in another checkout. */
export const BEFORE = 'before';
export type Contestant = Names | typeof BEFORE;

/**
 * The form of timings that counts processor time. Ratios and the share of the ceiling are by it: on a machine
 * that is used by others the clock tells most of all how processors were shared out.
 */
export const PROCESSOR = 'processor';

/** `ceiling` in floating-point operations a second of processor time. */
export function rowOf({ name, flops, seconds, faults }: Measured, ceiling: number): Row {
  const medians = Object.fromEntries(
    Object.entries(seconds)
      .filter(([, rounds]) => rounds.length > 0)
      .map(([contender, rounds]) => [contender, median(rounds)]),
  );
  const clocked = Object.entries(medians).filter(([contender]) => !contender.endsWith(` ${PROCESSOR}`));
  const rates = Object.fromEntries(clocked.map(([contender, time]) => [contender, 1 / time]));
  const processorOf = (contender: string): number | undefined => medians[`${contender} ${PROCESSOR}`];
  const processor = processorOf(OURS);
  const over = (other: string): number | null => {
    const [ours, theirs] = [medians[OURS], medians[other]];
    if (ours === undefined || theirs === undefined) return null;
    const used = processorOf(other);
    return processor === undefined || used === undefined ? theirs / ours : used / processor;
  };
  const scripts = Object.keys(rates).filter(
    (contender) => contender !== OURS && contender !== BEFORE && !contender.startsWith('torch'),
  );
  const bestJs = scripts.reduce<string | null>(
    (best, next) => (best === null || (rates[next] as number) > (rates[best] as number) ? next : best),
    null,
  );
  return {
    name,
    stepsPerSecond: rates[OURS] ?? null,
    ratioToTorch: over('torch'),
    ratioToBefore: over(BEFORE),
    ratioToBestJs: bestJs === null ? null : over(bestJs),
    shareOfCeiling: processor === undefined || flops === 0 ? null : flops / processor / ceiling,
    torchStepsPerSecond: rates.torch ?? null,
    bestJs,
    stepsPerSecondOf: rates,
    faults,
  };
}

const figure = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : value >= 1000 ? value.toFixed(0) : value.toPrecision(3);

const headings = ['workload', 'steps/s', 'torch', 'ratio', 'best other JavaScript', 'ratio', 'of ceiling'];

export function tableText(rows: readonly Row[]): string {
  if (rows.some((row) => row.ratioToBefore !== null)) return comparisonText(rows);
  const cells = rows.map((row) => [
    row.name,
    OURS in row.faults ? 'WRONG' : figure(row.stepsPerSecond),
    figure(row.torchStepsPerSecond),
    figure(row.ratioToTorch),
    row.bestJs === null ? '–' : `${row.bestJs} ${figure(row.stepsPerSecondOf[row.bestJs])}`,
    figure(row.ratioToBestJs),
    row.shareOfCeiling === null ? '–' : `${(100 * row.shareOfCeiling).toFixed(0)} %`,
  ]);
  return columns([headings, ...cells]);
}

const comparisonText = (rows: readonly Row[]): string =>
  columns([
    ['workload', 'steps/s', BEFORE, 'ratio', 'of ceiling'],
    ...rows.map((row) => [
      row.name,
      OURS in row.faults ? 'WRONG' : figure(row.stepsPerSecond),
      figure(row.stepsPerSecondOf[BEFORE]),
      figure(row.ratioToBefore),
      row.shareOfCeiling === null ? '–' : `${(100 * row.shareOfCeiling).toFixed(0)} %`,
    ]),
  ]);

/** The first column to the left, the others to the right; the last too is to the left where it is text. */
export function columns(rows: readonly (readonly string[])[], lastIsText = false): string {
  const count = rows[0]?.length ?? 0;
  const widths = Array.from({ length: count }, (_, c) => Math.max(...rows.map((row) => row[c]?.length ?? 0)));
  const toLeft = (c: number) => c === 0 || (lastIsText && c === count - 1);
  const line = (row: readonly string[]) =>
    row.map((cell, c) => (toLeft(c) ? cell.padEnd(widths[c] ?? 0) : cell.padStart(widths[c] ?? 0)));
  return rows.map((row) => line(row).join('  ').trimEnd()).join('\n');
}
