/** Where numbers choose among classes or rows of a table, and from which column of a data set they come. */
import type { Op, ValueId } from '../ir/program.ts';

/** Numbers at a port that are to be 0 … count − 1, or the ignored label. */
export interface IndexChoice {
  readonly node: string;
  readonly port: string;
  readonly count: number;
  readonly ignored?: number | undefined;
  readonly value: ValueId;
}

/** The resident input whose rows these are, where its numbers are only moved on their way: all of each row. */
export function columnOf(ops: readonly Op[], value: ValueId): string | undefined {
  const op = ops[value];
  switch (op?.kind) {
    case 'gather': {
      const data = ops[op.data];
      return data?.kind === 'input' && data.role === 'data' ? data.name : undefined;
    }
    case 'reshape':
      return columnOf(ops, op.arg);
    case 'map':
      return op.expr.op === 'arg' ? columnOf(ops, op.args[op.expr.index] as ValueId) : undefined;
    case 'contract': {
      const [only, ...others] = op.args;
      const [labels] = op.inputs;
      const moves = labels?.every((label) => op.output.includes(label)) && op.scale === 1;
      return only !== undefined && others.length === 0 && moves ? columnOf(ops, only) : undefined;
    }
    default:
      return undefined;
  }
}
