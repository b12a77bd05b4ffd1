/**
 * Checks that a program obeys its invariants. Runs after every pass in tests and in development; a
 * message from here is a bug of the program that made the program, never of a user's graph.
 */
import { argsOf, faultOf } from './ops/index.ts';
import { sameShape } from './ops/rules.ts';
import type { Op, Program, Shape, ValueId } from './program.ts';

/** The first broken invariant, or undefined. */
export function findFault(program: Program): string | undefined {
  const { ops } = program;
  const states = new Map<string, Shape>();
  const opOf = (value: ValueId) => ops[value] as Op;
  for (const [id, op] of ops.entries()) {
    if (argsOf(op).some((a) => !Number.isInteger(a) || a < 0 || a >= id))
      return `%${id} reads a value that does not come before it`;
    if (op.shape.some((s) => !Number.isSafeInteger(s) || s < 1))
      return `%${id} has the shape [${op.shape.join(', ')}]`;
    const fault = readsTuple(op, ops)
      ? 'it reads a scan, not one of its results'
      : faultOf(op, { opOf, shapeOf: (v) => opOf(v).shape, faultIn: findFault });
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

/** Scans are tuples: their results read them, and nothing else does. */
const readsTuple = (op: Op, ops: readonly Op[]): boolean =>
  op.kind !== 'result' && argsOf(op).some((a) => ops[a]?.kind === 'scan');
