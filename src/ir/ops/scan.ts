/** A recurrence. Its derivatives are recurrences again: scan-forward.ts, scan-reverse.ts. */
import type { Op, ScanOp } from '../program.ts';
import { argumentsOfInputs, unpackScan } from '../scan-parts.ts';
import { type OpRules, printValues, readsMany, sameShape } from './rules.ts';

export const scan: OpRules<ScanOp> = {
  ...readsMany(),
  fault(op, { shapeOf, faultIn }) {
    const { body, carries, rows, length } = op;
    const shapes = op.args.map(shapeOf);
    const fault = faultIn(body);
    if (fault !== undefined) return `in its body, ${fault}`;
    const isRow = (k: number) => k >= carries && k < carries + rows;
    if (op.shape.length > 0 || shapes.length < carries + rows || length < 1)
      return 'its arguments are too few';
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
  },
  print(op, printBody) {
    const { carries, rows, constants } = unpackScan(op);
    const roles = [
      ['from', carries],
      ['rows', rows],
      ['with', constants],
    ] as const;
    const args = roles.flatMap(([role, ids]) => (ids.length > 0 ? [`${role} ${printValues(ids)}`] : []));
    const body = printBody(op.body).trimEnd().replaceAll('\n', '\n  ');
    return `${[`scan ${op.length}${op.reverse ? ' backwards' : ''}`, ...args].join(' ')}\n  ${body}`;
  },
};
