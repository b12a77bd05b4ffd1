/** docs/diagnostics is written from the registry; `UPDATE=1` writes it anew. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Code, codes } from '../../base/codes.ts';
import { explanations } from './explanations.ts';
import { markdownOf } from './markdown.ts';

const folder = join(import.meta.dirname, '../../../docs/diagnostics');
const all = Object.keys(codes) as Code[];

const index = (): string => {
  const rows = all.map((code) => {
    const { title } = explanations[code];
    return `| [\`${code}\`](${code}.md) | ${codes[code].severity} | ${title.en} | ${title.zh} |`;
  });
  return [
    '# Diagnostics',
    '',
    'Everything Tensorloom can say about a graph, each with a stable code. `tensorloom explain CODE` prints a page.',
    '',
    '| code | severity | what it is | 含义 |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
};

const pages = new Map<string, string>([
  ['README.md', index()],
  ...all.map((code): [string, string] => [
    `${code}.md`,
    `${markdownOf(code, 'en')}\n\n---\n\n${markdownOf(code, 'zh')}\n`,
  ]),
]);

describe('docs/diagnostics', () => {
  if (process.env.UPDATE) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of pages) writeFileSync(join(folder, name), content);
  }

  it('has one page for each code, and no others', () => {
    expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  });
  it.each([...pages])('%s is up to date', (name, content) => {
    expect(readFileSync(join(folder, name), 'utf8')).toBe(content);
  });
});
