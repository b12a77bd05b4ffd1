/** The order of a contraction as it is typed: `((a, b), c)`. What is not one is told, with one that is. */
import { fill, type Text } from '../../base/text.ts';
import { readContractionPath } from '../../contraction/index.ts';
import { inspector } from '../strings/inspector.ts';
import type { DraftReading } from './DraftInput.tsx';

/** `((a, b), c)` */
const inTurn = (names: readonly string[]): string =>
  names.slice(1).reduce((all, name) => `(${all}, ${name})`, names[0] ?? '');

export function parseOrder(text: string, operands: readonly string[]): DraftReading {
  if (text.trim() === '') return { value: '' };
  if (readContractionPath(text, operands)) return { value: text };
  return { problem: orderProblem(text, operands) };
}

function orderProblem(text: string, operands: readonly string[]): Text {
  const example = inTurn(operands.length > 1 ? operands : ['a', 'b']);
  const named: readonly string[] = text.match(/[^\s(),]+/g) ?? [];
  const unknown = named.find((name) => !operands.includes(name));
  if (unknown !== undefined)
    return fill(inspector.unknownOperand, { name: unknown, names: operands.join(', '), example });
  const again = named.find((name, k) => named.indexOf(name) < k);
  if (again !== undefined) return fill(inspector.operandTwice, { name: again });
  const left = operands.filter((name) => !named.includes(name));
  if (left.length > 0) return fill(inspector.operandsLeft, { names: left.join(', '), example });
  const opened = text.split('(').length;
  if (opened !== text.split(')').length) return inspector.unclosed;
  return fill(inspector.notPairs, { example });
}
