/**
 * Random sound documents with blocks in blocks, and the same documents written out flat by other means
 * than the compiler's: every use replaced by copies of its nodes, with ids of their own.
 */
import {
  type Block,
  emptyDocument,
  type GraphDocument,
  type GraphEdge,
  type GraphLevel,
  type GraphNode,
} from '../../graph-schema/document.ts';

type Nodes = Record<string, GraphNode>;
type Ref = GraphEdge['from'];

/** mulberry32, by T. Ettinger: enough to draw documents with. */
export function generator(seed: number): (below: number) => number {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export interface Wanted {
  readonly repeats: boolean;
  readonly shared: boolean;
  /** Nodes that draw random numbers. */
  readonly draws: boolean;
}

/** A document of up to four blocks; all that flows has the axes (batch B, in d), so that everything fits. */
export function randomBlocks(seed: number, wanted: Wanted): GraphDocument {
  const below = generator(seed);
  const count = below(5);
  const blocks: Record<string, Block> = {};
  for (let i = count - 1; i >= 0; i--) blocks[`b${i}`] = drawBlock(below, i, count, blocks, wanted);
  const axes = [
    { name: 'batch', size: 'B' },
    { name: 'in', size: 'd' },
  ];
  const nodes: Nodes = {
    src: node('tensor', { axes, fill: 'normal', seed: 1 }),
    par: node('parameter', { axes, init: 'normal', scale: 1 }),
    aim: node('tensor', { axes, fill: 'normal', seed: 2 }),
  };
  const drawing = { nodes, edges: {} as GraphDocument['edges'] };
  const values = fill(below, drawing, [ref('src', 'out'), ref('par', 'out')], -1, count, blocks, wanted);
  drawing.nodes.loss = node('mse');
  drawing.nodes.opt = node(below(2) === 0 ? 'sgd' : 'adam', { rate: 0.05 });
  tie(drawing, values.at(-1) as Ref, 'loss', 'prediction');
  tie(drawing, ref('aim', 'out'), 'loss', 'target');
  tie(drawing, ref('loss', 'loss'), 'opt', 'loss');
  drawing.nodes.seen = node('probe');
  tie(drawing, values[below(values.length)] as Ref, 'seen', 'x');
  return { ...emptyDocument('blocks'), dims: { B: 2, d: 3 }, blocks, ...drawing };
}

/** The document with the nodes and wires of each drawing in another order. */
export function shuffled(seed: number, document: GraphDocument): GraphDocument {
  const below = generator(seed);
  const mixed = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(record)
        .map((entry) => ({ entry, place: below(2 ** 30) }))
        .sort((a, b) => a.place - b.place)
        .map(({ entry }) => entry),
    );
  const level = <L extends Pick<GraphLevel, 'nodes' | 'edges'>>(drawn: L): L => ({
    ...drawn,
    nodes: mixed(drawn.nodes),
    edges: mixed(drawn.edges),
  });
  const blocks = Object.entries(document.blocks).map(([id, block]) => [id, level(block)]);
  return { ...level(document), blocks: Object.fromEntries(blocks) };
}

const node = (type: string, params: object = {}): GraphNode => ({
  type,
  params: params as GraphNode['params'],
});
const ref = (id: string, port: string): Ref => ({ node: id, port });

function tie({ edges }: Pick<GraphLevel, 'edges'>, from: Ref, id: string, port: string): void {
  edges[`e${Object.keys(edges).length}`] = { from, to: { node: id, port } };
}

function drawBlock(
  below: (n: number) => number,
  index: number,
  count: number,
  blocks: Readonly<Record<string, Block>>,
  wanted: Wanted,
): Block {
  const nodes: Nodes = {};
  const inputs = 1 + below(2);
  for (let k = 0; k < inputs; k++) nodes[`x${k}`] = node('block-input');
  const drawing = { nodes, edges: {} as GraphDocument['edges'] };
  const given = Object.keys(nodes).map((id) => ref(id, 'out'));
  const values = fill(below, drawing, given, index, count, blocks, wanted);
  for (let k = 0; k <= below(2); k++) {
    nodes[`y${k}`] = node('block-output');
    tie(drawing, values[below(2) === 0 ? values.length - 1 : below(values.length)] as Ref, `y${k}`, 'x');
  }
  return { dims: { w: 2 + below(3) }, numbers: { s: 0.5 + below(3) / 4 }, ...drawing, layout: { nodes: {} } };
}

