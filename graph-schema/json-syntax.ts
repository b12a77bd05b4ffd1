/**
 * Where a text stops being JSON. JSON.parse words its errors differently on every host and some hosts
 * give no place at all; this scanner finds the first offending character the same way everywhere.
 * It keeps its own stack, so that deep nesting cannot exhaust the host's.
 */

export interface SyntaxFault {
  /** Index of the first character that cannot stand where it stands; the text's length when it ends too early. */
  readonly offset: number;
  /** Both from 1; columns count UTF-16 units. */
  readonly line: number;
  readonly column: number;
  /** The text is a proper beginning of a JSON text: it was cut off. */
  readonly truncated: boolean;
}

// RFC 8259, sections 2 and 6.
const space = /[ \t\n\r]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words = ['true', 'false', 'null'];

/** The deepest nesting of brackets outside strings, counted no further than `limit` + 1. */
export function nestingDepth(text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length && deepest <= limit; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) {
          if (text.charCodeAt(at) === 0x5c) at++; // a backslash hides the next character
        }
        break;
      case 0x5b: // [
      case 0x7b: // {
        deepest = Math.max(deepest, ++depth);
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth--;
    }
  }
  return deepest;
}

/** The first fault of a text, or undefined when it is JSON. */
export function findSyntaxFault(text: string): SyntaxFault | undefined {
  const offset = scan(text);
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset);
  return {
    offset,
    line: before.split('\n').length,
    column: offset - before.lastIndexOf('\n'),
    truncated: offset === text.length,
  };
}

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma or end';

function scan(text: string): number | undefined {
  const open: ('[' | '{')[] = [];
  let expected: Expected = 'value';
  let at = 0;

  const skip = (pattern: RegExp) => {
    pattern.lastIndex = at;
    at += pattern.exec(text)?.[0].length ?? 0;
  };
  /** Moves behind a string; false when it has a fault, with `at` on the fault. */
  const string = (): boolean => {
    for (at++; at < text.length; at++) {
      const c = text[at] as string;
      if (c === '"') return ++at > 0;
      if (c < ' ') return false;
      if (c !== '\\') continue;
      const escaped = text[++at];
      if (escaped === undefined || !'"\\/bfnrtu'.includes(escaped)) return false;
      for (let digits = escaped === 'u' ? 4 : 0; digits > 0; digits--) {
        if (!/[0-9a-fA-F]/.test(text[++at] ?? '')) return false;
      }
    }
    return false;
  };
  /** Moves behind a number or word; false when it has a fault, with `at` on the fault. */
  const scalar = (): boolean => {
    const begin = at;
    const word = words.find((w) => w[0] === text[at]);
    if (word) {
      while (at - begin < word.length && text[at] === word[at - begin]) at++;
      return at - begin === word.length;
    }
    skip(number);
    if (at === begin) {
      if (text[at] === '-') at++;
      return false;
    }
    // A number that was cut off: `1.`, `1e`, `1e+`.
    const rest = /^(?:\.|[eE][+-]?)$/.exec(text.slice(at));
    if (rest) at = text.length;
    return rest === null;
  };

  for (;;) {
    skip(space);
    const c = text[at];
    if (expected === 'comma or end' && open.length === 0) return at === text.length ? undefined : at;
    if (c === undefined) return at;
    switch (expected) {
      case 'value or ]':
      case 'value':
        if (c === ']' && expected === 'value or ]') {
          open.pop();
          expected = 'comma or end';
          at++;
        } else if (c === '[' || c === '{') {
          open.push(c);
          expected = c === '[' ? 'value or ]' : 'key or }';
          at++;
        } else {
          if (!(c === '"' ? string() : scalar())) return at;
          expected = 'comma or end';
        }
        break;
      case 'key or }':
      case 'key':
        if (c === '}' && expected === 'key or }') {
          open.pop();
          expected = 'comma or end';
          at++;
        } else {
          if (c !== '"' || !string()) return at;
          expected = 'colon';
        }
        break;
      case 'colon':
        if (c !== ':') return at;
        expected = 'value';
        at++;
        break;
      case 'comma or end': {
        const inside = open.at(-1);
        if (c === ',') expected = inside === '[' ? 'value' : 'key';
        else if (c === (inside === '[' ? ']' : '}')) open.pop();
        else return at;
        at++;
      }
    }
  }
}
