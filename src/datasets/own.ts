/** Data that a document brings itself: its header stands in the document, its numbers come from a DataSource. */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { DataHeader, OwnData } from './dataset.ts';

/** The header as that of any data set. It has no options. */
export const ownHeader = (id: string, own: OwnData): DataHeader => ({
  name: id,
  title: text(id, id),
  doc: text(`${own.rows} rows of the document’s own data.`, `文档自带的数据，共 ${own.rows} 行。`),
  options: z.object({}),
  columns: () =>
    Object.entries(own.columns).map(([name, { shape, axes, classes, names }]) => ({
      name,
      axes: shape.map((size, d) => ({ name: axes?.[d] ?? `d${d + 1}`, size })),
      ...(classes !== undefined && { classes }),
      ...(names?.length === classes && { names }),
    })),
  rows: () => own.rows,
  ...(own.source.format === 'text' && { text: { characters: 'x', next: 'y' } }),
  own,
});
