/** From text to a JSON value; nothing in the text can make this throw. */
import { diagnose, type Outcome } from '../src/base/diagnostic.ts';
import { text } from '../src/base/text.ts';
import { what } from './bounds.ts';
import { limits } from './document.ts';
import { showJsonPath } from './json-path.ts';
import { findSyntaxFault, nestingDepth } from './json-syntax.ts';

/** JSON text as a value, within the bounds of a document. Codes: document-too-large and those of `parseJson`. */
export function readJson(source: string): Outcome<unknown> {
  const tooLarge = (kind: keyof typeof what, actual: number, limit: number): Outcome<unknown> => {
    const values = { at: showJsonPath([]), what: what[kind], actual, limit };
    return { diagnostics: [diagnose('document-too-large', { path: [] }, values)] };
  };
  // A UTF-16 unit takes one to three bytes of UTF-8: counting them exactly is seldom needed.
  if (source.length * 3 > limits.bytes) {
    const bytes = source.length > limits.bytes ? source.length : new TextEncoder().encode(source).length;
    if (bytes > limits.bytes) return tooLarge('bytes', bytes, limits.bytes);
  }
  const depth = nestingDepth(source, limits.depth);
  if (depth > limits.depth) return tooLarge('depth', depth, limits.depth);
  return parseJson(source);
}

/** JSON text of any size as a value. Code: json-syntax, with the place where the text stops being JSON. */
export function parseJson(source: string): Outcome<unknown> {
  // A byte order mark is how some editors begin a file.
  const json = source.startsWith('\ufeff') ? source.slice(1) : source;
  try {
    return { value: JSON.parse(json), diagnostics: [] };
  } catch {
    return { diagnostics: [diagnose('json-syntax', { path: [] }, { detail: describeFault(json) })] };
  }
}

function describeFault(json: string) {
  if (json.trim() === '') return text('the file is empty', '文件为空');
  const fault = findSyntaxFault(json);
  if (!fault) throw new Error('internal: JSON.parse refused what the scanner accepts');
  const { line, column, offset, truncated } = fault;
  if (truncated) {
    return text(
      `it ends too early, at line ${line}, column ${column}: the file is truncated`,
      `在第 ${line} 行第 ${column} 列过早结束：文件被截断`,
    );
  }
  const found = JSON.stringify(String.fromCodePoint(json.codePointAt(offset) as number));
  return text(
    `unexpected ${found} at line ${line}, column ${column}`,
    `第 ${line} 行第 ${column} 列出现意外的 ${found}`,
  );
}
