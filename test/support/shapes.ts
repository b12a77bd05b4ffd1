/**
 * Shapes by hand: what each node type makes of axes whose sizes are plain numbers, or why it refuses them.
 * Written after what the types say of themselves and what NumPy and PyTorch do, one element or window
 * counted after the other where that is simplest. Nothing here knows of symbols, unknowns or the checker,
 * so that the checker can be held against it.
 */

export interface Axis {
  readonly name: string;
  readonly size: number;
}
export type Shape = readonly Axis[];
type Shapes = Readonly<Record<string, Shape>>;
/** Parameters in which every size is a number. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are whatever the type wants.
export type Params = Readonly<Record<string, any>>;

export class Refusal extends Error {}

function refuseUnless(holds: boolean, why: string): asserts holds {
  if (!holds) throw new Refusal(why);
}

const sizes = (shape: Shape): number[] => shape.map((axis) => axis.size);
const names = (shape: Shape): string[] => shape.map((axis) => axis.name);
const product = (list: readonly number[]): number => list.reduce((n, size) => n * size, 1);
const isDistinct = (list: readonly string[]): boolean => new Set(list).size === list.length;

function same(a: Shape, b: Shape): void {
  refuseUnless(sizes(a).join() === sizes(b).join(), `${sizes(a)} is not ${sizes(b)}`);
}

function rank(shape: Shape, least: number): void {
  refuseUnless(shape.length >= least, `rank ${shape.length} is below ${least}`);
}

/** Where an axis stands, by name; without one, the last. */
function place(shape: Shape, name: string | undefined): number {
  const at = name === undefined ? shape.length - 1 : names(shape).indexOf(name);
  refuseUnless(at >= 0, `no axis ${name ?? ''}`);
  return at;
}

/** Axes named by a list; none named: the last. */
function places(shape: Shape, list: readonly string[]): number[] {
  rank(shape, 1);
  if (list.length === 0) return [shape.length - 1];
  for (const name of list) place(shape, name);
  return shape.flatMap(({ name }, d) => (list.includes(name) ? [d] : []));
}

const resized = (shape: Shape, at: number, size: number): Shape =>
  shape.map((axis, d) => (d === at ? { ...axis, size } : axis));
const lastAs = (shape: Shape, name: string, size: number): Shape => [...shape.slice(0, -1), { name, size }];

function given({ axes }: Params): Shape {
  refuseUnless(isDistinct(names(axes)), 'an index stands twice');
  return axes;
}

/** As NumPy, but the axes of a smaller operand are found by name, and 1 is never stretched. */
function elementwise(a: Shape, b: Shape): Shape {
  if (a.length === b.length) {
    same(a, b);
    return a;
  }
  const [small, large] = a.length < b.length ? [a, b] : [b, a];
  const along = small.map(({ name }) => place(large, name));
  refuseUnless(new Set(along).size === along.length, 'two axes run along one');
  same(
    small,
    along.map((d) => large[d] as Axis),
  );
  return large;
}

/** numpy.einsum, as `ij,jk->ik`; without an expression, names that stand twice are summed. */
function einsum(expression: string, operands: readonly Shape[]): Shape {
  let [left, right] = expression.split('->') as [string, string | undefined];
  let labels: string[][];
  if (expression === '') labels = operands.map(names);
  else {
    const spaced = /\p{L} \p{L}/u.test(left);
    const read = (part: string): string[] =>
      spaced ? part.trim().split(/\s+/).filter(Boolean) : (part.match(/\.\.\.|\p{L}/gu) ?? []);
    labels = left.split(',').map(read);
    refuseUnless(labels.length === operands.length, 'as many operands as the expression names');
    // Axes under `...` are counted from the right.
    const hidden = (list: readonly string[], count: number) =>
      list.flatMap((x) => (x === '...' ? Array.from({ length: count }, (_, i) => `…${count - 1 - i}`) : [x]));
    const counts = labels.map((list, k) => (operands[k] as Shape).length - list.length + 1);
    refuseUnless(
      labels.every((list, k) => (counts[k] ?? 0) >= 0 && (list.includes('...') || counts[k] === 1)),
      'as many axes as the expression names',
    );
    const most = Math.max(0, ...labels.map((list, k) => (list.includes('...') ? (counts[k] as number) : 0)));
    labels = labels.map((list, k) => hidden(list, counts[k] as number));
    right = right === undefined ? undefined : hidden(read(right), most).join(' ');
  }
  const bound = new Map<string, Axis>();
  for (const [k, list] of labels.entries())
    for (const [d, label] of list.entries()) {
      const axis = (operands[k] as Shape)[d] as Axis;
      const before = bound.get(label) ?? axis;
      bound.set(label, before);
      refuseUnless(before.size === axis.size, `${label} is ${before.size} and ${axis.size}`);
    }
  const all = labels.flat();
  const out =
    right === undefined
      ? [...bound.keys()].filter((label) => all.indexOf(label) === all.lastIndexOf(label))
      : right.split(' ').filter(Boolean);
  const open = out.map((label) => bound.get(label) as Axis);
  if (isDistinct(names(open))) return open;
  return open.map(({ size }, d) => ({ name: (out[d] as string).replace('…', 'x'), size }));
}