/** Puts nodes into a drawing, each fed by values that are there; gives all values. */
function fill(
  below: (n: number) => number,
  drawing: Pick<GraphLevel, 'nodes' | 'edges'>,
  given: readonly Ref[],
  index: number,
  count: number,
  blocks: Readonly<Record<string, Block>>,
  wanted: Wanted,
): Ref[] {
  const values = [...given];
  const any = () => values[below(values.length)] as Ref;
  const put = (type: string, params: object, inputs: readonly string[], output: string): Ref => {
    const id = `n${Object.keys(drawing.nodes).length}`;
    drawing.nodes[id] = node(type, params);
    for (const port of inputs) tie(drawing, port === 'x' ? (values.at(-1) as Ref) : any(), id, port);
    return ref(id, output);
  };
  for (let n = 1 + below(4); n > 0; n--) {
    const kind = below(8);
    if (kind < 3 && index + 1 < count)
      values.push(...putUse(below, drawing, any, index, count, blocks, wanted));
    else if (kind === 3) {
      values.push(
        put('linear', { units: index < 0 ? '2*d' : 'w', name: 'h', bias: below(2) === 0 }, ['x'], 'y'),
      );
      values.push(put('linear', { units: 'd', name: 'in' }, ['x'], 'y'));
      values.splice(-2, 1);
    } else if (kind === 4)
      values.push(put('scale', { factor: index < 0 ? 0.75 : { number: 's' } }, ['x'], 'out'));
    else if (kind === 5) values.push(put('activation', { function: 'tanh' }, ['x'], 'y'));
    else if (kind === 6 && wanted.draws) values.push(put('dropout', { rate: 0.5 }, ['x'], 'y'));
    else values.push(put('add', {}, ['a', 'b'], 'out'));
  }
  return values;
}

function putUse(
  below: (n: number) => number,
  drawing: Pick<GraphLevel, 'nodes' | 'edges'>,
  any: () => Ref,
  index: number,
  count: number,
  blocks: Readonly<Record<string, Block>>,
  wanted: Wanted,
): Ref[] {
  const block = `b${index + 1 + below(count - index - 1)}`;
  const id = `u${Object.keys(drawing.nodes).length}`;
  const sizes = [undefined, { w: 4 }, { w: 'd + 1' }, { w: index < 0 ? '2*d' : 'w' }];
  const numbers = [undefined, { s: 0.25 }, index < 0 ? undefined : { s: { number: 's' } }];
  const dims = sizes[below(sizes.length)];
  const given = numbers[below(numbers.length)];
  const repeat = wanted.repeats && below(2) === 0 ? { repeat: [1, 2, 3, 5][below(4)] } : {};
  const shared = wanted.shared && 'repeat' in repeat && below(2) === 0 ? { shared: true } : {};
  drawing.nodes[id] = node('block', {
    block,
    ...(dims && { dims }),
    ...(given && { numbers: given }),
    ...repeat,
    ...shared,
  });
  const ports = Object.entries((blocks[block] as Block).nodes);
  for (const [port, { type }] of ports) if (type === 'block-input') tie(drawing, any(), id, port);
  return ports.flatMap(([port, { type }]) => (type === 'block-output' ? [ref(id, port)] : []));
}

/** One turn of one use of a block. */
interface Copy {
  readonly prefix: string;
  readonly level: GraphLevel;
  readonly around: Copy | undefined;
  readonly use: string;
  /** The turn before it. */
  readonly before: Copy | undefined;
  readonly sizes: Readonly<Record<string, number>>;
  readonly numbers: Readonly<Record<string, number>>;
  readonly turns: Map<string, readonly Copy[]>;
}

