/**
 * Element-wise formulas as people type them: `x * sigmoid(1.702 x)`. Numbers, names, + − · / ^, comparisons,
 * functions, parentheses; what stands side by side is multiplied. Names are letters with digits behind; a name that
 * is followed by "(" is a function, a single letter a factor.
 */
import { type Text, text } from '../base/text.ts';
import { functionNames, type ScalarFunctionName } from './scalar-functions.ts';

export const operators = ['+', '-', '*', '/', '^', '<', '<=', '=='] as const;
export type Operator = (typeof operators)[number];

export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negative'; readonly of: Formula }
  | { readonly kind: 'apply'; readonly function: ScalarFunctionName; readonly of: Formula }
  | { readonly kind: 'extreme'; readonly function: 'max' | 'min'; readonly of: readonly Formula[] }
  | { readonly kind: 'where'; readonly if: Formula; readonly a: Formula; readonly b: Formula }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly a: Formula; readonly b: Formula };

/** `at`: the place of the mistake, from 0. `meant`: the formula as it can be read. */
export type FormulaReading =
  | { readonly formula: Formula }
  | { readonly error: Text; readonly at: number; readonly meant?: string };

/** Constants, which no wire can be called. */
const constants: Readonly<Record<string, number>> = { pi: Math.PI, π: Math.PI, e: Math.E };

/** Other names of functions. */
const aliases: Readonly<Record<string, ScalarFunctionName>> = {
  ln: 'log',
  σ: 'sigmoid',
  sigma: 'sigmoid',
  swish: 'silu',
  sgn: 'sign',
  '√': 'sqrt',
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  arsinh: 'asinh',
  arcosh: 'acosh',
  artanh: 'atanh',
};

const severalArguments = ['max', 'min', 'where', 'pow'] as const;

const functionOf = (name: string): ScalarFunctionName | undefined =>
  Object.hasOwn(aliases, name)
    ? aliases[name]
    : functionNames.find((known) => known === name.replaceAll('_', '-'));

/** Deeper nesting is refused: it would be read by functions within functions. */
const mostNested = 100;
/** More wires than these are refused. */
const mostNames = 26;

interface Token {
  readonly text: string;
  readonly at: number;
  readonly kind: 'number' | 'name' | 'sign' | 'power';
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const pattern =
  /(?<number>\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|(?<name>[\p{L}_][\p{L}\p{Nd}_'′]*|√)|(?<power>⁻?[⁰¹²³⁴-⁹]+)|(?<sign>\*\*|<=|>=|==|!=|[-+*/^()<>=,·×÷−≤≥])|\s+/uy;

class Mistake {
  readonly error: Text;
  readonly at: number;
  readonly meant: string | undefined;
  constructor(error: Text, at: number, meant?: string) {
    this.error = error;
    this.at = at;
    this.meant = meant;
  }
}

function tokensOf(source: string): readonly Token[] | Mistake {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < source.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(source)?.groups;
    if (!groups) {
      const sign = String.fromCodePoint(source.codePointAt(at) ?? 0);
      return new Mistake(text(`“${sign}” means nothing here`, `“${sign}” 在此没有含义`), at);
    }
    for (const kind of ['number', 'name', 'power', 'sign'] as const)
      if (groups[kind] !== undefined) tokens.push({ text: groups[kind], at, kind });
  }
  return tokens;
}

const signs: Readonly<Record<string, string>> = {
  '·': '*',
  '×': '*',
  '÷': '/',
  '−': '-',
  '**': '^',
  '≤': '<=',
  '≥': '>=',
  '=': '==',
};

class Reader {
  readonly #tokens: readonly Token[];
  readonly #source: string;
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[], source: string) {
    this.#tokens = tokens;
    this.#source = source;
  }

  whole(): Formula {
    const formula = this.#comparison();
    const rest = this.#tokens[this.#next];
    if (rest) throw this.#unexpected(rest);
    return formula;
  }

  #sign(): string | undefined {
    const token = this.#tokens[this.#next];
    return token?.kind === 'sign' ? (signs[token.text] ?? token.text) : undefined;
  }

  #take(...wanted: readonly string[]): string | undefined {
    const sign = this.#sign();
    if (sign === undefined || !wanted.includes(sign)) return undefined;
    this.#next++;
    return sign;
  }