/** einops.rearrange. */
function rearrange({ pattern, sizes: written = [] }: Params, x: Shape): Shape {
  const groups = (side: string): string[][] =>
    [...side.matchAll(/\(([^)]*)\)|\S+/g)].map(([all, inside]) =>
      inside === undefined ? [all] : inside.split(' ').filter(Boolean),
    );
  const [left = [], right = []] = (pattern as string).split('->').map(groups);
  refuseUnless(left.length === x.length, `${left.length} axes, not ${x.length}`);
  const factors = new Map<string, number>((written as Axis[]).map(({ name, size }) => [name, size]));
  for (const [d, group] of left.entries()) {
    const { size } = x[d] as Axis;
    const [open] = group.filter((name) => !factors.has(name));
    const known = product(group.map((name) => factors.get(name) ?? 1));
    if (open !== undefined) factors.set(open, size / known);
    refuseUnless(
      product(group.map((name) => factors.get(name) as number)) === size,
      `${group} is not ${size}`,
    );
  }
  for (const size of factors.values()) refuseUnless(Number.isInteger(size), `${size} is no size`);
  return right.map((group) => ({
    name: group.join('') || 'one',
    size: product(group.map((name) => factors.get(name) as number)),
  }));
}

/** numpy's x[start:stop:step], element by element. */
function slice({ axis, start, stop, step = 1 }: Params, x: Shape): Shape {
  const at = place(x, axis);
  const { size } = x[at] as Axis;
  const clip = (n: number, low: number, high: number) => Math.min(high, Math.max(low, n < 0 ? n + size : n));
  let count = 0;
  if (step > 0) {
    const end = stop === undefined ? size : clip(stop, 0, size);
    for (let i = start === undefined ? 0 : clip(start, 0, size); i < end; i += step) count++;
  } else {
    const end = stop === undefined ? -1 : clip(stop, -1, size - 1);
    for (let i = start === undefined ? size - 1 : clip(start, -1, size - 1); i > end; i += step) count++;
  }
  return resized(x, at, count);
}

/** Places at which a window of `kernel` elements, `dilation` apart, lies within the padded axis. */
function windows(size: number, { kernel, stride = 1, padding = 0, dilation = 1 }: Params): number {
  if (padding === 'same') {
    refuseUnless(stride === 1, 'with a stride there is no same size');
    return size;
  }
  const margin = padding === 'valid' ? 0 : padding;
  let count = 0;
  for (let at = -margin; at + dilation * (kernel - 1) < size + margin; at += stride) count++;
  return count;
}

function convolution(params: Params, x: Shape, axes: number): Shape {
  rank(x, axes + 1);
  const channel = x.length - axes - 1;
  return x.map((axis, d) =>
    d < channel
      ? axis
      : { name: axis.name, size: d === channel ? params.channels : windows(axis.size, params) },
  );
}

function pooling({ kernel, stride = kernel }: Params, x: Shape): Shape {
  rank(x, 2);
  return x.map((axis, d) =>
    d < x.length - 2 ? axis : { ...axis, size: windows(axis.size, { kernel, stride }) },
  );
}

/** torch's multi-head attention on q […, t, d], k […, s, d], v […, s, e]. */
function attention({ heads = 1, causal = false }: Params, q: Shape, k: Shape, v: Shape): Shape {
  rank(q, 2);
  refuseUnless(k.length === q.length && v.length === q.length, 'ranks differ');
  same(q.slice(0, -2), k.slice(0, -2));
  same(q.slice(-1), k.slice(-1));
  same(k.slice(0, -1), v.slice(0, -1));
  if (causal) same(q.slice(-2, -1), k.slice(-2, -1));
  for (const { size } of [q.at(-1) as Axis, v.at(-1) as Axis])
    refuseUnless(size % heads === 0, `${heads} heads do not share ${size}`);
  return [...q.slice(0, -1), v.at(-1) as Axis];
}

function concat({ axis }: Params, a: Shape, b: Shape): Shape {
  const at = place(a, axis);
  refuseUnless(a.length === b.length, 'ranks differ');
  same(resized(a, at, 1), resized(b, at, 1));
  return resized(a, at, (a[at] as Axis).size + (b[at] as Axis).size);
}

/** A score for each class, and a class number or a probability for each class. */
function classes(logits: Shape, target: Shape): Shape {
  rank(logits, 1);
  refuseUnless([logits.length - 1, logits.length].includes(target.length), 'ranks differ');
  same(logits.slice(0, target.length), target);
  return [];
}

