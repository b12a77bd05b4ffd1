import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { limits } from './document.ts';
import { parseGraph } from './parse.ts';

const hostile = new URL('fixtures/hostile/', import.meta.url);
const files = readdirSync(hostile);
const graph = (more: object) => ({ format: 'tensorloom', version: 3, name: 'x', ...more });
const node = (params: object) => graph({ nodes: { a: { type: 't', params } } });
const codes = (input: unknown) => parseGraph(input).diagnostics.map((d) => d.code);

/** [code, the JSON path it points to, what the English message must say] of every diagnostic. */
const expected: Record<string, [string, (string | number)[], RegExp][]> = {
  'a-web-page.json': [['json-syntax', [], /the file is a web page/]],
  'constructor-node.json': [['forbidden-key', ['nodes', 'constructor'], /"constructor"/]],
  'empty.json': [['json-syntax', [], /empty/]],
  'future-version.json': [['document-version', ['version'], /version 99.*up to version 3/]],
  'infinity.json': [
    ['document-shape', ['nodes', 'a', 'params', 'values', 0], /values\[0\]: Infinity is not/],
  ],
  'nan.json': [['json-syntax', [], /unexpected "N" at line 1/]],
  'not-an-object.json': [['document-shape', [], /object/]],
  'other-format.json': [['document-shape', ['format'], /"tensorloom"/]],
  'proto-in-params.json': [
    ['forbidden-key', ['nodes', 'a', 'params', '__proto__'], /nodes\.a\.params: the key "__proto__"/],
  ],
  'prototype-in-unknown.json': [['forbidden-key', ['extra', 'list', 0, 'prototype'], /extra\.list\[0\]/]],
  'truncated.json': [['json-syntax', [], /line 5, column 34: the file is truncated/]],
  'v0-duplicate-ids.json': [
    ['document-shape', ['nodes', 2, 'id'], /"a" is used twice/],
    ['document-shape', ['edges', 1, 'id'], /"e" is used twice/],
  ],
  'v0-wrong-types.json': [
    ['document-shape', ['nodes'], /expected array/],
    ['document-shape', ['edges', 0, 'from'], /pattern/],
    ['document-shape', ['edges', 0, 'to'], /expected string/],
  ],
  'version-as-text.json': [['document-shape', ['version'], /whole number/]],
  'wrong-types.json': [
    ['document-shape', ['dims', 'B'], /at least 1/],
    ['document-shape', ['dims', 'C'], /expected number.*expected object/],
    ['document-shape', ['nodes', 'a', 'type'], /expected string/],
    ['document-shape', ['nodes', 'b'], /expected object/],
    ['document-shape', ['edges', 'e', 'from'], /expected object/],
    ['document-shape', ['edges', 'e', 'to'], /expected object/],
    ['document-shape', ['layout'], /expected object/],
  ],
};

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
});

describe('a hostile file', () => {
  it('is in the table below', () => expect(Object.keys(expected)).toEqual(files));

  it.each(files)('%s is refused with its place and reason', (file) => {
    const { value, diagnostics } = parseGraph(readFileSync(new URL(file, hostile), 'utf8'));
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, path }) => [code, path])).toEqual(
      expected[file]?.map(([code, path]) => [code, path]),
    );
    for (const [i, diagnostic] of diagnostics.entries()) {
      expect(diagnostic.severity).toBe('error');
      expect(diagnostic.message.en).toMatch(expected[file]?.[i]?.[2] as RegExp);
      expect(diagnostic.message.zh).not.toBe(diagnostic.message.en);
    }
  });

  it('names the node, parameter or edge that the fault lies in', () => {
    const places = (file: string) =>
      parseGraph(readFileSync(new URL(file, hostile), 'utf8')).diagnostics.map(({ node, param, edge }) => ({
        ...(node && { node }),
        ...(param && { param }),
        ...(edge && { edge }),
      }));
    expect(places('proto-in-params.json')).toEqual([{ node: 'a', param: '__proto__' }]);
    expect(places('wrong-types.json')).toEqual([
      {},
      {},
      { node: 'a' },
      { node: 'b' },
      { edge: 'e' },
      { edge: 'e' },
      {},
    ]);
  });
});

