/**
 * Checks that a program obeys its invariants. Runs after every pass in tests and in development; a
 * message from here is a bug of the program that made the program, never of a user's graph.
 */
import { argsUsed } from './expr.ts';
import { argsOf, elements, type Op, type Program, type ScanOp, type Shape } from './program.ts';
import { argumentsOfInputs, resultShape } from './scan.ts';
import { concatFault, padFault, sliceFault, windowFault } from './views.ts';

/** The first broken invariant, or undefined. */
export function findFault(program: Program): string | undefined {
  const { ops } = program;
  const states = new Map<string, Shape>();
  for (const [id, op] of ops.entries()) {
    if (argsOf(op).some((a) => !Number.isInteger(a) || a < 0 || a >= id))
      return `%${id} reads a value that does not come before it`;
    if (op.shape.some((s) => !Number.isSafeInteger(s) || s < 1))
      return `%${id} has the shape [${op.shape.join(', ')}]`;
    const fault = faultOf(op, (v) => (ops[v] as Op).shape) ?? tupleFault(op, ops);
    if (fault !== undefined) return `%${id} (${op.kind}): ${fault}`;
    if (op.kind === 'input') {
      if (states.has(op.name)) return `input "${op.name}" stands twice`;
      states.set(op.name, op.shape);
    }
  }
  const known = (value: number) => ops[value] !== undefined;
  const lost = [...program.outputs, ...program.updates].find(({ value }) => !known(value));
  if (lost) return `a result reads %${lost.value}, which does not exist`;
  for (const { state, value } of program.updates)
    if (!sameShape(states.get(state), (ops[value] as Op).shape))
      return `the update of "${state}" has another shape than the state`;
  return undefined;
}

export function verify(program: Program): Program {
  const fault = findFault(program);
  if (fault !== undefined) throw new Error(`internal: the program is not well formed: ${fault}`);
  return program;
}

/** Only a program that trains may change state: one that looks at it would leave other state behind. */
export function verifyUpdates(program: Program, trains: boolean): void {
  const [update] = program.updates;
  if (update && !trains)
    throw new Error(`internal: "${update.state}" is updated in a program that does not train`);
}

const sameShape = (a: Shape | undefined, b: Shape) =>
  a !== undefined && a.length === b.length && a.every((s, d) => s === b[d]);

/** Scans are tuples: their results read them, and nothing else does. */
function tupleFault(op: Op, ops: readonly Op[]): string | undefined {
  if (op.kind !== 'result')
    return argsOf(op).some((a) => ops[a]?.kind === 'scan')
      ? 'it reads a scan, not one of its results'
      : undefined;
  const scan = ops[op.arg];
  if (scan?.kind !== 'scan' || scan.body.outputs[op.index] === undefined) return 'there is no such result';
  return sameShape(resultShape(scan, op.index), op.shape) ? undefined : 'its shape is wrong';
}

/** Of a scan whose arguments have these shapes. */
function scanFault(op: ScanOp, shapes: readonly Shape[]): string | undefined {
  const { body, carries, rows, length } = op;
  const fault = findFault(body);
  if (fault !== undefined) return `in its body, ${fault}`;
  const isRow = (k: number) => k >= carries && k < carries + rows;
  if (op.shape.length > 0 || shapes.length < carries + rows || length < 1) return 'its arguments are too few';
  if (shapes.some((shape, k) => isRow(k) && shape[0] !== length))
    return 'its rows are not as many as its iterations';
  const inside = shapes.map((shape, k) => (isRow(k) ? shape.slice(1) : shape));
  for (const [value, k] of argumentsOfInputs(op)) {
    const input = body.ops[value] as Op;
    if (!sameShape(inside[k], input.shape))
      return `its body's input ${k} is none of its arguments, or has another shape`;
  }
  const changes = body.outputs
    .slice(0, carries)
    .some(({ value }, i) => !sameShape(inside[i], body.ops[value]?.shape ?? []));
  return body.outputs.length < carries || changes ? 'a carry changes its shape' : undefined;
}

function faultOf(op: Op, shapeOf: (value: number) => Shape): string | undefined {
  switch (op.kind) {
    case 'input':
      return undefined;
    case 'iota':
      return op.shape.length === 1 ? undefined : 'its shape must have one axis';
    case 'scan':
      return scanFault(op, op.args.map(shapeOf));
    case 'result':
      return undefined;
    case 'random':
      return sameShape(shapeOf(op.key), [4]) ? undefined : 'its key must have the shape [4]';
    case 'constant':
      return !('length' in op.data) || op.data.length === elements(op.shape)
        ? undefined
        : `${op.data.length} numbers for ${elements(op.shape)} elements`;
    case 'contract': {
      const disagrees = (labels: readonly number[], shape: Shape) =>
        labels.length !== shape.length || labels.some((label, d) => op.sizes[label] !== shape[d]);
      if (op.inputs.length !== op.args.length) return 'it names another number of operands than it has';
      if (op.args.some((a, k) => disagrees(op.inputs[k] as readonly number[], shapeOf(a))))
        return 'labels and operand shapes disagree';
      return disagrees(op.output, op.shape) ? 'labels and output shape disagree' : undefined;
    }
    case 'map': {
      const outside = [...argsUsed(op.expr)].some((i) => i >= op.args.length);
      if (outside) return 'its expression reads an operand it does not have';
      for (const [k, a] of op.args.entries()) {
        const axes = op.axes[k] ?? [];
        if (new Set(axes).size !== axes.length) return `operand ${k} runs twice along one axis`;
        if (
          !sameShape(
            axes.map((axis) => op.shape[axis] ?? 0),
            shapeOf(a),
          )
        )
          return `operand ${k} does not fit its axes`;
      }
      return undefined;
    }
    case 'reduce': {
      if (op.reduce === 'argmax' && op.axes.length !== 1) return 'argmax takes one axis';
      const kept = shapeOf(op.arg).filter((_, d) => !op.axes.includes(d));
      return sameShape(kept, op.shape) ? undefined : 'its shape is not that of the kept axes';
    }
    case 'reshape':
      return elements(op.shape) === elements(shapeOf(op.arg)) ? undefined : 'the number of elements changes';
    case 'slice':
      return sliceFault(op, shapeOf(op.arg));
    case 'pad':
      return padFault(op, shapeOf(op.arg));
    case 'window':
      return windowFault(op, shapeOf(op.arg), op.shape);
    case 'fold':
      return windowFault(op, op.shape, shapeOf(op.arg));
    case 'concat':
      return concatFault(op, op.args.map(shapeOf));
    case 'gather':
      return sameShape([...shapeOf(op.indices), ...shapeOf(op.data).slice(1)], op.shape)
        ? undefined
        : 'its shape is wrong';
    case 'scatterAdd': {
      const rank = shapeOf(op.indices).length;
      const fits = sameShape(shapeOf(op.updates).slice(0, rank), shapeOf(op.indices));
      return fits && sameShape(shapeOf(op.updates).slice(rank), op.shape.slice(1))
        ? undefined
        : 'its shapes disagree';
    }
  }
}
