/** The house rules that no linter knows: short files that open with what they are, and nothing of one machine. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAX_LINES = 400;
const root = fileURLToPath(new URL('../../', import.meta.url));

const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const files = ['src', 'graph-schema', 'test', 'scripts', 'templates', '.ci', '.github', ...pages]
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
const texts = files.filter((path) => /\.(ts|tsx|mjs|css|html|md|json|py|sh|yml)$|\.ci\/run$/.test(path));

const product = sources.filter(
  (path) => /^(src|graph-schema|templates)\//.test(path) && !/\.test\.tsx?$/.test(path),
);

/** Names that stand at several places, with all of them. */
function repeated(places: readonly (readonly [name: string, path: string])[]) {
  const byName = new Map<string, string[]>();
  for (const [name, path] of places) byName.set(name, [...(byName.get(name) ?? []), path]);
  return [...byName].filter(([, paths]) => paths.length > 1);
}

describe('tidy', () => {
  it('keeps every source file short', () => {
    const lines = sources.map((path) => `${read(path).trimEnd().split('\n').length} ${path}`);
    expect(lines.filter((line) => Number.parseInt(line, 10) > MAX_LINES)).toEqual([]);
  });

  it('gives every exported type a name of its own', () => {
    const pattern = /^export (?:declare |abstract )*(?:interface|type|class|enum) (\w+)/gm;
    const places = product.flatMap((path) =>
      Array.from(read(path).matchAll(pattern), ([, name = '']) => [name, path] as const),
    );
    expect(repeated(places)).toEqual([]);
  });

  it('gives every file of the product a name of its own', () => {
    // What these folders hold is named after what it registers; an index after its folder.
    const isNamedOtherwise =
      /\/index\.ts$|^src\/(catalogue\/nodes|cli\/commands|ir\/ops|numeric\/wasm\/emit\/functions)\//;
    const places = product
      .filter((path) => !isNamedOtherwise.test(path))
      .map((path) => [path.replace(/^.*\//, ''), path] as const);
    expect(repeated(places)).toEqual([]);
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
