/** A document that data of its own are added to, and a node that brings their rows. */
import type { DataRecord, GraphDocument, GraphNode } from '../../graph-schema/document.ts';

/** Of a new batch dimension. */
const BATCH = 32;

/** A name that is not taken: `rows`, `rows2`. */
export function freeName(wanted: string, taken: Readonly<Record<string, unknown>> | undefined): string {
  const name = wanted.slice(0, 100) || 'data';
  if (!taken || !Object.hasOwn(taken, name)) return name;
  for (let n = 2; ; n++) if (!Object.hasOwn(taken, `${name}${n}`)) return `${name}${n}`;
}

/** The name of a file without its folder and ending. */
export const stemOf = (path: string): string => {
  const file = path.split('/').at(-1) ?? path;
  return file.replace(/\.[^.]*$/, '') || file;
};

/** At most so many rows are held back where nobody says how many: all of them are evaluated at once. */
const MOST_HELD_BACK = 20_000;

/** The share of rows to hold back: a fifth, and less of very many, in one significant digit. */
export function shareHeldBack(rows: number): number {
  return 0.2 * rows <= MOST_HELD_BACK ? 0.2 : Number((MOST_HELD_BACK / rows).toPrecision(1));
}

/** How a node takes rows of such data: with classes in proportion, in the order or by the groups that they name. */
export function ownDataNode(id: string, { rows, columns, source }: DataRecord): GraphNode {
  const { table } = source as { table?: { group?: unknown; order?: unknown } };
  const hasLabel = Object.values(columns).some(({ shape, classes }) => classes && shape.length === 0);
  const splitBy = table?.group ? 'group' : table?.order ? 'order' : hasLabel ? 'stratified' : 'random';
  const normalise = table ? { normalise: 'standard' } : {};
  return {
    type: 'dataset',
    params: { data: id, batch: 'B', test: shareHeldBack(rows), splitBy, ...normalise },
  };
}

/** The document with the data under a name like `wanted`, and a node of them in an empty place. */
export function withOwnData(
  document: GraphDocument,
  wanted: string,
  record: DataRecord,
): { readonly document: GraphDocument; readonly id: string; readonly node: string } {
  const id = freeName(wanted, document.data);
  const node = freeName(wanted, document.nodes);
  const below = Object.values(document.layout.nodes).map(({ y }) => y);
  return {
    id,
    node,
    document: {
      ...document,
      dims: Object.hasOwn(document.dims, 'B') ? document.dims : { ...document.dims, B: BATCH },
      nodes: { ...document.nodes, [node]: ownDataNode(id, record) },
      data: { ...document.data, [id]: record },
      layout: {
        ...document.layout,
        nodes: { ...document.layout.nodes, [node]: { x: 0, y: Math.max(-220, ...below) + 220 } },
      },
    },
  };
}
