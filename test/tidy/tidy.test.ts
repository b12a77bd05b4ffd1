/** The house rules that no linter knows: short files that open with what they are, and nothing of one machine. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAX_LINES = 450;
const root = fileURLToPath(new URL('../../', import.meta.url));

const files = ['src', 'graph-schema', 'test', 'scripts', 'templates', '.ci', 'README.md', 'ARCHITECTURE.md']
  .flatMap((top) =>
    statSync(root + top).isFile()
      ? [top]
      : readdirSync(root + top, { recursive: true, encoding: 'utf8' }).map((name) => `${top}/${name}`),
  )
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => statSync(root + path).isFile());

const read = (path: string) => readFileSync(root + path, 'utf8');
const sources = files.filter(
  (path) =>
    /^(src|graph-schema|templates|test|scripts)\/.*\.(ts|tsx|mjs)$/.test(path) &&
    !path.includes('.generated.'),
);
const texts = files.filter((path) => /\.(ts|tsx|mjs|css|html|md|json|py|sh)$|\.ci\/run$/.test(path));

describe('tidy', () => {
  it('keeps every source file short', () => {
    const lines = sources.map((path) => `${read(path).split('\n').length} ${path}`);
    expect(lines.filter((line) => Number.parseInt(line, 10) > MAX_LINES)).toEqual([]);
  });

  it('opens every source file by saying what it is', () => {
    const product = sources.filter((path) => !/\.test\.tsx?$/.test(path));
    expect(product.filter((path) => !/^(#!.*\n)?\/[*/]/.test(read(path)))).toEqual([]);
  });

  it('names no place on one machine', () => {
    // A home or work folder, or a sibling of the checkout; benchmarks may look for peers' data beside it.
    const place = /(^|[\s'"`(=])(\/(home|work|root|Users|tmp)\/|[A-Z]:\\\\|(\.\.\/)+shared\/)/m;
    expect(texts.filter((path) => !path.startsWith('test/bench/') && place.test(read(path)))).toEqual([]);
  });

  it('leaves no note of unfinished work', () => {
    // Spelt in two halves, so that this file passes its own test.
    const note = new RegExp(
      `\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')}|${['X', 'XX'].join('')})\\b`,
    );
    expect(sources.filter((path) => note.test(read(path)))).toEqual([]);
  });

  it('tests nothing only, and skips nothing for good', () => {
    const tests = sources.filter((path) => /\.(test|spec)\.tsx?$/.test(path));
    expect(tests.length).toBeGreaterThan(0);
    expect(
      tests.filter((path) => /\b(it|test|describe)\.(only|skip|fixme)\(\s*['"`]/.test(read(path))),
    ).toEqual([]);
  });
});
