/** What an operation does, in the notation of the field: an einsum, a formula of its operands, a size. */
import { printExpr } from '../../ir/expr.ts';
import type { ContractOp, Op } from '../../ir/program.ts';

/** The operands of an operation by letter: a, b, c, … */
export const operandName = (k: number): string => (k < 26 ? String.fromCharCode(97 + k) : `x${k}`);

const factorText = (scale: number): string =>
  scale === 1 ? '' : scale === -1 ? '−' : `${Number(scale.toPrecision(4))} · `;

/** Axes that are named by one letter, each differently, name the indices; else they are i, j, k, … in order of appearance. */
function contraction({ inputs, output, scale }: ContractOp, names: readonly (readonly string[])[]): string {
  const own = new Map<number, string>();
  for (const [k, labels] of inputs.entries())
    for (const [d, label] of labels.entries()) if (!own.has(label)) own.set(label, names[k]?.[d] ?? '');
  const labels = [...new Set([...inputs.flat(), ...output])];
  const given = labels.map((label) => own.get(label) ?? '');
  const usable = given.every((name) => /^\p{L}$/u.test(name)) && new Set(given).size === given.length;
  const letter = (label: number): string => {
    const at = labels.indexOf(label);
    return usable ? (given[at] as string) : at < 18 ? String.fromCharCode(105 + at) : `<${at}>`;
  };
  const text = (group: readonly number[]) => group.map(letter).join('');
  return `${factorText(scale)}${inputs.map(text).join(', ')} → ${text(output)}`;
}

const sizes = (shape: readonly number[]): string => (shape.length === 0 ? '1' : shape.join(' × '));

/** Numbers to four digits, products with a dot, 1/x. */
const readable = (text: string): string =>
  text
    .replace(/\d+\.\d{5,}(?:e-?\d+)?/g, (number) => String(Number(Number(number).toPrecision(4))))
    .replaceAll(' * ', ' · ')
    .replaceAll('recip(', '1/(');

const outermost = (text: string): string =>
  /^\(.*\)$/.test(text) && closesAtEnd(text) ? text.slice(1, -1) : text;

/** Whether the bracket that a text begins with is the one that it ends with. */
function closesAtEnd(text: string): boolean {
  let depth = 0;
  for (const [i, c] of [...text].entries()) {
    if (c === '(') depth++;
    if (c === ')' && --depth === 0) return i === text.length - 1;
  }
  return false;
}

/** `names`: of the axes of each operand; empty where an axis has none. */
export function operationFormula(
  op: Op,
  names: readonly (readonly string[])[],
  given: readonly string[],
): string {
  switch (op.kind) {
    case 'contract':
      return contraction(op, names);
    case 'map':
      return readable(outermost(printExpr(op.expr, operandName)));
    case 'reduce':
      return `${op.reduce} ${op.axes.map((axis) => names[0]?.[axis] || axis + 1).join(' ')}`;
    case 'reshape':
    case 'slice':
    case 'pad':
    case 'window':
    case 'fold':
      return `→ ${sizes(op.shape)}`;
    case 'concat':
      return given[op.axis] ? `+ ${given[op.axis]}` : `→ ${sizes(op.shape)}`;
    case 'scan':
      return `× ${op.length}`;
    case 'constant':
      return op.shape.length === 0 && 'length' in op.data
        ? String(Number(Number(op.data[0]).toPrecision(6)))
        : sizes(op.shape);
    default:
      return '';
  }
}
