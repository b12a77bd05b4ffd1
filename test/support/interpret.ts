/**
 * Runs a program as its definition reads, value by value, in float64: the meaning that passes, the
 * planner and every engine are held to. Shares no code with any of them but the scalar operations'
 * names.
 */
import { draw } from '../../src/base/random.ts';
import type { Expr } from '../../src/ir/expr.ts';
import { numbersOf } from '../../src/ir/fill.ts';
import { elements, type Op, type Program, type ScanOp, type Shape } from '../../src/ir/program.ts';

const erf = (x: number): number => {
  // Series for small arguments, continued fraction beyond: Abramowitz and Stegun 7.1.6 and 7.1.14.
  if (Math.abs(x) < 3) {
    let term = x;
    let sum = x;
    for (let n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let f = 0;
  for (let n = 60; n > 0; n--) f = n / 2 / (Math.abs(x) + f);
  return Math.sign(x) * (1 - Math.exp(-x * x) / (Math.sqrt(Math.PI) * (Math.abs(x) + f)));
};

export function evaluate(expr: Expr, args: readonly number[]): number {
  const v = (x: Expr): number => evaluate(x, args);
  switch (expr.op) {
    case 'arg':
      return args[expr.index] as number;
    case 'const':
      return expr.value;
    case 'neg':
      return -v(expr.a);
    case 'abs':
      return Math.abs(v(expr.a));
    case 'sign':
      return Math.sign(v(expr.a));
    case 'floor':
      return Math.floor(v(expr.a));
    case 'sqrt':
      return Math.sqrt(v(expr.a));
    case 'recip':
      return 1 / v(expr.a);
    case 'exp':
      return Math.exp(v(expr.a));
    case 'log':
      return Math.log(v(expr.a));
    case 'log1p':
      return Math.log1p(v(expr.a));
    case 'sin':
      return Math.sin(v(expr.a));
    case 'cos':
      return Math.cos(v(expr.a));
    case 'tanh':
      return Math.tanh(v(expr.a));
    case 'sigmoid':
      return 1 / (1 + Math.exp(-v(expr.a)));
    case 'softplus': {
      const x = v(expr.a);
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }
    case 'erf':
      return erf(v(expr.a));
    case 'atan':
      return Math.atan(v(expr.a));
    case 'add':
      return v(expr.a) + v(expr.b);
    case 'sub':
      return v(expr.a) - v(expr.b);
    case 'mul':
      return v(expr.a) * v(expr.b);
    case 'div':
      return v(expr.a) / v(expr.b);
    case 'max':
      return Math.max(v(expr.a), v(expr.b));
    case 'min':
      return Math.min(v(expr.a), v(expr.b));
    case 'pow':
      return v(expr.a) ** v(expr.b);
    case 'lt':
      return Number(v(expr.a) < v(expr.b));
    case 'le':
      return Number(v(expr.a) <= v(expr.b));
    case 'eq':
      return Number(v(expr.a) === v(expr.b));
    case 'select':
      return v(expr.c) !== 0 ? v(expr.a) : v(expr.b);
  }
}

/** Calls `visit` with every index of a shape, in row-major order. */
export function forEachIndex(shape: Shape, visit: (index: readonly number[]) => void): void {
  const index = shape.map(() => 0);
  for (let n = elements(shape); n > 0; n--) {
    visit(index);
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = (index[d] as number) + 1;
      if ((index[d] as number) < (shape[d] as number)) break;
      index[d] = 0;
    }
  }
}

const offset = (shape: Shape, index: readonly number[]): number =>
  shape.reduce((at, s, d) => at * s + (index[d] as number), 0);

/** Where a slice reads, and a padding writes, what is at `index` on its other side. */
const moved = (
  { starts, steps }: { starts: readonly number[]; steps: readonly number[] },
  index: readonly number[],
) => index.map((i, d) => (starts[d] as number) + (steps[d] as number) * i);

/** The element of the whole axis that (position, offset) is. */
const merged = (
  { axis, stride, dilation }: { axis: number; stride: number; dilation: number },
  index: readonly number[],
) => [
  ...index.slice(0, axis),
  (index[axis] as number) * stride + (index[axis + 1] as number) * dilation,
  ...index.slice(axis + 2),
];

/** Every value of the program, row-major. `inputs` are by name. */
export function interpret(
  program: Program,
  inputs: Readonly<Record<string, ArrayLike<number>>>,
): Float64Array[] {
  const values: Float64Array[] = [];
  for (const op of program.ops) values.push(run(op, program.ops, values, inputs));
  return values;
}

/** The results of a scan: the carries after the last iteration, then what the iterations gave, stacked. */
function runScan(
  { args, carries, rows, length, reverse, body }: ScanOp,
  values: readonly Float64Array[],
): Float64Array[] {
  let state = args.slice(0, carries).map((id) => values[id] as Float64Array);
  const outs: Float64Array[][] = body.outputs.slice(carries).map(() => []);
  for (let n = 0; n < length; n++) {
    const t = reverse ? length - 1 - n : n;
    const inputs: Record<string, Float64Array> = {};
    for (const [k, id] of args.entries()) {
      const all = values[id] as Float64Array;
      const size = all.length / length;
      if (k < carries) inputs[`carry ${k}`] = state[k] as Float64Array;
      else if (k < carries + rows) inputs[`row ${k - carries}`] = all.subarray(t * size, (t + 1) * size);
      else inputs[`constant ${k - carries - rows}`] = all;
    }
    const inner = interpret(body, inputs);
    const results = body.outputs.map(({ value }) => inner[value] as Float64Array);
    state = results.slice(0, carries);
    for (const [i, out] of results.slice(carries).entries()) (outs[i] as Float64Array[])[t] = out;
  }
  return [...state, ...outs.map((list) => Float64Array.from(list.flatMap((out) => [...out])))];
}

function run(
  op: Op,
  ops: readonly Op[],
  values: readonly Float64Array[],
  inputs: Readonly<Record<string, ArrayLike<number>>>,
): Float64Array {
  const out = new Float64Array(elements(op.shape));
  const shapeOf = (id: number) => (ops[id] as Op).shape;
  const at = (id: number, index: readonly number[]) =>
    (values[id] as Float64Array)[offset(shapeOf(id), index)] as number;
  switch (op.kind) {
    case 'input': {
      const given = inputs[op.name];
      if (given?.length !== out.length) throw new Error(`input ${op.name} needs ${out.length} numbers`);
      return Float64Array.from(given);
    }
    case 'constant':
      return Float64Array.from(numbersOf(op.data, op.shape));
    case 'iota':
      return out.map((_, i) => i);
    // A tuple; its results run it.
    case 'scan':
      return out;
    case 'result':
      return runScan(ops[op.arg] as ScanOp, values)[op.index] as Float64Array;
    case 'random': {
      const [a, b, c, d] = values[op.key] as unknown as readonly [number, number, number, number];
      return draw([a * 65536 + b, c * 65536 + d], op.stream, out.length);
    }
    case 'contract': {
      const labels = [...new Set([...op.inputs.flat(), ...op.output])];
      const position = (list: readonly number[], index: readonly number[]) =>
        list.map((l) => index[labels.indexOf(l)] as number);
      forEachIndex(
        labels.map((l) => op.sizes[l] as number),
        (index) => {
          const product = op.args.reduce(
            (p, id, k) => p * at(id, position(op.inputs[k] as readonly number[], index)),
            op.scale,
          );
          out[offset(op.shape, position(op.output, index))]! += product;
        },
      );
      return out;
    }
    case 'map':
      forEachIndex(op.shape, (index) => {
        const args = op.args.map((id, k) =>
          at(
            id,
            (op.axes[k] as readonly number[]).map((a) => index[a] as number),
          ),
        );
        out[offset(op.shape, index)] = evaluate(op.expr, args);
      });
      return out;
    case 'reduce': {
      const shape = shapeOf(op.arg);
      const best = new Float64Array(out.length).fill(op.reduce === 'min' ? Infinity : -Infinity);
      forEachIndex(shape, (index) => {
        const o = offset(
          op.shape,
          index.filter((_, d) => !op.axes.includes(d)),
        );
        const x = at(op.arg, index);
        const better = op.reduce === 'min' ? x < (best[o] as number) : x > (best[o] as number);
        if (!better) return;
        best[o] = x;
        if (op.reduce === 'argmax') out[o] = index[op.axes[0] as number] as number;
      });
      return op.reduce === 'argmax' ? out : best;
    }
    case 'reshape':
      return Float64Array.from(values[op.arg] as Float64Array);
    case 'slice':
      forEachIndex(op.shape, (index) => {
        out[offset(op.shape, index)] = at(op.arg, moved(op, index));
      });
      return out;
    case 'pad':
      forEachIndex(shapeOf(op.arg), (index) => {
        out[offset(op.shape, moved(op, index))] = at(op.arg, index);
      });
      return out;
    case 'window':
      forEachIndex(op.shape, (index) => {
        out[offset(op.shape, index)] = at(op.arg, merged(op, index));
      });
      return out;
    case 'fold':
      forEachIndex(shapeOf(op.arg), (index) => {
        out[offset(op.shape, merged(op, index))]! += at(op.arg, index);
      });
      return out;
    case 'concat': {
      let start = 0;
      for (const operand of op.args) {
        forEachIndex(shapeOf(operand), (index) => {
          const to = index.map((i, d) => (d === op.axis ? start + i : i));
          out[offset(op.shape, to)] = at(operand, index);
        });
        start += shapeOf(operand)[op.axis] as number;
      }
      return out;
    }
    case 'gather': {
      const rows = shapeOf(op.data)[0] as number;
      const size = elements(shapeOf(op.data).slice(1));
      const data = values[op.data] as Float64Array;
      (values[op.indices] as Float64Array).forEach((n, i) => {
        if (Number.isInteger(n) && n >= 0 && n < rows)
          out.set(data.subarray(n * size, (n + 1) * size), i * size);
        else out.fill(Number.NaN, i * size, (i + 1) * size);
      });
      return out;
    }
    case 'scatterAdd': {
      const rows = op.shape[0] as number;
      const size = elements(op.shape.slice(1));
      (values[op.indices] as Float64Array).forEach((n, i) => {
        if (!Number.isInteger(n) || n < 0 || n >= rows) return;
        for (let r = 0; r < size; r++)
          out[n * size + r]! += (values[op.updates] as Float64Array)[i * size + r] as number;
      });
      return out;
    }
  }
}