/** The document without blocks, by bare wires: nodes of a use stand where it stood, as `use.node` or `use.turn.node`. */
export function writtenFlat(document: GraphDocument): GraphDocument {
  const sizes = Object.fromEntries(Object.entries(document.dims).map(([name, dim]) => [name, Number(dim)]));
  const root: Copy = {
    prefix: '',
    level: document,
    around: undefined,
    use: '',
    before: undefined,
    sizes,
    numbers: {},
    turns: new Map(),
  };
  const nodes: Nodes = {};
  const edges: GraphDocument['edges'] = {};
  const copies: Copy[] = [];
  const visit = (copy: Copy) => {
    copies.push(copy);
    for (const [id, drawn] of Object.entries(copy.level.nodes)) {
      if (drawn.type === 'block') for (const turn of turnsOf(copy, id, drawn, document)) visit(turn);
      else if (!drawn.type.startsWith('block-')) nodes[copy.prefix + id] = copied(drawn, copy, document.dims);
    }
  };
  visit(root);
  const wire = (from: Ref, to: Ref) => {
    edges[`w${Object.keys(edges).length}`] = { from, to };
  };
  for (const copy of copies) {
    for (const { from, to } of Object.values(copy.level.edges)) {
      const { type } = copy.level.nodes[to.node] as GraphNode;
      if (type !== 'block' && nodes[copy.prefix + to.node])
        wire(madeBy(copy, from), ref(copy.prefix + to.node, to.port));
    }
  }
  return { ...document, nodes, edges, blocks: {} };
}

function turnsOf(copy: Copy, id: string, drawn: GraphNode, document: GraphDocument): readonly Copy[] {
  const {
    block,
    repeat,
    dims = {},
    numbers = {},
  } = drawn.params as {
    block: string;
    repeat?: number;
    dims?: Record<string, number | string>;
    numbers?: Record<string, number | { number: string }>;
  };
  const level = document.blocks[block] as Block;
  const turns: Copy[] = [];
  for (let i = 0; i < (repeat ?? 1); i++) {
    const own = Object.entries(level.dims).map(([name, dim]) => [
      name,
      evaluated(dims[name] ?? Number(dim), copy.sizes),
    ]);
    const set = Object.entries(level.numbers).map(([name, value]) => {
      const given = numbers[name] ?? value;
      return [name, typeof given === 'number' ? given : (copy.numbers[given.number] as number)];
    });
    turns.push({
      prefix: repeat === undefined ? `${copy.prefix}${id}.` : `${copy.prefix}${id}.${i}.`,
      level,
      around: copy,
      use: id,
      before: turns.at(-1),
      // What a block does not declare is the document's.
      sizes: { ...rootSizes(copy), ...Object.fromEntries(own) },
      numbers: Object.fromEntries(set),
      turns: new Map(),
    });
  }
  copy.turns.set(id, turns);
  return turns;
}

const rootSizes = (copy: Copy): Copy['sizes'] => (copy.around ? rootSizes(copy.around) : copy.sizes);

/** `w`, `2*d`, `d + 1`. */
function evaluated(written: number | string, sizes: Copy['sizes']): number {
  if (typeof written === 'number') return written;
  const [, factor = '1', name = '', more = '0'] = /^(?:(\d+)\*)?(\w+)(?: \+ (\d+))?$/.exec(written) ?? [];
  return Number(factor) * (sizes[name] as number) + Number(more);
}

function copied(drawn: GraphNode, copy: Copy, dims: GraphDocument['dims']): GraphNode {
  const params = Object.entries(drawn.params).map(([key, value]) => {
    if (key === 'units') return [key, evaluated(value as string, copy.sizes)];
    const name = (value as { number?: string } | null)?.number;
    return [key, name === undefined ? value : (copy.numbers[name] as number)];
  });
  return dims ? { ...drawn, params: Object.fromEntries(params) } : drawn;
}

const into = ({ edges }: GraphLevel, id: string, port: string): Ref =>
  (Object.values(edges).find(({ to }) => to.node === id && to.port === port) as GraphEdge).from;

const portsOf = ({ nodes }: GraphLevel, type: string): readonly string[] =>
  Object.keys(nodes).filter((id) => nodes[id]?.type === type);

/** The flat node and port whose value a drawn port has. */
function madeBy(copy: Copy, { node: id, port }: Ref): Ref {
  const { type } = copy.level.nodes[id] as GraphNode;
  if (type === 'block') {
    const last = copy.turns.get(id)?.at(-1) as Copy;
    return madeBy(last, into(last.level, port, 'x'));
  }
  return type === 'block-input' ? givenTo(copy, id) : ref(copy.prefix + id, port);
}

/** What an input of a turn is given: the output before it, or what is wired to the use. */
function givenTo(copy: Copy, id: string): Ref {
  const output = portsOf(copy.level, 'block-output')[portsOf(copy.level, 'block-input').indexOf(id)];
  if (copy.before && output !== undefined) return madeBy(copy.before, into(copy.level, output, 'x'));
  const around = copy.around as Copy;
  return madeBy(around, into(around.level, copy.use, id));
}
