/** Pieces of Python: numbers, nested lists, first values. */
import type { Initialiser } from '../../catalogue/bound.ts';
import { pythonFloat, pythonNumber, tensorCode, tuple } from '../../catalogue/torch.ts';

export const indented = (lines: readonly string[]): string[] =>
  lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? '' : `    ${line}`));

/** A string literal. */
export const quoted = (text: string): string => JSON.stringify(text);

/** What stands in the parentheses of `torch.zeros(…)`; a scalar has an empty shape. */
const dims = (shape: readonly number[]): string => (shape.length === 0 ? '()' : shape.join(', '));

/** How state begins, for a script that is given no weights. */
export function initCode({ kind, scale = 1, values = [] }: Initialiser, shape: readonly number[]): string {
  const times = scale === 1 ? '' : ` * ${pythonNumber(scale)}`;
  switch (kind) {
    case 'zeros':
      return `torch.zeros(${dims(shape)})`;
    case 'ones':
      return `torch.ones(${dims(shape)})`;
    case 'constant':
      return `torch.full(${tuple(shape)}, ${pythonFloat(scale)})`;
    case 'uniform':
      return `torch.empty(${dims(shape)}).uniform_(${pythonNumber(-scale)}, ${pythonNumber(scale)})`;
    case 'normal':
      return `torch.randn(${dims(shape)})${times}`;
    case 'orthogonal':
      return `nn.init.orthogonal_(torch.empty(${dims(shape)}), gain=${pythonNumber(scale)})`;
    case 'values':
      return tensorCode(values, shape);
  }
}
