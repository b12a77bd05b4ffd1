/**
 * Small drawings and every way to bind their free sizes. A drawing is grown by the rules of shapes.ts, not
 * by the checker, and which bindings work is found by trying them: the ground truth that the checker,
 * which never tries, is held against.
 */

import fc from 'fast-check';
import { emptyDocument, type GraphDocument } from '../../graph-schema/document.ts';
import { portKey } from '../../src/base/path.ts';
import { type Params, Refusal, rules, type Shape } from './shapes.ts';

/** Numbers of symbols, by name, and of sizes that are left to the wires, by node. */
export type Binding = Readonly<Record<string, number>>;

/** `2*d`, `n + 1`, `B`, as the generator writes them. */
function evaluate(written: number | string, binding: Binding): number {
  if (typeof written === 'number') return written;
  const [, factor = '1', name = '', , more = '0'] = /^(?:(\d+)\*)?(\w+)( \+ (\d+))?$/.exec(written) ?? [];
  return Number(factor) * (binding[name] as number) + Number(more);
}

const sizeKeys = ['units', 'channels', 'classes', 'size'];
const holeOf = (id: string): string => `size of ${id}`;

/** Every size that parameters hold. */
function writtenSizes(params: Params): (number | string)[] {
  const lists = [params.axes, params.sizes].flatMap((list) => (Array.isArray(list) ? list : []));
  return [...sizeKeys.map((key) => params[key]), ...lists.map((axis) => axis.size)].filter(
    (size) => size !== undefined,
  );
}

/** What must be bound before a node can be looked at. */
function asks(id: string, { type, params }: GraphDocument['nodes'][string]): string[] {
  const symbols = writtenSizes(params).flatMap((size) =>
    typeof size === 'string' ? (/[A-Za-z]+/.exec(size) ?? []) : [],
  );
  if (type === 'dataset') return ['B'];
  return type === 'delta' && params.size === undefined ? [holeOf(id)] : symbols;
}

function bind(id: string, params: Params, binding: Binding): Params {
  const list = (value: unknown) =>
    Array.isArray(value)
      ? value.map((axis) =>
          typeof axis === 'string' ? axis : { name: axis.name, size: evaluate(axis.size, binding) },
        )
      : value;
  const bound: Record<string, unknown> = { size: binding[holeOf(id)], B: binding.B };
  for (const [key, value] of Object.entries(params))
    bound[key] = sizeKeys.includes(key) ? evaluate(value, binding) : list(value);
  return bound;
}

/** Shapes by `node.port`. */
export type Shapes = ReadonlyMap<string, Shape>;

