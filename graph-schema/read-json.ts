/** From text to a JSON value; nothing in the text can make this throw. */
import { diagnose, type Outcome } from '../src/base/diagnostic.ts';
import { kindOfText } from '../src/base/file-kind.ts';
import { type Text, text } from '../src/base/text.ts';
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
  // A byte order mark is how some editors begin a file, and what joins files may leave several.
  const json = source.replace(/^\ufeff+/, '');
  try {
    return { value: JSON.parse(json), diagnostics: [] };
  } catch {
    return { diagnostics: [diagnose('json-syntax', { path: [] }, describeFault(json))] };
  }
}

const cures = {
  empty: text(
    'Open the file that was meant; this one holds nothing.',
    '请打开所要的文件；这个文件没有内容。',
  ),
  other: text('Open a file that holds JSON.', '请打开内容为 JSON 的文件。'),
  truncated: text(
    'Copy or download the file again: its end is missing.',
    '请重新复制或下载文件：它缺少结尾。',
  ),
  written: text(
    'Correct the text at this place, or open the last good copy.',
    '请修正此处的文本，或打开上一份完好的副本。',
  ),
} as const;

function describeFault(json: string): { readonly detail: Text; readonly cure: Text } {
  if (json.trim() === '') return { detail: text('the file is empty', '文件为空'), cure: cures.empty };
  const kind = kindOfText(json);
  if (kind) return { detail: text(`the file is ${kind.en}`, `该文件是${kind.zh}`), cure: cures.other };
  const fault = findSyntaxFault(json);
  if (!fault) throw new Error('internal: JSON.parse refused what the scanner accepts');
  const { line, column, offset, truncated } = fault;
  if (truncated) {
    const detail = text(
      `it ends too early, at line ${line}, column ${column}: the file is truncated`,
      `在第 ${line} 行第 ${column} 列过早结束：文件被截断`,
    );
    return { detail, cure: cures.truncated };
  }
  const found = JSON.stringify(String.fromCodePoint(json.codePointAt(offset) as number));
  const detail = text(
    `unexpected ${found} at line ${line}, column ${column}`,
    `第 ${line} 行第 ${column} 列出现意外的 ${found}`,
  );
  return { detail, cure: offset === 0 ? cures.other : cures.written };
}
