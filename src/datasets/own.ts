/** Data that a document brings itself: its header stands in the document, its numbers come from a DataSource. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { DataHeader } from './dataset.ts';

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
      }
    >
  >;
  /** Where the bytes are to be had: what a source of this kind needs to find them. */
  readonly source: { readonly kind: string; readonly [key: string]: unknown };
}

/** The header as that of any data set. It has no options. */
export const ownHeader = (id: string, own: OwnData): DataHeader => ({
  name: id,
  title: text(id, id),
  doc: text(`${own.rows} rows of the document’s own data.`, `文档自带的数据，共 ${own.rows} 行。`),
  options: z.object({}),
  columns: () =>
    Object.entries(own.columns).map(([name, { shape, axes, classes }]) => ({
      name,
      axes: shape.map((size, d) => ({ name: axes?.[d] ?? `d${d + 1}`, size })),
      ...(classes !== undefined && { classes }),
    })),
  rows: () => own.rows,
  own,
});
