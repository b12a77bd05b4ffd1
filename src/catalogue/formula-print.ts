/** A formula in mathematical type, and in PyTorch. */
import { type Formula, namesOf } from './formula.ts';
import { torchFunction } from './scalar-functions.ts';
import { pythonNumber } from './torch.ts';

/** How closely an operation binds what stands beside it. */
const binding = (formula: Formula): number => {
  switch (formula.kind) {
    case 'operation':
      return formula.operator === '^'
        ? 4
        : '*/'.includes(formula.operator)
          ? 2
          : '+-'.includes(formula.operator)
            ? 1
            : 0;
    case 'negative':
      return 1.5;
    case 'number':
      return formula.value < 0 ? 1.5 : 5;
    default:
      return 5;
  }
};

const greek: Readonly<Record<string, string>> = {
  sigmoid: 'σ',
  erf: 'erf',
  log: 'ln',
  abs: 'abs',
  sqrt: '√',
};
const superscript = (digits: string): string =>
  [...digits].map((c) => (c === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(c)))).join('');
const shown = (value: number): string =>
  (Math.abs(value) === Math.PI ? 'π' : Math.abs(value) === Math.E ? 'e' : String(Math.abs(value))).replace(
    /^/,
    value < 0 ? '−' : '',
  );

/** `x σ(1.702 x)`, `x² + 1`. */
export function mathematical(formula: Formula): string {
  const inside = (part: Formula, least: number) =>
    binding(part) < least ? `(${mathematical(part)})` : mathematical(part);
  switch (formula.kind) {
    case 'number':
      return shown(formula.value);
    case 'name':
      return formula.name;
    case 'negative':
      return `−${inside(formula.of, 2)}`;
    case 'apply':
      return `${greek[formula.function] ?? formula.function.replaceAll('-', '_')}(${mathematical(formula.of)})`;
    case 'extreme':
      return `${formula.function}(${formula.of.map(mathematical).join(', ')})`;
    case 'where':
      return `where(${[formula.if, formula.a, formula.b].map(mathematical).join(', ')})`;
    case 'operation': {
      const { operator, a, b } = formula;
      if (operator === '^')
        return b.kind === 'number' && Number.isInteger(b.value)
          ? `${inside(a, 5)}${superscript(String(b.value))}`
          : `${inside(a, 5)}^${inside(b, 4)}`;
      if (operator === '*') return `${inside(a, 2)}${needsDot(b) ? ' · ' : ' '}${inside(b, 2.5)}`;
      if (operator === '/') return `${inside(a, 2)} / ${inside(b, 2.5)}`;
      const sign = { '+': '+', '-': '−', '<': '<', '<=': '≤', '==': '=' }[operator];
      return `${inside(a, 1)} ${sign} ${inside(b, operator === '+' ? 1 : 1.2)}`;
    }
  }
}

/** Two numbers side by side would read as one. */
const needsDot = (b: Formula): boolean =>
  b.kind === 'number' || (b.kind === 'operation' && '*/^'.includes(b.operator) && needsDot(b.a));

const isComparison = (formula: Formula): boolean =>
  formula.kind === 'operation' && ['<', '<=', '=='].includes(formula.operator);

/** By a choice, so that where two are equal the first alone has the derivative. */
const extremes = {
  max: `def larger(a, b):
    return torch.where(b <= a, a, b)`,
  min: `def smaller(a, b):
    return torch.where(a <= b, a, b)`,
};

/** Python, in which the names stand for what `operand` gives. */
export function torchFormula(
  formula: Formula,
  operand: (name: string) => string,
  define: (helper: string) => string,
): string {
  const write = (part: Formula): string => (isComparison(part) ? `1.0 * (${raw(part)})` : raw(part));
  const inside = (part: Formula, least: number): string =>
    isComparison(part) || binding(part) < least ? `(${write(part)})` : write(part);
  /** A tensor also of a number alone. */
  const tensor = (part: Formula): string =>
    isNumber(part) ? `torch.tensor(${write(part)}, dtype=torch.float64)` : write(part);
  const condition = (part: Formula): string => {
    if (isNumber(part)) return `${tensor(part)} != 0`;
    return isComparison(part) ? raw(part) : `${inside(part, 1)} != 0`;
  };
  function raw(part: Formula): string {
    switch (part.kind) {
      case 'number':
        return pythonNumber(part.value);
      case 'name':
        return operand(part.name);
      case 'negative':
        return `-${inside(part.of, 2)}`;
      case 'apply':
        return torchFunction(part.function, tensor(part.of));
      case 'extreme':
        return part.of.map(tensor).reduce((a, b) => `${define(extremes[part.function])}(${a}, ${b})`);
      case 'where':
        return `torch.where(${condition(part.if)}, ${write(part.a)}, ${write(part.b)})`;
      case 'operation': {
        const { operator, a, b } = part;
        if (operator === '^') return `${inside(a, 5)} ** ${inside(b, 4)}`;
        const own = binding(part);
        const second = operator === '+' || operator === '*' ? own : own + 0.5;
        return isComparison(part)
          ? `${inside(a, 1)} ${operator} ${inside(b, 1)}`
          : `${inside(a, own)} ${operator} ${inside(b, second)}`;
      }
    }
  }
  return tensor(formula);
}

/** Whether no name stands in it. */
const isNumber = (formula: Formula): boolean => namesOf(formula).length === 0;
