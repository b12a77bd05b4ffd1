/**
 * What an element-wise expression computes from small operands alone, it would compute again for every
 * element they are repeated to: a root of each row's variance, at every place of the row. Where that is
 * expensive, it becomes a value of its own.
 */

import { Builder } from '../builder.ts';
import { arg, argsUsed, type Expr, substituteArgs, transcendental } from '../expr.ts';
import { withArgs } from '../ops/index.ts';
import { elements, type MapOp, type Program, type ValueId } from '../program.ts';
import { withResults } from '../rebuild.ts';

const expensive: ReadonlySet<string> = new Set([...transcendental, 'sqrt', 'recip', 'div']);

/** Below this many elements another step costs more than it saves. */
const leastElements = 2048;
/** How many elements must share what is hoisted. */
const leastRepeats = 4;

export function hoistInvariants(program: Program): Program {
  const ir = new Builder();
  const hoisted = new Map<string, ValueId>();
  const renamed: ValueId[] = [];
  const replace = (value: ValueId) => renamed[value] as ValueId;
  for (const op of program.ops) {
    const moved = withArgs(op, replace);
    ir.source = op.source;
    renamed.push(moved.kind === 'map' && mayGain(moved) ? hoist(ir, moved, hoisted) : ir.append(moved));
  }
  return withResults(program, ir.ops, replace);
}

/** Large, with an operand that is repeated. */
const mayGain = ({ shape, axes }: MapOp): boolean =>
  axes.some((along) => along.length < shape.length) && elements(shape) >= leastElements;

/** `hoisted`: what has a value of its own already, by what it computes. */
function hoist(ir: Builder, op: MapOp, hoisted: Map<string, ValueId>): ValueId {
  const args = [...op.args];
  const axes = [...op.axes];
  const expr = visit(op.expr);
  return args.length === op.args.length ? ir.append(op) : ir.map(args, expr, axes, op.shape);

  function visit(x: Expr): Expr {
    if (x.op === 'arg' || x.op === 'const' || !hasExpensive(x)) return x;
    const along = axesOf(x);
    const count = along.reduce((n, axis) => n * (op.shape[axis] as number), 1);
    if (count * leastRepeats <= elements(op.shape)) {
      axes.push(along);
      return arg(args.push(small(x, along)) - 1);
    }
    if (x.op === 'select') return { ...x, c: visit(x.c), a: visit(x.a), b: visit(x.b) };
    return 'b' in x ? { ...x, a: visit(x.a), b: visit(x.b) } : { ...x, a: visit(x.a) };
  }

  /** The axes that decide a part of the expression, ascending. */
  function axesOf(part: Expr): number[] {
    return [...new Set([...argsUsed(part)].flatMap((i) => axes[i] ?? []))].sort((a, b) => a - b);
  }

  /** The part over these axes alone. */
  function small(part: Expr, along: readonly number[]): ValueId {
    const used = [...argsUsed(part)];
    const operands = used.map((i) => args[i] as ValueId);
    const inner = substituteArgs(part, (i) => arg(used.indexOf(i)));
    const places = used.map((i) => (axes[i] as readonly number[]).map((a) => along.indexOf(a)));
    const shape = along.map((a) => op.shape[a] as number);
    const key = JSON.stringify([operands, inner, places, shape]);
    const value = hoisted.get(key) ?? ir.map(operands, inner, places, shape);
    hoisted.set(key, value);
    return value;
  }
}

function hasExpensive(expr: Expr): boolean {
  if (expr.op === 'arg' || expr.op === 'const') return false;
  if (expensive.has(expr.op) || hasExpensive(expr.a)) return true;
  return expr.op === 'select'
    ? hasExpensive(expr.b) || hasExpensive(expr.c)
    : 'b' in expr && hasExpensive(expr.b);
}