  #unexpected(token: Token | undefined): Mistake {
    if (!token) return new Mistake(text('it ends too soon', '表达式不完整'), this.#source.length);
    return new Mistake(text(`“${token.text}” cannot stand here`, `“${token.text}” 不能在此出现`), token.at);
  }

  #comparison(): Formula {
    if (++this.#depth > mostNested)
      throw new Mistake(text('it is nested too deeply', '嵌套过深'), this.#tokens[this.#next]?.at ?? 0);
    const a = this.#sum();
    const sign = this.#take('<', '<=', '>', '>=', '==', '!=');
    this.#depth--;
    if (sign === undefined) return a;
    const b = this.#sum();
    if (sign === '>') return operation('<', b, a);
    if (sign === '>=') return operation('<=', b, a);
    if (sign !== '!=') return operation(sign as Operator, a, b);
    return operation('-', { kind: 'number', value: 1 }, operation('==', a, b));
  }

  #sum(): Formula {
    let sum = this.#product();
    for (let sign = this.#take('+', '-'); sign !== undefined; sign = this.#take('+', '-'))
      sum = operation(sign as Operator, sum, this.#product());
    return sum;
  }

  #product(): Formula {
    let product = this.#factor();
    for (;;) {
      const sign = this.#take('*', '/');
      if (sign === undefined && !this.#begins()) return product;
      product = operation((sign ?? '*') as Operator, product, this.#factor());
    }
  }

  /** Whether what comes next can stand beside a factor to be multiplied with it. */
  #begins(): boolean {
    const token = this.#tokens[this.#next];
    return token?.kind === 'name' || token?.kind === 'number' || token?.text === '(';
  }

  /** A sign binds less than a power: −x² = −(x²). */
  #factor(): Formula {
    if (this.#take('+') !== undefined) return this.#factor();
    if (this.#take('-') === undefined) return this.#power();
    if (++this.#depth > mostNested) throw this.#unexpected(this.#tokens[this.#next]);
    const of = this.#factor();
    this.#depth--;
    return of.kind === 'number' ? { kind: 'number', value: -of.value } : { kind: 'negative', of };
  }

  #power(): Formula {
    const base = this.#primary();
    const token = this.#tokens[this.#next];
    if (token?.kind === 'power') {
      this.#next++;
      const digits = [...token.text].map((c) => (c === '⁻' ? '-' : superscripts.indexOf(c))).join('');
      return operation('^', base, { kind: 'number', value: Number(digits) });
    }
    return this.#take('^') === undefined ? base : operation('^', base, this.#factor());
  }

  #primary(): Formula {
    const token = this.#tokens[this.#next];
    if (!token) throw this.#unexpected(token);
    if (this.#take('(') !== undefined) {
      const inside = this.#comparison();
      this.#close();
      return inside;
    }
    this.#next++;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind !== 'name') throw this.#unexpected(token);
    return this.#named(token);
  }

  #close(): void {
    if (this.#take(')') !== undefined) return;
    const token = this.#tokens[this.#next];
    throw token
      ? this.#unexpected(token)
      : new Mistake(text('a “(” is not closed', '“(” 没有闭合'), this.#source.length);
  }

  #named(token: Token): Formula {
    const { text: name, at } = token;
    const isCalled = this.#sign() === '(';
    const several = severalArguments.find((known) => known === name);
    const single = functionOf(name);
    if (several === undefined && single === undefined) {
      if (Object.hasOwn(constants, name)) return { kind: 'number', value: constants[name] as number };
      if (isCalled && [...name].length > 1) throw this.#unknown(token);
      if (name in Object.prototype)
        throw new Mistake(text(`“${name}” cannot be a name`, `“${name}” 不能作名称`), at);
      return { kind: 'name', name };
    }
    if (!isCalled)
      throw new Mistake(
        text(`${name} is a function: write ${name}(…)`, `${name} 是函数：请写作 ${name}(…)`),
        at,
      );
    const given = this.#arguments();
    const [first, second, third] = given as [Formula, ...Formula[]];
    const expected = several === 'where' ? 3 : several === 'pow' ? 2 : several ? undefined : 1;
    if (expected !== undefined && given.length !== expected)
      throw new Mistake(
        text(
          `${name} takes ${expected}, not ${given.length}`,
          `${name} 需要 ${expected} 个参数，而不是 ${given.length} 个`,
        ),
        at,
      );
    if (single !== undefined) return { kind: 'apply', function: single, of: first };
    if (several === 'where' && second && third) return { kind: 'where', if: first, a: second, b: third };
    if (several === 'pow' && second) return operation('^', first, second);
    return { kind: 'extreme', function: several === 'min' ? 'min' : 'max', of: given };
  }

  #arguments(): readonly Formula[] {
    this.#next++;
    const given = [this.#comparison()];
    while (this.#take(',') !== undefined) given.push(this.#comparison());
    this.#close();
    return given;
  }

  #unknown({ text: name, at }: Token): Mistake {
    const near = nearest(name);
    const error = text(
      `there is no function “${name}”${near ? `; did you mean ${near}?` : ''}`,
      `没有函数 “${name}”${near ? `；是否想写 ${near}？` : ''}`,
    );
    const meant = near && this.#source.slice(0, at) + near + this.#source.slice(at + name.length);
    return new Mistake(error, at, meant);
  }
}

const operation = (operator: Operator, a: Formula, b: Formula): Formula => ({
  kind: 'operation',
  operator,
  a,
  b,
});

/** The known name with the fewest letters changed, where they are few. */
function nearest(name: string): string | undefined {
  const known = [
    ...functionNames.map((n) => n.replaceAll('-', '_')),
    ...Object.keys(aliases),
    ...severalArguments,
  ];
  const close = known
    .map((other) => ({ other, far: distance(name.toLowerCase(), other) }))
    .sort((a, b) => a.far - b.far)[0];
  return close && close.far <= Math.max(1, Math.floor(name.length / 3)) ? close.other : undefined;
}

/** Letters to change, add or leave out: Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(
        Math.min(
          (row[j + 1] as number) + 1,
          (next[j] as number) + 1,
          (row[j] as number) + (letter === b[j] ? 0 : 1),
        ),
      );
    row = next;
  }
  return row[b.length] as number;
}

export function parseFormula(source: string): FormulaReading {
  const tokens = tokensOf(source);
  try {
    if (tokens instanceof Mistake) throw tokens;
    if (tokens.length === 0) throw new Mistake(text('it is empty', '表达式为空'), 0);
    const formula = new Reader(tokens, source).whole();
    const count = namesOf(formula).length;
    if (count > mostNames)
      throw new Mistake(
        text(`it has ${count} names, of at most ${mostNames}`, `有 ${count} 个名称，至多 ${mostNames} 个`),
        0,
      );
    return { formula };
  } catch (mistake) {
    if (!(mistake instanceof Mistake)) throw mistake;
    const { error, at, meant } = mistake;
    return { error, at, ...(meant !== undefined && { meant }) };
  }
}

/** What a formula is made of, itself left out. */
export function partsOf(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'number':
    case 'name':
      return [];
    case 'negative':
    case 'apply':
      return [formula.of];
    case 'extreme':
      return formula.of;
    case 'where':
      return [formula.if, formula.a, formula.b];
    case 'operation':
      return [formula.a, formula.b];
  }
}

/** The names in it, each once, in their order. */
export function namesOf(formula: Formula): readonly string[] {
  const names = new Set<string>();
  const visit = (part: Formula): void => {
    if (part.kind === 'name') names.add(part.name);
    for (const inner of partsOf(part)) visit(inner);
  };
  visit(formula);
  return [...names];
}
