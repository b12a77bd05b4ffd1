/** Lays Python out as the formatter Black does: what is longer than a line is opened at its last brackets. */

const WIDTH = 100;
const step = '    ';

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Lines, each with its own indentation, none too long where brackets allow to break it. */
export const layOut = (lines: readonly string[], indent = ''): string[] =>
  lines.flatMap((line) => line.split('\n')).flatMap((line) => (line === '' ? [''] : fitted(indent + line)));

function fitted(line: string): string[] {
  const { code, comment } = parted(line);
  if (line.length <= WIDTH) return [line];
  const indent = /^ */.exec(code)?.[0] ?? '';
  if (comment !== '' && code.trim() !== '') return [`${indent}${comment}`, ...fitted(code.trimEnd())];
  const brackets = lastBrackets(code);
  if (!brackets) return [line];
  const { head, items, tail } = brackets;
  const inner = items.join(', ');
  if (indent.length + step.length + inner.length <= WIDTH && !/[=*]/.test(items.at(-1) ?? ''))
    return [head, `${indent}${step}${inner}`, `${indent}${tail}`];
  // Numbers side by side, all else one in a line.
  const isNumbers = items.length > 8 && items.every((item) => item.length < 30 && !/[([{=]/.test(item));
  // A comma behind the only item would make a tuple of what parentheses group, and nothing of a generator.
  const comma = items.length === 1 ? '' : ',';
  const body = isNumbers
    ? filled(items, `${indent}${step}`)
    : items.flatMap((item) => fitted(`${indent}${step}${item}${comma}`));
  return [head, ...body, `${indent}${tail}`];
}

function filled(items: readonly string[], indent: string): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const item of items) {
    if (line.length + item.length + 2 > WIDTH && line !== indent) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += `${item}, `;
  }
  return [...lines, line.trimEnd()];
}

/** A line of code and the comment behind it. */
function parted(line: string): { code: string; comment: string } {
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const char = line[i] as string;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (char === '#') return { code: line.slice(0, i), comment: line.slice(i) };
  }
  return { code: line, comment: '' };
}

/** The outermost brackets that close last, parted at their commas; none where they are empty. */
function lastBrackets(code: string): { head: string; items: string[]; tail: string } | undefined {
  let found: { from: number; to: number } | undefined;
  const open: { char: string; at: number }[] = [];
  let quote = '';
  for (let i = 0; i < code.length; i++) {
    const char = code[i] as string;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if (closing[char] !== undefined) open.push({ char, at: i });
    else if (')]}'.includes(char)) {
      const last = open.pop();
      if (open.length === 0 && last && i > last.at + 1 && (!found || i - last.at > 12))
        found = { from: last.at, to: i };
    }
  }
  if (!found) return undefined;
  const items = split(code.slice(found.from + 1, found.to));
  return { head: code.slice(0, found.from + 1), items, tail: code.slice(found.to) };
}

/** Parts at the commas that stand in no brackets and no string. */
function split(list: string): string[] {
  const items: string[] = [];
  let [depth, quote, from] = [0, '', 0];
  for (let i = 0; i < list.length; i++) {
    const char = list[i] as string;
    if (quote !== '') {
      if (char === '\\') i++;
      else if (char === quote) quote = '';
    } else if (char === '"' || char === "'") quote = char;
    else if ('([{'.includes(char)) depth++;
    else if (')]}'.includes(char)) depth--;
    else if (char === ',' && depth === 0) {
      items.push(list.slice(from, i).trim());
      from = i + 1;
    }
  }
  const last = list.slice(from).trim();
  return last === '' ? items : [...items, last];
}