/** The shapes that a node gives; undefined where it refuses, or where it would be left with nothing. */
function step(document: GraphDocument, id: string, binding: Binding, shapes: Shapes): Shapes | undefined {
  const { type, params } = document.nodes[id] as GraphDocument['nodes'][string];
  const wires = Object.values(document.edges).filter(({ to }) => to.node === id);
  const inputs = wires.map(({ from, to }) => [to.port, shapes.get(portKey(from.node, from.port))] as const);
  try {
    const given = rules[type]?.gives(bind(id, params, binding), Object.fromEntries(inputs) as never) ?? {};
    const all = Object.values(given).flat();
    if (all.some(({ size }) => size < 1)) return undefined;
    return new Map([
      ...shapes,
      ...Object.entries(given).map(([port, shape]) => [portKey(id, port), shape] as const),
    ]);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Every binding under which no node refuses what it is given. `order`: the nodes, each after those it reads. */
export function* workingBindings(
  document: GraphDocument,
  order: readonly string[],
  known: Binding,
  candidates: readonly number[],
): Generator<Shapes> {
  function* from(at: number, binding: Binding, shapes: Shapes): Generator<Shapes> {
    const id = order[at];
    if (id === undefined) return yield shapes;
    const open = asks(id, document.nodes[id] as never).find((name) => binding[name] === undefined);
    if (open !== undefined) {
      for (const size of candidates) yield* from(at, { ...binding, [open]: size }, shapes);
      return;
    }
    const next = step(document, id, binding, shapes);
    if (next) yield* from(at + 1, binding, next);
  }
  yield* from(0, known, new Map());
}

const size = fc.oneof(
  { weight: 10, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 8, arbitrary: fc.constantFrom('B', 'd', '2*d', 'd + 1') },
  { weight: 1, arbitrary: fc.constantFrom('n', '2*n') },
);
const axes = fc.uniqueArray(fc.record({ name: fc.constantFrom('i', 'j', 'f', 'batch'), size }), {
  minLength: 1,
  maxLength: 3,
  selector: (axis) => axis.name,
});
const params = fc.record({
  axes,
  units: size,
  channels: size,
  expression: fc.constantFrom(
    '',
    'ij,jk->ik',
    'i j, j ->',
    'ij->ji',
    'ii->i',
    '...i->...',
    'i,j->ij',
    'bi,io->bo',
    'ij,ij->',
    '...ij,...jk->...ik',
  ),
  pattern: fc.constantFrom(
    'i j -> j i',
    'i j -> (i j)',
    'i (j k) -> k i j',
    '(i j) -> j i',
    'i j k -> i (k j)',
  ),
  factor: fc.tuple(fc.constantFrom('j', 'k'), size),
  kernel: fc.integer({ min: 1, max: 3 }),
  stride: fc.integer({ min: 1, max: 2 }),
  padding: fc.constantFrom(0, 1, 'valid', 'same'),
  dilation: fc.integer({ min: 1, max: 2 }),
  heads: fc.integer({ min: 1, max: 2 }),
  causal: fc.boolean(),
  start: fc.option(fc.integer({ min: -3, max: 2 }), { nil: undefined }),
  stop: fc.option(fc.integer({ min: -2, max: 5 }), { nil: undefined }),
  step: fc.constantFrom(1, 1, 2, -1, -2),
  before: fc.integer({ min: 0, max: 2 }),
  after: fc.integer({ min: 0, max: 2 }),
  data: fc.constantFrom('iris', 'line'),
  name: fc.constantFrom('i', 'h', 'f'),
  few: fc.boolean(),
});

/** What a type takes of the parameters that were drawn. */
function paramsOf(type: string, p: Params): Params {
  const list = (p.axes as { name: string }[]).map((axis) => axis.name);
  const keep = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, p[key]]));
  switch (type) {
    case 'tensor':
    case 'parameter':
    case 'noise':
      return keep('axes');
    case 'delta':
      return { axes: list, ...(p.before > 0 && { size: p.units }) };
    case 'dataset':
      return { data: p.data, batch: 'B' };
    case 'contract':
      return keep('expression');
    case 'linear':
    case 'recurrent':
    case 'embedding':
      return keep('units', 'name');
    case 'layer-norm':
      return { axes: p.few ? [] : list.slice(0, 1) };
    case 'pad':
      return { axes: p.few ? [] : list.slice(0, 1), ...keep('before', 'after') };
    case 'one-hot':
      return { classes: p.units, ...keep('name') };
    case 'flatten':
      return keep('name');
    case 'rearrange':
      return {
        pattern: p.pattern,
        sizes:
          p.pattern.includes('(j k) ->') || p.pattern.startsWith('(')
            ? [{ name: 'j', size: p.factor[1] }]
            : [],
      };
    case 'slice':
      return Object.fromEntries(
        Object.entries({ ...keep('start', 'stop', 'step'), axis: p.few ? undefined : list[0] }).filter(
          ([, value]) => value !== undefined,
        ),
      );
    case 'concat':
      return p.few ? {} : { axis: list[0] };
    case 'conv1d':
    case 'conv2d':
      return keep('channels', 'kernel', 'stride', 'padding', 'dilation');
    case 'max-pool':
    case 'average-pool':
      return keep('kernel', 'stride');
    case 'attention':
      return keep('heads', 'causal');
    default:
      return {};
  }
}

export interface Drawing {
  readonly document: GraphDocument;
  /** Its nodes, each after those it reads. */
  readonly order: readonly string[];
}

