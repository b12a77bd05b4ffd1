/**
 * Version 0 was the draft: nodes and edges stood in arrays, each with its `id`; an edge's ends were
 * written `node.port`; sizes of symbols were called `sizes`, null for a free one; and every node
 * carried its own position.
 *
 *     { "format": "tensorloom", "version": 0, "name": "product",
 *       "sizes": { "B": 64, "T": null },
 *       "nodes": [{ "id": "A", "type": "tensor", "params": { "axes": "i 2, j 3" }, "x": 0, "y": 0 }, …],
 *       "edges": [{ "id": "e1", "from": "A.y", "to": "C.0" }, …] }
 *
 * Version 1 keeps records by id, so that an edit touches one key, and moves the picture to `layout`.
 */
import { z } from 'zod';
import { type Diagnostic, diagnose, type Outcome } from '../../src/base/diagnostic.ts';
import { text } from '../../src/base/text.ts';
import { validate } from '../issues.ts';
import { type JsonPath, showJsonPath } from '../json-path.ts';
import type { Migration } from './migration.ts';

const id = z.string().min(1).max(200);
// Node ids may hold dots; port names could not.
const end = z.string().regex(/^.+\.[^.]+$/s);

const draftSchema = z.looseObject({
  name: z.string().max(200),
  sizes: z.record(z.string().max(50), z.int().min(1).nullable()).default({}),
  nodes: z
    .array(
      z.looseObject({
        id,
        type: z.string(),
        params: z.record(z.string(), z.unknown()).default({}),
        x: z.number().default(0),
        y: z.number().default(0),
      }),
    )
    .default([]),
  edges: z.array(z.looseObject({ id, from: end, to: end })).default([]),
});

type Draft = z.output<typeof draftSchema>;

export const recordsById: Migration = {
  from: 0,
  to: 1,
  name: 'records-by-id',
  up(json): Outcome<unknown> {
    const { value, diagnostics } = validate(draftSchema, json);
    if (!value) return { diagnostics };
    const repeated = [...repeatedIds('nodes', value.nodes), ...repeatedIds('edges', value.edges)];
    return repeated.length > 0 ? { diagnostics: repeated } : { value: lift(value), diagnostics: [] };
  },
};

function repeatedIds(section: 'nodes' | 'edges', members: readonly { readonly id: string }[]): Diagnostic[] {
  const seen = new Set<string>();
  return members.flatMap(({ id }, i) => {
    const repeated = seen.has(id);
    seen.add(id);
    const path: JsonPath = [section, i, 'id'];
    const detail = text(`the id "${id}" is used twice`, `标识 “${id}” 重复`);
    const where = section === 'nodes' ? { node: id, path } : { edge: id, path };
    return repeated ? [diagnose('document-shape', where, { at: showJsonPath(path), detail })] : [];
  });
}

function lift({ sizes, nodes, edges, ...rest }: Draft): unknown {
  return {
    ...rest,
    version: 1,
    dims: mapValues(sizes, (size) => size ?? { free: true }),
    nodes: byId(nodes, ({ id: _, x: __, y: ___, ...node }) => node),
    edges: byId(edges, ({ id: _, from, to, ...edge }) => ({ ...edge, from: portRef(from), to: portRef(to) })),
    layout: { nodes: byId(nodes, ({ x, y }) => ({ x, y })) },
  };
}

const mapValues = <V, W>(record: Record<string, V>, f: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, f(value)]));

const byId = <V extends { readonly id: string }, W>(
  members: readonly V[],
  f: (member: V) => W,
): Record<string, W> => Object.fromEntries(members.map((member) => [member.id, f(member)]));

function portRef(end: string): { node: string; port: string } {
  const dot = end.lastIndexOf('.');
  return { node: end.slice(0, dot), port: end.slice(dot + 1) };
}
