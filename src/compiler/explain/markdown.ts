/** A code's page as Markdown, in one language: what `tensorloom explain` prints and docs/diagnostics holds. */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Code } from '../../base/codes.ts';
import { portKey } from '../../base/path.ts';
import { type Locale, type Text, text } from '../../base/text.ts';
import { type CodePage, pageOf } from './index.ts';
import type { Provocation } from './sketches.ts';

const words = {
  severity: { error: text('Error', '错误'), warning: text('Warning', '警告'), info: text('Note', '提示') },
  example: text('Example', '示例'),
  file: text('This file:', '这个文件：'),
  graph: text('This graph:', '这张图：'),
  says: text('makes Tensorloom say:', '会得到：'),
  arises: text('It arises elsewhere:', '它在别处出现：'),
  remedy: text('Remedy', '解决办法'),
  fixes: text(
    'For the example the page offers, each tried before it is offered:',
    '对这个示例，页面提供以下修复，均已先行验证：',
  ),
} as const;

/** `A: tensor, axes i 3, j 4` and `A.out → c.a`, one a line. */
export function graphLines({ nodes, edges, dims }: GraphDocument): string[] {
  const value = (x: unknown): string => {
    if (Array.isArray(x) && x.every((item) => typeof item === 'object' && item !== null && 'name' in item))
      return x.map(({ name, size }) => `${name} ${size}`).join(', ');
    return typeof x === 'string' ? x : JSON.stringify(x);
  };
  return [
    ...Object.entries(dims).map(
      ([name, dim]) => `${name} = ${typeof dim === 'number' ? dim : (dim.size ?? '?')}`,
    ),
    ...Object.entries(nodes).map(([id, { type, params }]) =>
      [`${id}: ${type}`, ...Object.entries(params).map(([key, x]) => `${key} ${value(x)}`)].join('; '),
    ),
    ...Object.values(edges).map(
      ({ from, to }) => `${portKey(from.node, from.port)} → ${portKey(to.node, to.port)}`,
    ),
  ];
}

const fence = (lines: readonly string[]): string => ['```', ...lines, '```'].join('\n');
const longest = 120;

function exampleParts(example: Provocation, page: CodePage, say: (text: Text) => string): string[] {
  const said = page.said ? [say(words.says), `> ${say(page.said.message)}`] : [];
  switch (example.by) {
    case 'check':
    case 'compile':
      return [say(words.graph), fence(graphLines(example.document)), ...said];
    case 'file': {
      const shown = example.text.length > longest ? `${example.text.slice(0, longest)}…` : example.text;
      return [say(words.file), fence([shown]), ...said];
    }
    case 'elsewhere':
      return [say(words.arises), say(example.where)];
  }
}

export function markdownOf(code: Code, locale: Locale, level = 1): string {
  const page = pageOf(code);
  const say = (t: Text) => t[locale];
  const hash = '#'.repeat(level);
  const fixes = page.fixes.map((fix) => `- ${say(fix.title)}`);
  return [
    `${hash} ${say(page.title)}`,
    `**${say(words.severity[page.severity])}** \`${code}\``,
    say(page.why),
    `${hash}# ${say(words.example)}`,
    ...exampleParts(page.example, page, say),
    `${hash}# ${say(words.remedy)}`,
    say(page.remedy),
    ...(fixes.length > 0 ? [say(words.fixes), fixes.join('\n')] : []),
  ].join('\n\n');
}
