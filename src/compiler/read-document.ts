/** The door by which documents come in: the format's migrations, the schema, then those of each node's type. */
import type { GraphDocument, GraphNode } from '../../graph-schema/document.ts';
import { parseGraph } from '../../graph-schema/parse.ts';
import type { Outcome } from '../base/diagnostic.ts';
import { recordOf } from '../base/record.ts';
import { catalogue } from '../catalogue/index.ts';
import { migrateNode, type ParamsMigration } from '../catalogue/migrations.ts';

type MigrationsOf = (type: string) => readonly ParamsMigration[] | undefined;

const ofCatalogue: MigrationsOf = (type) => catalogue.find((d) => d.type === type)?.migrations;

/** A document of any version, as JSON text or as a value, with everything in its present shape. Codes: see parseGraph. */
export function readDocument(input: unknown, migrationsOf = ofCatalogue): Outcome<GraphDocument> {
  const { value, diagnostics } = parseGraph(input);
  return value ? { value: migrateNodes(value, migrationsOf), diagnostics } : { diagnostics };
}

/** The document with the parameters of every node, in blocks too, as their types have them now. */
export function migrateNodes(document: GraphDocument, migrationsOf = ofCatalogue): GraphDocument {
  const nodes = migrateAll(document.nodes, migrationsOf);
  const blocks = mapSame(document.blocks, (block) => {
    const inside = migrateAll(block.nodes, migrationsOf);
    return inside === block.nodes ? block : { ...block, nodes: inside };
  });
  return nodes === document.nodes && blocks === document.blocks ? document : { ...document, nodes, blocks };
}

const migrateAll = (nodes: GraphDocument['nodes'], migrationsOf: MigrationsOf): GraphDocument['nodes'] =>
  mapSame(nodes, (node): GraphNode => {
    const migrations = migrationsOf(node.type);
    if (!migrations) return node;
    const { type, params } = migrateNode(migrations, { type: node.type, params: node.params as never });
    return params === node.params ? node : { ...node, type, params };
  });

/** The record with each member replaced; the same object where each is the same. */
function mapSame<T>(record: Record<string, T>, f: (member: T) => T): Record<string, T> {
  const mapped = Object.entries(record).map(([key, member]) => [key, f(member)] as const);
  return mapped.every(([key, member]) => member === record[key]) ? record : recordOf(mapped);
}