function isScalar(x: Shape): void {
  refuseUnless(x.length === 0, 'no scalar');
}

interface Rule {
  readonly reads: readonly string[] | ((params: Params) => readonly string[]);
  gives(params: Params, inputs: Shapes): Shapes;
}

const source = (out: (params: Params) => Shape): Rule => ({ reads: [], gives: (p) => ({ out: out(p) }) });
const unary = (rule: (params: Params, x: Shape) => Shape, port = 'y'): Rule => ({
  reads: ['x'],
  gives: (p, { x = [] }) => ({ [port]: rule(p, x) }),
});
const binary = (rule: (params: Params, a: Shape, b: Shape) => Shape): Rule => ({
  reads: ['a', 'b'],
  gives: (p, { a = [], b = [] }) => ({ out: rule(p, a, b) }),
});
const layer = (least: number): Rule =>
  unary(({ units, name = 'h' }, x) => {
    rank(x, least);
    return lastAs(x, name, units);
  });
/** What is read along the last axis but one, and the state after its end. */
const recurrence: Rule = {
  reads: ['x'],
  gives({ units, name = 'h' }, { x = [] }) {
    rank(x, 2);
    const y = lastAs(x, name, units);
    return { y, h: y.filter((_, i) => i !== y.length - 2) };
  },
};
const scored = (port: string): Rule => ({
  reads: ['logits', 'target'],
  gives: (_, { logits = [], target = [] }) => ({ [port]: classes(logits, target) }),
});

export const rules: Readonly<Record<string, Rule>> = {
  tensor: source(given),
  parameter: source(given),
  noise: source(given),
  delta: source(({ axes, size }) => {
    refuseUnless(isDistinct(axes), 'an index stands twice');
    return axes.map((name: string) => ({ name, size }));
  }),
  dataset: {
    reads: [],
    gives: ({ data, B }) => {
      const batch = { name: 'batch', size: B };
      return data === 'line'
        ? { x: [batch, { name: 'f', size: 1 }], y: [batch, { name: 'o', size: 1 }] }
        : { x: [batch, { name: 'f', size: 4 }], y: [batch] };
    },
  },
  add: binary((_, a, b) => elementwise(a, b)),
  multiply: binary((_, a, b) => elementwise(a, b)),
  contract: {
    reads: ({ expression }) => [...'abc'].slice(0, expression === '' ? 2 : expression.split(',').length),
    gives: ({ expression }, inputs) => ({
      out: einsum(
        expression,
        Object.keys(inputs)
          .sort()
          .map((port) => inputs[port] as Shape),
      ),
    }),
  },
  concat: binary(concat),
  scale: unary((_, x) => x, 'out'),
  activation: unary((_, x) => x),
  softmax: unary((_, x) => {
    rank(x, 1);
    return x;
  }),
  linear: layer(1),
  recurrent: recurrence,
  embedding: unary(({ units, name = 'd' }, x) => [...x, { name, size: units }]),
  'one-hot': unary(({ classes, name = 'c' }, x) => [...x, { name, size: classes }]),
  'layer-norm': unary(({ axes }, x) => {
    places(x, axes);
    return x;
  }),
  pad: unary(({ axes, before = 1, after = 1 }, x) => {
    const at = places(x, axes);
    return x.map((axis, d) => (at.includes(d) ? { ...axis, size: before + axis.size + after } : axis));
  }),
  flatten: unary(({ name = 'p' }, x) => {
    rank(x, 2);
    return [x[0] as Axis, { name, size: product(sizes(x.slice(1))) }];
  }),
  rearrange: unary(rearrange),
  slice: unary(slice),
  conv1d: unary((p, x) => convolution(p, x, 1)),
  conv2d: unary((p, x) => convolution(p, x, 2)),
  'max-pool': unary(pooling),
  'average-pool': unary(pooling),
  attention: {
    reads: ['q', 'k', 'v'],
    gives: (p, { q = [], k = [], v = [] }) => ({ y: attention(p, q, k, v) }),
  },
  mse: {
    reads: ['prediction', 'target'],
    gives: (_, { prediction = [], target = [] }) => {
      same(prediction, target);
      return { loss: [] };
    },
  },
  'cross-entropy': scored('loss'),
  accuracy: scored('accuracy'),
  gradient: {
    reads: ['of', 'by'],
    gives: (_, { of = [], by = [] }) => {
      isScalar(of);
      return { out: by };
    },
  },
  'directional-derivative': {
    reads: ['of', 'by', 'along'],
    gives: (_, { of = [], by = [], along = [] }) => {
      same(by, along);
      return { out: of };
    },
  },
  sgd: {
    reads: ['loss'],
    gives: (_, { loss = [] }) => {
      isScalar(loss);
      return {};
    },
  },
};