describe('bounds', () => {
  it('refuse a text of too many bytes before it is parsed', () => {
    expect(codes(' '.repeat(limits.bytes + 1))).toEqual(['document-too-large']);
    // Fewer characters than the limit, but more bytes.
    expect(codes('文'.repeat(limits.bytes / 2))).toEqual(['document-too-large']);
  });

  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('refuse deeply nested %s without descending', (_, open, close) => {
    const deep = (n: number) => `${open.repeat(n)}1${close.repeat(n)}`;
    expect(codes(deep(1_000_000))).toEqual(['document-too-large']);
    expect(codes(open.repeat(1_000_000))).toEqual(['document-too-large']);
    const params = (n: number) => JSON.stringify(graph({ extra: 0 })).replace('0}', `${deep(n)}}`);
    expect(codes(params(limits.depth))).toEqual(['document-too-large']);
    expect(codes(params(limits.depth - 1))).toEqual([]);
  });

  it('are not fooled by brackets inside strings', () => {
    expect(codes(JSON.stringify(graph({ description: '[{"\\'.repeat(100) })))).toEqual([]);
  });

  it('refuse what holds itself', () => {
    const loop: Record<string, unknown> = graph({});
    loop.self = loop;
    expect(codes(loop)).toEqual(['document-too-large']);
  });

  it('refuse a long text, a long array, too many nodes and wires', () => {
    expect(codes(graph({ description: 'x'.repeat(2_000_000) }))).toEqual(['document-too-large']);
    expect(codes(graph({ ['k'.repeat(2_000_000)]: 1 }))).toEqual(['document-too-large']);
    expect(codes(node({ values: new Array(limits.arrayLength + 1).fill(0) }))).toEqual([
      'document-too-large',
    ]);
    const ids = (n: number) => Array.from({ length: n }, (_, i) => [`n${i}`, { type: 't' }]);
    const { diagnostics } = parseGraph(graph({ nodes: Object.fromEntries(ids(limits.nodes + 1)) }));
    expect(diagnostics.map(({ code, path }) => [code, path])).toEqual([['document-too-large', ['nodes']]]);
    expect(codes(graph({ edges: ids(limits.edges + 1), version: 0 }))).toEqual(['document-too-large']);
  });

  it('count nodes, wires and blocks over the document and its blocks', () => {
    const record = (n: number, member: object) =>
      Object.fromEntries(Array.from({ length: n }, (_, i) => [`n${i}`, member]));
    const nodes = record(limits.nodes / 2, { type: 't' });
    expect(codes(graph({ nodes, blocks: { a: { nodes } } }))).toEqual([]);
    expect(codes(graph({ nodes, blocks: { a: { nodes }, b: { nodes: { x: { type: 't' } } } } }))).toEqual([
      'document-too-large',
    ]);
    expect(codes(graph({ blocks: record(limits.blocks + 1, {}) }))).toEqual(['document-too-large']);
    // Before version 2, blocks were anything.
    expect(codes(graph({ version: 1, blocks: record(limits.blocks + 1, {}) }))).toEqual([]);
  });

  it('let a document stand that keeps them', () => {
    const values = Array.from({ length: 100_000 }, (_, i) => i / 2);
    expect(parseGraph(node({ values })).value?.nodes.a?.params).toEqual({ values });
  });

  it('report no more faults than a person will read', () => {
    const nodes = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`n${i}`, {}]));
    expect(codes(graph({ nodes })).length).toBe(50);
  });
});

describe('a value from memory', () => {
  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a bigint', 1n],
    ['NaN', Number.NaN],
    ['infinity', Number.NEGATIVE_INFINITY],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['a typed array', new Float32Array(2)],
  ])('is refused when it holds %s', (_, value) => {
    expect(codes(graph({ extra: [value] }))).toEqual(['document-shape']);
    expect(codes(value)).toEqual(['document-shape']);
  });

  it.each([undefined, null, true, 3, '', 'tensorloom', [], {}])('%j alone is no document', (value) => {
    expect(parseGraph(value).value).toBeUndefined();
    expect(codes(value).length).toBe(1);
  });

  it('may have members that are undefined', () => {
    expect(parseGraph(graph({ description: undefined, extra: undefined })).diagnostics).toEqual([]);
  });
});

describe('whatever comes', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  const soundOrRefused = (input: unknown) => {
    const { value, diagnostics } = parseGraph(input);
    expect(value === undefined).toBe(diagnostics.length > 0);
    expect(diagnostics.every((d) => d.severity === 'error')).toBe(true);
  };

  it('as a value, is a document or is refused with a reason', () => {
    fc.assert(fc.property(anything, soundOrRefused), { numRuns: 500 });
  });

  it('in any place of a document, is a document or is refused with a reason', () => {
    const places = [
      ...Object.keys(graph({})),
      'description',
      'dims',
      'nodes',
      'edges',
      'blocks',
      'run',
      'layout',
    ];
    const damaged = fc
      .tuple(fc.constantFrom(0, 1, 2), fc.constantFrom(...places), anything, fc.boolean())
      .map(([version, key, value, inside]) => graph({ version, [key]: inside ? { a: value } : value }));
    fc.assert(fc.property(damaged, soundOrRefused), { numRuns: 1000 });
  });

  it('as text cut and pasted at random, is a document or is refused with a reason', () => {
    const full = readFileSync(new URL('fixtures/v2-full.graph.json', import.meta.url), 'utf8');
    const at = fc.nat({ max: full.length });
    fc.assert(
      fc.property(at, at, fc.string({ maxLength: 3 }), (begin, end, insert) =>
        soundOrRefused(full.slice(0, begin) + insert + full.slice(end)),
      ),
      { numRuns: 1000 },
    );
  });
});

describe('a good file', () => {
  it('may begin with a byte order mark', () => {
    expect(parseGraph(`\ufeff${JSON.stringify(graph({}))}`).diagnostics).toEqual([]);
  });

  it('has its defaults filled in', () => {
    expect(parseGraph(graph({ nodes: { a: { type: 't' } } })).value).toEqual({
      format: 'tensorloom',
      version: 3,
      name: 'x',
      dims: {},
      nodes: { a: { type: 't', params: {} } },
      edges: {},
      blocks: {},
      layout: { nodes: {} },
    });
  });
});
