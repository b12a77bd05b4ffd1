/** Reads a size as a user writes it: `64`, `B`, `2*d + 1`, `floor((H + 2*p - k)/s) + 1`, `ceil(n/2)`, `max(a, b)`. */
import { type Text, text } from '../base/text.ts';
import {
  add,
  constant,
  floorDivide,
  hasUnknown,
  maximum,
  multiply,
  type Size,
  subtract,
  symbol,
} from './size.ts';

export type SizeReading = { readonly size: Size } | { readonly error: Text };

/** Deeper nesting than anyone writes; bounds the recursion on hostile text. */
const maxDepth = 50;

/** Thrown and caught in this file only. */
class ReadError extends Error {
  readonly why: Text;
  constructor(en: string, zh: string) {
    super(en);
    this.why = text(en, zh);
  }
}

const misplaced = (token: string | undefined) =>
  new ReadError(`"${token}" does not belong here`, `“${token}” 不应在此处`);

const ceilDivide = (a: Size, b: Size): Size => floorDivide(subtract(add(a, b), constant(1)), b);

export function parseSize(written: string): SizeReading {
  const tokens = written.match(/\d+|[\p{L}_][\p{L}\p{N}_]*|\/\/|\S/gu) ?? [];
  let at = 0;
  /** What `/` means: it rounds as the function around it says, down where there is none. */
  let divide = floorDivide;
  const peek = () => tokens[at];
  const take = (token: string) => {
    if (peek() !== token)
      throw new ReadError(
        `expected "${token}" ${peek() === undefined ? 'at the end' : `before "${peek()}"`}`,
        `${peek() === undefined ? '末尾' : `“${peek()}” 之前`}缺少 “${token}”`,
      );
    at++;
  };

  const sum = (depth: number): Size => {
    if (depth > maxDepth) throw new ReadError('nested too deeply', '嵌套过深');
    let value = term(depth);
    while (peek() === '+' || peek() === '-') {
      const operation = tokens[at++] === '+' ? add : subtract;
      value = operation(value, term(depth));
    }
    return value;
  };
  const term = (depth: number): Size => {
    let value = factor(depth);
    while (peek() === '*' || peek() === '·' || peek() === '/' || peek() === '//') {
      const operation = tokens[at++]?.startsWith('/') ? divide : multiply;
      value = operation(value, factor(depth));
    }
    return value;
  };
  const factor = (depth: number): Size => {
    const token = tokens[at++];
    if (token === undefined) throw new ReadError('something is missing at the end', '末尾缺少内容');
    if (/^\d/.test(token)) {
      const n = Number(token);
      if (!Number.isSafeInteger(n)) throw new ReadError(`${token} is too large`, `${token} 太大`);
      return constant(n);
    }
    if (token === '(') {
      const inner = sum(depth + 1);
      take(')');
      return inner;
    }
    if (/^[\p{L}_]/u.test(token)) return peek() === '(' ? call(token, depth) : symbol(token);
    throw misplaced(token);
  };
  const call = (name: string, depth: number): Size => {
    take('(');
    const outer = divide;
    if (name === 'ceil') divide = ceilDivide;
    else if (name === 'floor') divide = floorDivide;
    const first = sum(depth + 1);
    divide = outer;
    if (name === 'ceil' || name === 'floor') {
      take(')');
      return first;
    }
    if (name === 'max') {
      take(',');
      const second = sum(depth + 1);
      take(')');
      return maximum(first, second);
    }
    throw new ReadError(`there is no function "${name}"`, `没有函数 “${name}”`);
  };

  try {
    const size = sum(0);
    if (hasUnknown(size)) throw new ReadError('it has too many terms', '项数太多');
    if (at < tokens.length) throw misplaced(peek());
    return { size };
  } catch (error) {
    if (error instanceof ReadError) return { error: error.why };
    throw error;
  }
}
