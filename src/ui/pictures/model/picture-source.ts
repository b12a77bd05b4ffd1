/** What a picture is made of: its kind, its parameters, and what is wired to its inputs, now and before in the run. */
import type { PictureKind } from '../../../catalogue/index.ts';
import type { TensorValue } from '../../../worker/protocol.ts';

export interface WiredValue {
  readonly port: string;
  /** What the wire comes from, in the language of the page. */
  readonly name: string;
  /** Undefined where it has no numbers. */
  readonly value: TensorValue | undefined;
  /** Its recorded values, the first first; the value that is shown stands at `PictureSource.at`. */
  readonly history: readonly TensorValue[];
}

export interface PictureSource {
  readonly kind: PictureKind;
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, WiredValue>>;
  /** Training steps after which the values of the histories were recorded. */
  readonly steps: readonly number[];
  /** Which of them is shown; −1 where none was recorded. */
  readonly at: number;
}

/** A wired input that has numbers. */
export type Known = WiredValue & { readonly value: TensorValue };

const hasValue = (wired: WiredValue): wired is Known => wired.value !== undefined;

export const known = ({ inputs }: PictureSource, port: string): Known | undefined => {
  const wired = inputs[port];
  return wired && hasValue(wired) ? wired : undefined;
};

/** The series a, b, c … that have numbers, in this order. */
export const knownSeries = ({ inputs }: PictureSource): readonly Known[] =>
  Object.values(inputs)
    .filter(({ port }) => /^[a-h]$/.test(port))
    .sort((p, q) => (p.port < q.port ? -1 : 1))
    .filter(hasValue);

/** Names of the series as the user wrote them, else by what is wired in. */
export function namesOf(source: PictureSource, series: readonly Known[]): readonly string[] {
  const written = textOf(source, 'names')
    .split(/[,，;；]/)
    .map((name) => name.trim());
  return series.map(({ port, name }) => written['abcdefgh'.indexOf(port)] || name);
}

export const textOf = ({ params }: PictureSource, key: string): string => {
  const value = params[key];
  return typeof value === 'string' ? value : '';
};

export const numberOf = ({ params }: PictureSource, key: string): number | undefined => {
  const value = params[key];
  return typeof value === 'number' ? value : undefined;
};

export const isSet = ({ params }: PictureSource, key: string): boolean => params[key] === true;
