/**
 * A data set: named columns of rows. What the checker must know (columns, sizes, how many rows) is its
 * header, at once; the numbers come later, lazily, the same on every host.
 */
import type { z } from 'zod';
import type { Text } from '../base/text.ts';

export interface Column {
  readonly name: string;
  /** Axes of one row, after the batch axis. A label column has none. */
  readonly axes: readonly { readonly name: string; readonly size: number }[];
  /** Set when the numbers are class labels 0 … classes − 1. */
  readonly classes?: number;
  /** What the classes are called, in their order. */
  readonly names?: readonly string[];
}

/** Columns of text: characters, and to each the one that follows, as a model of language reads and tells them. */
export interface TextColumns {
  readonly characters: string;
  readonly next: string;
  /** The class of the mark that every row begins with, and that follows its last character. */
  readonly mark?: number;
  /** The class behind that, which is no character. */
  readonly padding?: number;
}

/** As it stands in a document under `data`. */
export interface OwnData {
  /** Of the bytes that the columns are read from, in hexadecimal. */
  readonly sha256: string;
  readonly rows: number;
  readonly columns: Readonly<
    Record<
      string,
      {
        /** Of one row. */
        readonly shape: readonly number[];
        /** Names of its axes. */
        readonly axes?: readonly string[] | undefined;
        /** Set when the numbers are class labels 0 … classes − 1. */
        readonly classes?: number | undefined;
        /** What the classes are called, in their order. */
        readonly names?: readonly string[] | undefined;
      }
    >
  >;
  /** Where the bytes are to be had: what a source of this kind needs to find them. */
  readonly source: { readonly kind: string; readonly [key: string]: unknown };
}

export interface DataHeader<S extends z.ZodObject = z.ZodObject> {
  readonly name: string;
  readonly title: Text;
  /** What it is, in a sentence, and whom to credit (with the licence). */
  readonly doc: Text;
  readonly options: S;
  columns(options: z.output<S>): readonly Column[];
  rows(options: z.output<S>): number;
  /** How many rows, one after the other, make a whole that no split may part, such as one trajectory: 1 when left out. */
  rowsOfGroup?(options: z.output<S>): number;
  /** Set where rows are text. */
  readonly text?: TextColumns;
  /** Set for data of the document. */
  readonly own?: OwnData;
}

/** A set of the product: its numbers are at hand. */
export interface DataSet<S extends z.ZodObject = z.ZodObject> extends DataHeader<S> {
  /** Column name → row-major numbers, rows(options) rows each. */
  load(options: z.output<S>): Promise<Readonly<Record<string, Float32Array>>>;
}

export const defineDataSet = <S extends z.ZodObject>(dataset: DataSet<S>): DataSet<S> => dataset;
