import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument, VERSION } from './document.ts';
import { parseGraph, serialize } from './parse.ts';

const reserved = ['__proto__', 'constructor', 'prototype'];
const key = fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }).filter((k) => !reserved.includes(k));
const record = <T>(value: fc.Arbitrary<T>) =>
  fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    number,
    fc.string({ unit: 'binary' }),
    fc.array(number, { maxLength: 60 }),
    fc.array(tie('value'), { maxLength: 4 }),
    record(tie('value')),
  ),
})).value;

/** A record of what is required, what may lack, and keys from elsewhere. */
const loose = <T extends object>(known: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.tuple(record(json), known).map(([unknown, members]) => {
    const elsewhere = Object.entries(unknown).map(([k, v]) => [`x-${k}`, v]);
    return { ...Object.fromEntries(elsewhere), ...members };
  });
const optional = <T extends object, K extends keyof T>(
  model: { [P in keyof T]: fc.Arbitrary<T[P]> },
  required: K[],
) => loose(fc.record(model, { requiredKeys: required, noNullPrototype: true }));

const portRef = optional({ node: key, port: key }, ['node', 'port']);
const size = fc.integer({ min: 1, max: 1_000_000 });
const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });

const level = {
  dims: record(fc.oneof(size, optional({ size, free: fc.boolean() }, []))),
  nodes: record(
    optional({ type: key, params: record(json), label: fc.string(), note: fc.string() }, ['type', 'params']),
  ),
  edges: record(optional({ from: portRef, to: portRef }, ['from', 'to'])),
  layout: optional(
    {
      nodes: record(
        optional({ x: number, y: number, width: positive, height: positive, color: key }, ['x', 'y']),
      ),
      viewport: optional({ x: number, y: number, zoom: positive }, ['x', 'y', 'zoom']),
    },
    ['nodes'],
  ),
};

const documents = optional(
  {
    ...level,
    format: fc.constant('tensorloom'),
    version: fc.constant(VERSION),
    name: fc.string({ maxLength: 50 }),
    description: fc.string(),
    blocks: record(
      optional({ ...level, name: fc.string(), description: fc.string(), numbers: record(number) }, [
        'dims',
        'numbers',
        'nodes',
        'edges',
        'layout',
      ]),
    ),
    data: record(
      optional(
        {
          sha256: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 }),
          rows: fc.integer({ min: 1 }),
          columns: record(optional({ shape: fc.array(size, { maxLength: 3 }) }, ['shape'])),
          source: optional({ kind: key }, ['kind']),
        },
        ['sha256', 'rows', 'columns', 'source'],
      ),
    ),
    run: optional(
      {
        steps: fc.nat(1000),
        seed: fc.nat(),
        evaluateEvery: size,
        dtype: fc.constantFrom('float32' as const, 'float64' as const),
      },
      [],
    ),
    lesson: json,
  },
  ['format', 'version', 'name', 'dims', 'nodes', 'edges', 'blocks', 'layout'],
) as fc.Arbitrary<GraphDocument>;

describe('serialize', () => {
  it('is undone by parseGraph, unknown keys and all', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const { value, diagnostics } = parseGraph(serialize(document));
        expect(diagnostics).toEqual([]);
        expect(value).toEqual(document);
        expect(serialize(value!)).toBe(serialize(document));
      }),
      { numRuns: 300 },
    );
  });

  it('writes known keys in the schema’s order, whatever order they came in', () => {
    const backwards = Object.fromEntries(Object.entries(emptyDocument('x')).reverse()) as GraphDocument;
    expect(serialize(backwards)).toBe(serialize(emptyDocument('x')));
    expect(Object.keys(JSON.parse(serialize(backwards)))).toEqual(Object.keys(emptyDocument('x')));
  });

  it('writes a wire to a line and fills lines with numbers', () => {
    const document: GraphDocument = {
      ...emptyDocument('x'),
      nodes: { a: { type: 'tensor', params: { values: Array.from({ length: 40 }, (_, i) => -i / 8) } } },
      edges: { e: { from: { node: 'a', port: 'y' }, to: { node: 'b', port: 'x' } } },
    };
    expect(serialize(document)).toMatchInlineSnapshot(`
      "{
        "format": "tensorloom",
        "version": 3,
        "name": "x",
        "dims": {},
        "nodes": {
          "a": {
            "type": "tensor",
            "params": {
              "values": [
                -0, -0.125, -0.25, -0.375, -0.5, -0.625, -0.75, -0.875, -1, -1.125, -1.25, -1.375, -1.5,
                -1.625, -1.75, -1.875, -2, -2.125, -2.25, -2.375, -2.5, -2.625, -2.75, -2.875, -3,
                -3.125, -3.25, -3.375, -3.5, -3.625, -3.75, -3.875, -4, -4.125, -4.25, -4.375, -4.5,
                -4.625, -4.75, -4.875
              ]
            }
          }
        },
        "edges": { "e": { "from": { "node": "a", "port": "y" }, "to": { "node": "b", "port": "x" } } },
        "blocks": {},
        "layout": { "nodes": {} }
      }
      "
    `);
  });

  it('leaves out what is undefined', () => {
    const document = { ...emptyDocument('x'), description: undefined, extra: { a: undefined } };
    expect(parseGraph(serialize(document)).value).toEqual({ ...emptyDocument('x'), extra: {} });
  });
});
