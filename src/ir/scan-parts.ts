/** What a recurrence consists of: its arguments by their roles, the inputs of its body, its results. */
import type { Op, ScanOp, Shape, ValueId } from './program.ts';

/** The shape of one result of a scan: see ResultOp. */
export function resultShape({ body, carries, length }: ScanOp, index: number): Shape {
  const { value } = body.outputs[index] as { readonly value: ValueId };
  const { shape } = body.ops[value] as Op;
  return index < carries ? shape : [length, ...shape];
}

/** The name of a body's input for the scan's k-th argument. */
export const inputName = ({ carries, rows }: Pick<ScanOp, 'carries' | 'rows'>, k: number): string =>
  k < carries ? `carry ${k}` : k < carries + rows ? `row ${k - carries}` : `constant ${k - carries - rows}`;

/** The position among a scan's arguments of each input of its body, by the input's value. */
export function argumentsOfInputs(op: ScanOp): Map<ValueId, number> {
  const positions = new Map(op.args.map((_, k) => [inputName(op, k), k]));
  return new Map(
    op.body.ops.flatMap((o, id) =>
      o.kind === 'input' ? [[id, positions.get(o.name) as number] as const] : [],
    ),
  );
}

/** A scan's arguments by their roles. */
export const unpackScan = ({ args, carries, rows }: Pick<ScanOp, 'args' | 'carries' | 'rows'>) => ({
  carries: args.slice(0, carries),
  rows: args.slice(carries, carries + rows),
  constants: args.slice(carries + rows),
});

/** The scan giving one more value of its body; its results so far keep their places. */
export const withOut = (op: ScanOp, value: ValueId): ScanOp => {
  const { body, carries } = op;
  const name = `out ${body.outputs.length - carries}`;
  return { ...op, body: { ...body, outputs: [...body.outputs, { name, value }] } };
};
