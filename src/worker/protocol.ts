/** Messages between the page and its worker. Both sides parse what they receive. */
import { z } from 'zod';
import { runEventSchema, tensorValueSchema } from '../runtime/events.ts';

/** zod's own number refuses Infinity, which a price may well be. */
const real = z.custom<number>((value) => typeof value === 'number');
const labels = z.array(z.int()).readonly();
const pathSchema = z.array(z.tuple([z.int(), z.int()]).readonly()).readonly();
const strings = z.array(z.string()).readonly();

/** A network and a path as src/contraction has them. */
const networkSchema = z.object({
  inputs: z.array(labels).readonly(),
  output: labels,
  sizes: z.array(z.number()).readonly(),
});
const pathResultSchema = z.object({
  path: pathSchema,
  flops: real,
  naiveFlops: real,
  largestIntermediate: z.number(),
  peakElements: z.number(),
  algorithm: z.string(),
  sliced: labels,
  slices: z.number(),
});

const kindSchema = z.enum(['train', 'evaluate', 'forward']);

/** A NetworkSummary (compiler/describe-networks.ts). */
const networkSummarySchema = z.object({
  key: z.string(),
  network: networkSchema,
  nodes: strings,
  operands: z.array(z.string().optional()).readonly(),
  programs: z.array(kindSchema).readonly(),
  count: z.int(),
  by: z.enum(['node', 'chosen', 'found', 'search']),
  order: pathResultSchema,
  first: pathResultSchema,
});
export type DescribedNetwork = z.output<typeof networkSummarySchema>;

/** A PlanSummary (compiler/describe-plan.ts), of which program, and the networks of all that a run executes. */
const descriptionSchema = z.object({
  kind: kindSchema,
  networks: z.array(networkSummarySchema).readonly(),
  flops: real,
  naiveFlops: real,
  peakBytes: z.number(),
  largestIntermediate: z.number(),
  steps: z
    .array(z.object({ text: z.string(), flops: real, bytes: z.number(), source: z.string().optional() }))
    .readonly(),
});
export type Description = z.output<typeof descriptionSchema>;

/** `id` numbers a request; its replies carry the same. A newer request of one kind supersedes the older. */
export const requestSchema = z.discriminatedUnion('type', [
  /** Compute the values of every port of a cheap graph, without training. Answered by `evaluated` or `refused`. */
  z.object({ type: z.literal('evaluate'), id: z.int(), document: z.unknown(), seed: z.int().optional() }),
  z.object({
    type: z.literal('run'),
    id: z.int(),
    document: z.unknown(),
    engine: z.enum(['wasm', 'reference']).default('wasm'),
    seed: z.int().optional(),
    steps: z.int().optional(),
    /** As many threads as this, whether it pays or not. */
    threads: z.int().min(1).max(64).optional(),
    probes: z.array(z.string()).default([]),
  }),
  /** How one step of the graph would be computed. Answered by `described` or `refused`. */
  z.object({ type: z.literal('describe'), id: z.int(), document: z.unknown() }),
  z.object({ type: z.literal('pause'), id: z.int() }),
  z.object({ type: z.literal('resume'), id: z.int() }),
  /** While paused: exactly one more training step. */
  z.object({ type: z.literal('step'), id: z.int() }),
  z.object({ type: z.literal('stop'), id: z.int() }),
  /** Look for an order of contraction. Answered by `ordered`: at once, and once more when the time is over. */
  z.object({
    type: z.literal('order'),
    id: z.int(),
    network: networkSchema,
    /** No more elements may be alive at once: labels are sliced until that holds. */
    maxPeak: z.number().optional(),
    seconds: z.number(),
  }),
  /** Look for better orders of the graph's networks, while nothing else is asked for. Answered by `improved`. */
  z.object({
    type: z.literal('improve'),
    id: z.int(),
    document: z.unknown(),
    /** For one network, and for all. */
    seconds: z.number(),
    secondsInAll: z.number(),
    /** Networks that were looked at before. */
    without: strings,
  }),
  /** Leave off looking for better orders. */
  z.object({ type: z.literal('rest'), id: z.int() }),
  /** Contract numbers along a path. Answered by `contracted`. */
  z.object({
    type: z.literal('contract'),
    id: z.int(),
    network: networkSchema,
    path: pathSchema,
    operands: z.array(z.array(z.number()).readonly()).readonly(),
  }),
  /** Changes the ports whose values a run sends. */
  z.object({ type: z.literal('probe'), id: z.int(), probes: z.array(z.string()) }),
]);

export const replySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('evaluated'), id: z.int(), values: z.record(z.string(), tensorValueSchema) }),
  /** The graph is not runnable or too costly to evaluate unasked. */
  z.object({ type: z.literal('refused'), id: z.int(), diagnostics: z.array(z.any()) }),
  z.object({ type: z.literal('described'), id: z.int(), plan: descriptionSchema }),
  z.object({ type: z.literal('ordered'), id: z.int(), result: pathResultSchema, final: z.boolean() }),
  /** What each pair of the path makes, row-major; nothing where that would be too much. */
  z.object({
    type: z.literal('contracted'),
    id: z.int(),
    values: z.array(z.object({ labels, data: z.array(real).readonly() })).readonly(),
  }),
  /** At the beginning, and after each network. */
  z.object({
    type: z.literal('improved'),
    id: z.int(),
    /** Networks that were looked at, and better orders of them as a document keeps them. */
    settled: strings,
    orders: z.record(z.string(), z.string()),
    /** How many times fewer operations found orders make than the first ones, those that were kept before included. */
    gain: real,
    final: z.boolean(),
  }),
  z.object({ type: z.literal('event'), id: z.int(), event: runEventSchema }),
  z.object({ type: z.literal('paused'), id: z.int(), step: z.int() }),
  /** How many threads have proved best for the run: a Decision (numeric/threads/engine.ts). */
  z.object({
    type: z.literal('threads'),
    id: z.int(),
    threads: z.int(),
    tried: z.int(),
    gain: z.number(),
  }),
  /** A bug, never a user's fault. */
  z.object({ type: z.literal('crashed'), id: z.int(), message: z.string() }),
]);

export type Request = z.input<typeof requestSchema>;
export type Reply = z.output<typeof replySchema>;
