/**
 * The graph document: the one contract between the editor, the compiler, the command line and every
 * file on disk. zod is its single source; `graph.schema.json` is generated from it.
 * Records are keyed by id and parameters by name, never by position. Unknown keys survive.
 */
import { z } from 'zod';
import { recordOf } from '../src/base/record.ts';

export const FORMAT = 'tensorloom';
export const VERSION = 3;

/** Bounds that make a hostile document harmless before anything walks it. */
export const limits = {
  bytes: 32 * 1024 * 1024,
  depth: 64,
  /** In the document and all its blocks together. */
  nodes: 20_000,
  edges: 100_000,
  blocks: 2_000,
  stringLength: 1_000_000,
  arrayLength: 4_000_000,
  /** Of places on the canvas, in its units either way; an editor brings what lies farther to this. */
  coordinate: 1_000_000,
  /** Of a network, and of a contraction path. */
  pathLength: 20_000,
} as const;

/** Of a node, a wire, a block, and so of a block's port. */
const id = z.string().min(1).max(200);
const json: z.ZodType = z.json();

export const dimSchema = z.union([
  z.int().min(1),
  z.looseObject({ size: z.int().min(1).optional(), free: z.boolean().optional() }),
]);

export const nodeSchema = z.looseObject({
  type: z.string().min(1).max(100),
  params: z.record(z.string(), json).default({}),
  label: z.string().max(200).optional(),
  note: z.string().max(20_000).optional(),
  /** What it learns, or what is in it learns, stays as it is: no gradient, no update. */
  frozen: z.boolean().optional(),
  /** By these an optimizer finds what is in it. */
  tags: z.array(z.string().min(1).max(50)).max(20).optional(),
});

export const portRefSchema = z.looseObject({ node: id, port: id });

export const edgeSchema = z.looseObject({ from: portRefSchema, to: portRefSchema });

export const placementSchema = z.looseObject({
  x: z.number(),
  y: z.number(),
  width: z.number().positive().optional(),
  height: z.number().positive().optional(),
  color: z.string().max(50).optional(),
});

export const layoutSchema = z.looseObject({
  nodes: z.record(id, placementSchema).default({}),
  viewport: z.looseObject({ x: z.number(), y: z.number(), zoom: z.number().positive() }).optional(),
});

/** How a run goes unless the user says otherwise at the moment. */
export const runSchema = z.looseObject({
  steps: z.int().min(0).max(10_000_000).optional(),
  seed: z.int().min(0).max(0xffffffff).optional(),
  /** Steps between two evaluations on the held-back data. */
  evaluateEvery: z.int().min(1).optional(),
  /** The run ends after so many evaluations in a row without a better one. */
  patience: z.int().min(1).optional(),
  /** The metric by which an evaluation is better: `testLoss` when left out. */
  watch: z.string().min(1).max(200).optional(),
  /** Precision of everything that is computed. */
  dtype: z.enum(['float32', 'float64']).optional(),
});

const dimsSchema = z.record(z.string().max(50), dimSchema).default({});

/** What the document and each of its blocks have in common: a drawing. */
const level = {
  dims: dimsSchema,
  nodes: z.record(id, nodeSchema).default({}),
  edges: z.record(id, edgeSchema).default({}),
  layout: layoutSchema.default({ nodes: {} }),
};

/**
 * A drawing that other drawings use by its id, as nodes of type `block`. Its inputs and outputs are
 * its nodes of types `block-input` and `block-output`, in the order of their keys; their ids are the
 * names of the ports of each use. A symbol that a block declares in `dims` hides the document's.
 */
export const blockSchema = z.looseObject({
  name: z.string().max(200).optional(),
  description: z.string().max(20_000).optional(),
  dims: level.dims,
  /** Numbers that parameters inside take as `{ "number": "p" }`, and that each use may override. */
  numbers: z.record(z.string().min(1).max(50), z.number()).default({}),
  nodes: level.nodes,
  edges: level.edges,
  layout: level.layout,
});

/** A table of data that belongs to the document: what is in it, and where its bytes are to be had. */
export const dataSchema = z.looseObject({
  /** Of the bytes, in hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  rows: z.int().min(1),
  columns: z.record(
    z.string().min(1).max(100),
    z.looseObject({
      /** Of one row. */
      shape: z.array(z.int().min(1)).max(32),
      /** Names of its axes. */
      axes: z.array(z.string().min(1).max(50)).max(32).optional(),
      /** Set when the numbers are class labels 0 … classes − 1. */
      classes: z.int().min(1).optional(),
      /** What the classes are called, in their order. */
      names: z.array(z.string().max(1000)).optional(),
    }),
  ),
  source: z.looseObject({ kind: z.string().min(1).max(100) }),
});

/** Contraction paths by network; compiler/networks/kept-paths.ts writes and reads both, and passes over what it cannot. */
const pathsSchema = z.record(z.string().max(limits.pathLength), z.string().max(limits.pathLength));

/** Paths that are kept, so that the same document is computed in the same order everywhere. */
export const planSchema = z.looseObject({
  /** What somebody chose. */
  chosen: pathsSchema.optional(),
  /** What a longer search has found. */
  found: pathsSchema.optional(),
});

export const documentSchema = z.looseObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  name: z.string().max(200),
  description: z.string().max(20_000).optional(),
  dims: level.dims,
  nodes: level.nodes,
  edges: level.edges,
  blocks: z.record(id, blockSchema).default({}),
  data: z.record(id, dataSchema).optional(),
  run: runSchema.optional(),
  plan: planSchema.optional(),
  layout: level.layout,
  lesson: json.optional(),
});

export type GraphDocument = z.output<typeof documentSchema>;
export type GraphNode = z.output<typeof nodeSchema>;
export type GraphEdge = z.output<typeof edgeSchema>;
export type Dim = z.output<typeof dimSchema>;
export type Block = z.output<typeof blockSchema>;
export type DataRecord = z.output<typeof dataSchema>;
/** What one sees and edits at a time: the document itself, or one of its blocks. */
export type GraphLevel = Pick<GraphDocument, 'nodes' | 'edges' | 'dims' | 'layout'>;
export type Placement = z.output<typeof placementSchema>;

/** The declared size of a symbol; undefined when it is free. */
export const dimSize = (dim: Dim): number | undefined => (typeof dim === 'number' ? dim : dim.size);

/** The document's own drawing, or that of a block; undefined where there is no such block. */
export function levelOf(document: GraphDocument, block: string | undefined): GraphLevel | undefined {
  if (block === undefined) return document;
  return Object.hasOwn(document.blocks, block) ? document.blocks[block] : undefined;
}

export const emptyDocument = (name: string): GraphDocument => ({
  format: FORMAT,
  version: VERSION,
  name,
  dims: recordOf(),
  nodes: recordOf(),
  edges: recordOf(),
  blocks: recordOf(),
  layout: { nodes: recordOf() },
});