const pick = fc.nat(999);
const addition = fc.tuple(
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('tensor', 'parameter', 'delta', 'dataset') },
    { weight: 7, arbitrary: fc.constantFrom(...Object.keys(rules)) },
    { weight: 3, arbitrary: fc.constantFrom('add', 'contract', 'concat', 'attention') },
  ),
  params,
  fc.array(pick, { minLength: 4, maxLength: 4 }),
);
type Addition = typeof addition extends fc.Arbitrary<infer T> ? T : never;
const mostOpen = 3;
/** How many ways of wiring a node are tried before it is left out. */
const attempts = 12;

/** The same graph with one number of one node changed: what fitted may now just not fit. */
function disturbed({ document, order }: Drawing, which: number, size: number | string): Drawing {
  const id = order[which % Math.max(1, order.length)];
  const node = id === undefined ? undefined : document.nodes[id];
  if (id === undefined || !node) return { document, order };
  const changed = Object.entries(node.params).map(([key, value]) => {
    if (Array.isArray(value) && typeof value[0] === 'object') {
      const at = which % value.length;
      return [key, value.map((axis, d) => (d === at ? { ...(axis as object), size } : axis))];
    }
    if (sizeKeys.includes(key)) return [key, size];
    return [key, key === 'heads' || key === 'kernel' ? 1 + (which % 3) : value];
  });
  const nodes = { ...document.nodes, [id]: { ...node, params: Object.fromEntries(changed) } };
  return { document: { ...document, nodes }, order };
}

/** The ids say nothing of the order, so that it is not always the same equation that comes first. */
function grow(additions: readonly Addition[]): Drawing {
  const binding: Record<string, number> = { B: 3, d: 2, n: 2 };
  let document: GraphDocument = { ...emptyDocument('drawing'), dims: { B: 3, d: 2, n: { free: true } } };
  let shapes: Shapes = new Map();
  const order: string[] = [];
  for (const [i, [type, drawn, picks]] of additions.entries()) {
    const id = `${'qhxcmtbz'[(picks[3] as number) % 8]}${i}`;
    const node = { type, params: paramsOf(type, drawn) } as GraphDocument['nodes'][string];
    const { reads } = rules[type] as (typeof rules)[string];
    const ports = typeof reads === 'function' ? reads(node.params) : reads;
    const outputs = [...shapes.keys()];
    if (ports.length > 0 && outputs.length === 0) continue;
    const hole = holeOf(id);
    if (asks(id, node).includes(hole)) {
      if (Object.keys(binding).length - 3 >= mostOpen) continue;
      binding[hole] = 1 + ((picks[2] as number) % 4);
    }
    for (let attempt = 0; attempt < (ports.length > 0 ? attempts : 1); attempt++) {
      const wires = ports.map((port, k) => {
        // Every third time all inputs read one output: what has several rarely fits otherwise.
        const base = attempt % 3 === 2 ? attempt : (picks[k % 3] as number) + attempt * (2 * k + 1);
        const at = base % outputs.length;
        const [from = '', out = ''] = (outputs[at] as string).split('.');
        return [`${id}-${port}`, { from: { node: from, port: out }, to: { node: id, port } }] as const;
      });
      const grown = {
        ...document,
        nodes: { ...document.nodes, [id]: node },
        edges: { ...document.edges, ...Object.fromEntries(wires) },
      };
      const next = step(grown, id, binding, shapes);
      // One misfit in twenty stays.
      if (!next && (picks[3] as number) % 20 !== 0) continue;
      document = grown;
      order.push(id);
      shapes = next ?? shapes;
      break;
    }
  }
  return { document, order };
}

export interface Drawing {
  readonly document: GraphDocument;
  /** Its nodes, each after those it reads. */
  readonly order: readonly string[];
}

/** A drawing whose nodes fit each other under one binding of its sizes; two in three are then disturbed. */
export const drawing: fc.Arbitrary<Drawing> = fc
  .tuple(fc.array(addition, { minLength: 4, maxLength: 14 }), fc.nat(2), pick, size)
  .map(([additions, way, which, other]) =>
    way === 0 ? grow(additions) : disturbed(grow(additions), which, other),
  );
