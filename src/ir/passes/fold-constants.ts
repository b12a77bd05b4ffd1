/**
 * What depends on nothing but written numbers is computed here, once, and not in every step: a mask out
 * of positions, a table out of a few frequencies. Small tensors only, since a plan holds its
 * constants as text. Results stay computed, and so do products of tensors: a plan is read to see them.
 */

import { Builder } from '../builder.ts';
import { numbersOf } from '../fill.ts';
import { withArgs } from '../ops/index.ts';
import { elements, type Op, type Program, type ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';
import { compileExpr } from '../scalars.ts';

const mostElements = 4096;
/** Points of the loop that computes a constant. */
const mostWork = 65_536;

export function foldConstants(program: Program): Program {
  const ir = new Builder();
  const known = new Map<ValueId, Strided>();
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  const results = new Set(program.outputs.map(({ value }) => value));
  for (const [id, op] of program.ops.entries()) {
    const moved = withArgs(op, replace);
    ir.source = op.source;
    const folded = results.has(id) ? undefined : fold(moved, known);
    const value = folded && !isWritten(moved) ? ir.constant(op.shape, [...dense(folded)]) : ir.append(moved);
    if (folded) known.set(value, folded);
    renamed.push(value);
  }
  return withResults(program, ir.ops, replace);
}

/** Known numbers, read with strides as a plan reads a buffer. */
interface Strided {
  readonly data: ArrayLike<number>;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

/** Where numbers stand already, nothing is gained by writing them again. */
const isWritten = (op: Op): boolean =>
  op.kind === 'constant' || op.kind === 'iota' || (op.kind === 'contract' && op.args.length === 0);

const rowMajor = (shape: readonly number[]): number[] => shape.map((_, d) => elements(shape.slice(d + 1)));

const whole = (shape: readonly number[], data: ArrayLike<number>): Strided => ({
  data,
  offset: 0,
  shape,
  strides: rowMajor(shape),
});

/** The numbers of an operation; undefined where they are not known, or too many. */
function fold(op: Op, known: ReadonlyMap<ValueId, Strided>): Strided | undefined {
  if (elements(op.shape) > mostElements) return undefined;
  switch (op.kind) {
    case 'constant':
      return whole(op.shape, numbersOf(op.data, op.shape));
    case 'iota':
      return whole(
        op.shape,
        Array.from({ length: elements(op.shape) }, (_, i) => i),
      );
    case 'contract': {
      const [only] = op.args;
      const arg = only === undefined ? undefined : known.get(only);
      if (op.args.length > 1 || (only !== undefined && !arg)) return undefined;
      return contract(op, arg);
    }
    case 'map': {
      const args = op.args.map((a) => known.get(a));
      if (!args.every((a) => a !== undefined)) return undefined;
      const reads = args.map((arg, k) => along(arg, op.axes[k] as readonly number[], op.shape.length));
      const f = compileExpr(op.expr);
      const out = new Float64Array(elements(op.shape));
      walk(op.shape, reads, (point, values) => {
        out[point] = f(values);
      });
      return whole(op.shape, out);
    }
    case 'reshape': {
      const arg = known.get(op.arg);
      return arg && whole(op.shape, dense(arg));
    }
    case 'slice': {
      const arg = known.get(op.arg);
      if (!arg) return undefined;
      const offset = op.starts.reduce((at, s, d) => at + s * (arg.strides[d] as number), arg.offset);
      const strides = arg.strides.map((s, d) => s * (op.steps[d] as number));
      return { data: arg.data, offset, shape: op.shape, strides };
    }
    default:
      return undefined;
  }
}

function contract(op: Extract<Op, { kind: 'contract' }>, arg: Strided | undefined): Strided | undefined {
  const labels = [...new Set([...op.output, ...op.inputs.flat()])];
  const sizes = labels.map((label) => op.sizes[label] as number);
  if (elements(sizes) > mostWork) return undefined;
  const places = (list: readonly number[]) => list.map((label) => labels.indexOf(label));
  const one: Strided = { data: [1], offset: 0, shape: [], strides: [] };
  const read = along(arg ?? one, places(op.inputs[0] ?? []), labels.length);
  const { strides } = along(whole(op.shape, []), places(op.output), labels.length);
  const out = new Float64Array(elements(op.shape));
  walk(
    sizes,
    [read, { data: out.map((_, i) => i), offset: 0, shape: sizes, strides }],
    (_, [value = 0, at = 0]) => {
      out[at] = (out[at] as number) + op.scale * value;
    },
  );
  return whole(op.shape, out);
}

/** The operand with a stride for each of `rank` axes: its axis d runs along axis axes[d]; two on one walk a diagonal. */
function along(arg: Strided, axes: readonly number[], rank: number): Strided {
  const strides = new Array<number>(rank).fill(0);
  for (const [d, axis] of axes.entries())
    strides[axis] = (strides[axis] as number) + (arg.strides[d] as number);
  return { ...arg, strides };
}

/** Every point of a shape in row-major order, with what each operand holds there. */
function walk(
  shape: readonly number[],
  operands: readonly Strided[],
  visit: (point: number, values: number[]) => void,
): void {
  const index = shape.map(() => 0);
  const offsets = operands.map((o) => o.offset);
  const values = operands.map(() => 0);
  for (let point = 0; point < elements(shape); point++) {
    for (const [k, o] of operands.entries()) values[k] = o.data[offsets[k] as number] as number;
    visit(point, values);
    for (let d = shape.length - 1; d >= 0; d--) {
      const wraps = (index[d] as number) + 1 === shape[d];
      const move = wraps ? 1 - (shape[d] as number) : 1;
      index[d] = (index[d] as number) + move;
      for (const [k, o] of operands.entries())
        offsets[k] = (offsets[k] as number) + move * (o.strides[d] as number);
      if (!wraps) break;
    }
  }
}

function dense(arg: Strided): Float64Array {
  const out = new Float64Array(elements(arg.shape));
  walk(arg.shape, [arg], (point, [value = 0]) => {
    out[point] = value;
  });
  return out;
}
