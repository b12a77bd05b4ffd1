/** Prints a program, one line an operation: what goldens hold and what a person reads when lowering puzzles them. */
import { printExpr } from './expr.ts';
import type { Op, Program, ScanOp } from './program.ts';
import { unpackScan } from './scan.ts';

const letters = (labels: readonly number[], names: ReadonlyMap<number, string>) =>
  labels.map((l) => names.get(l)).join('');

/** Labels in order of appearance become a, b, c, … */
function labelNames(op: Extract<Op, { kind: 'contract' }>): Map<number, string> {
  const names = new Map<number, string>();
  for (const label of [...op.inputs.flat(), ...op.output])
    if (!names.has(label))
      names.set(label, names.size < 26 ? String.fromCharCode(97 + names.size) : `<${label}>`);
  return names;
}

const values = (ids: readonly number[]) => ids.map((id) => `%${id}`).join(', ');

function printScan(op: ScanOp): string {
  const { carries, rows, constants } = unpackScan(op);
  const roles = [
    ['from', carries],
    ['rows', rows],
    ['with', constants],
  ] as const;
  const args = roles.flatMap(([role, ids]) => (ids.length > 0 ? [`${role} ${values(ids)}`] : []));
  const body = printProgram(op.body).trimEnd().replaceAll('\n', '\n  ');
  return `${[`scan ${op.length}${op.reverse ? ' backwards' : ''}`, ...args].join(' ')}\n  ${body}`;
}

export function printOp(op: Op): string {
  switch (op.kind) {
    case 'input':
      return `${op.role} "${op.name}"`;
    case 'constant':
      if (!('length' in op.data)) return `constant ${op.data.fill}`;
      return `constant ${op.data.slice(0, 4).join(' ')}${op.data.length > 4 ? ' …' : ''}`;
    case 'iota':
      return 'iota';
    case 'scan':
      return printScan(op);
    case 'result':
      return `result ${op.index} of %${op.arg}`;
    case 'random':
      return `random %${op.key} stream ${op.stream}`;
    case 'contract': {
      const names = labelNames(op);
      const expression = `${op.inputs.map((i) => letters(i, names)).join(',')}->${letters(op.output, names)}`;
      const factor = op.scale === 1 ? [] : [`* ${op.scale}`];
      return ['contract', expression, ...(op.args.length > 0 ? [values(op.args)] : []), ...factor].join(' ');
    }
    case 'map': {
      const operand = (i: number) => {
        const axes = op.axes[i] as readonly number[];
        const whole = axes.length === op.shape.length && axes.every((a, d) => a === d);
        return `%${op.args[i]}${whole ? '' : `[${axes.join(' ')}]`}`;
      };
      return `map ${printExpr(op.expr, operand)}`;
    }
    case 'reduce':
      return `${op.reduce} %${op.arg} over ${op.axes.join(' ')}`;
    case 'reshape':
      return `reshape %${op.arg}`;
    case 'slice':
      return `slice %${op.arg} from ${op.starts.join(' ')} by ${op.steps.join(' ')}`;
    case 'pad':
      return `pad %${op.arg} at ${op.starts.join(' ')} by ${op.steps.join(' ')}`;
    case 'window':
    case 'fold': {
      const dilated = op.dilation === 1 ? '' : ` dilation ${op.dilation}`;
      return `${op.kind} %${op.arg} axis ${op.axis} stride ${op.stride}${dilated}`;
    }
    case 'concat':
      return `concat ${values(op.args)} axis ${op.axis}`;
    case 'gather':
      return `gather %${op.data} at %${op.indices}`;
    case 'scatterAdd':
      return `scatter-add %${op.updates} at %${op.indices}`;
  }
}

export function printProgram(program: Program): string {
  const lines = program.ops.map(
    (op, id) =>
      `%${id} [${op.shape.join(' ')}] = ${printOp(op)}${op.source === undefined ? '' : `  # ${op.source}`}`,
  );
  for (const { name, value } of program.outputs) lines.push(`output "${name}" %${value}`);
  for (const { state, value } of program.updates) lines.push(`update "${state}" %${value}`);
  return `${lines.join('\n')}\n`;
}
