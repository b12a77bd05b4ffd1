/** Small graphs and files, written shortly: what the examples of codes are made with. */
import { emptyDocument, FORMAT, type GraphDocument, VERSION } from '../../../graph-schema/document.ts';
import type { Json } from '../../base/edit.ts';
import { type Text, text } from '../../base/text.ts';

export type Provocation =
  /** Checking this graph says it. */
  | { readonly by: 'check'; readonly document: GraphDocument }
  /** Compiling it does. */
  | { readonly by: 'compile'; readonly document: GraphDocument; readonly memoryLimit?: number }
  /** Reading this text as a graph does. */
  | { readonly by: 'file'; readonly text: string }
  /** It arises elsewhere. */
  | { readonly by: 'elsewhere'; readonly where: Text };

type Nodes = Readonly<
  Record<string, { readonly type: string; readonly params?: Readonly<Record<string, Json>> }>
>;

/** `wires`: 'a.out > b.x'. Nodes stand in a row, a bit lower from one to the next. */
export function sketch(
  nodes: Nodes,
  wires: readonly string[] = [],
  dims: GraphDocument['dims'] = {},
): GraphDocument {
  const ids = Object.keys(nodes);
  const end = (written: string) => {
    const [node = '', port = ''] = written.trim().split('.');
    return { node, port };
  };
  return {
    ...emptyDocument('example'),
    dims,
    nodes: Object.fromEntries(
      Object.entries(nodes).map(([id, { type, params = {} }]) => [
        id,
        { type, params: params as GraphDocument['nodes'][string]['params'] },
      ]),
    ),
    edges: Object.fromEntries(
      wires.map((wire, i) => {
        const [from = '', to = ''] = wire.split('>');
        return [`e${i + 1}`, { from: end(from), to: end(to) }];
      }),
    ),
    layout: { nodes: Object.fromEntries(ids.map((id, i) => [id, { x: i * 260, y: (i % 2) * 120 }])) },
  };
}

/** `i 3, j 4` */
export const axes = (written: string): Json =>
  written.split(',').map((axis) => {
    const [name = '', size = ''] = axis.trim().split(' ');
    return { name, size: /^\d+$/.test(size) ? Number(size) : size };
  });
export const tensor = (written: string) => ({
  type: 'tensor',
  params: { axes: axes(written), fill: 'normal' },
});
export const parameter = (written: string) => ({ type: 'parameter', params: { axes: axes(written) } });
export const digits = { type: 'dataset' };
export const linear = (units: number, name = 'h') => ({ type: 'linear', params: { units, name } });

export const check = (
  nodes: Nodes,
  wires: readonly string[] = [],
  dims: GraphDocument['dims'] = {},
): Provocation => ({
  by: 'check',
  document: sketch(nodes, wires, dims),
});
interface Sketch {
  readonly nodes?: Nodes;
  readonly wires?: readonly string[];
  readonly dims?: GraphDocument['dims'];
}

/** A document with blocks. */
export function blocks(
  nodes: Nodes,
  drawings: Readonly<Record<string, Sketch>>,
  wires: readonly string[] = [],
): Provocation {
  const drawn = ([id, { nodes: inner = {}, wires: ties = [], dims = {} }]: [string, Sketch]) => {
    const { nodes, edges, layout } = sketch(inner, ties);
    return [id, { dims, numbers: {}, nodes, edges, layout }] as const;
  };
  return {
    by: 'check',
    document: { ...sketch(nodes, wires), blocks: Object.fromEntries(Object.entries(drawings).map(drawn)) },
  };
}
export const instance = (block: string, params: Readonly<Record<string, Json>> = {}) => ({
  type: 'block',
  params: { block, ...params },
});

export const file = (content: string): Provocation => ({ by: 'file', text: content });
export const elsewhere = (en: string, zh: string): Provocation => ({ by: 'elsewhere', where: text(en, zh) });

/** The head of a file, up to where an example breaks it. */
export const head = `{"format": "${FORMAT}", "version": ${VERSION}, "name": "example"`;
