/**
 * Messages between the page and its worker. Both sides parse what they receive: what a message is, and what of
 * it has a form of its own here; data that the core makes is taken as the type that the core gives it.
 */
import { z } from 'zod';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Patch } from '../base/patches.ts';
import type { PlanSummary } from '../compiler/describe-plan.ts';
import type { GraphCosts } from '../compiler/graph-costs.ts';
import type { InsideGraph } from '../compiler/inside/inside-graph.ts';
import type { NetworkSummary } from '../compiler/networks/describe-networks.ts';
import type { ProgramKind } from '../compiler/types.ts';
import type { Network, PathResult, SsaPath } from '../contraction/index.ts';
import { shownSchema, toldEventSchema } from '../runtime/events.ts';

export type {
  InsideCard,
  InsideGraph,
  InsidePhase,
  InsideValue,
} from '../compiler/inside/inside-graph.ts';
export type { CheckVerdict, TensorValue, ToldEvent } from '../runtime/events.ts';

import type { StateEntry } from '../runtime/inspect.ts';
import type { LayerPoint } from '../runtime/layer-statistics.ts';
import type { GivenTensor } from '../runtime/prediction.ts';
import type { RestoreReport } from '../runtime/restore.ts';
import type { JudgedRows, ModelUses } from './use-model.ts';

export type { LayerPoint } from '../runtime/layer-statistics.ts';
export type { JudgedRows, ModelUses } from './use-model.ts';

/** An object of the core's own making. */
const made = <T>() => z.custom<T>((value) => typeof value === 'object' && value !== null);
const real = z.custom<number>((value) => typeof value === 'number');
const strings = z.array(z.string()).readonly();
const id = z.int();
const diagnostics = z.array(made<Diagnostic>()).readonly();

/** How one step is computed: of which program, and the networks of all that a run executes. */
export interface Description extends PlanSummary {
  readonly kind: ProgramKind;
  readonly networks: readonly NetworkSummary[];
  /** What nodes that draw more come to: products of two. */
  readonly pairs: readonly NetworkSummary[];
  readonly costs?: GraphCosts | undefined;
}

export type { GraphCosts };

/** `id` numbers a request; its replies carry the same. A newer request of one kind supersedes the older. */
export const requestSchema = z.discriminatedUnion('type', [
  /** What all that follows speaks of. */
  z.object({ type: z.literal('document'), document: z.unknown() }),
  /** What has changed in it since. */
  z.object({ type: z.literal('patches'), patches: z.array(made<Patch>()) }),
  /** Compute the values of every port of a cheap graph, without training. Answered by `evaluated` or `refused`. */
  /** Take this file for the trained state; without one there is none. Answered by `trained` or `refused`. */
  z.object({
    type: z.literal('state'),
    id,
    /** Its name, for messages. */
    file: z.string(),
    bytes: z.instanceof(Uint8Array).optional(),
  }),
  z.object({
    type: z.literal('evaluate'),
    id,
    /** Names of state whose numbers and gradients are wanted besides. */
    tensors: strings.default([]),
    /** Ports that are drawn large: of these more numbers are sent. */
    pictures: strings.default([]),
  }),
  z.object({
    type: z.literal('run'),
    id,
    engine: z.enum(['wasm', 'reference']).default('wasm'),
    seed: z.int().optional(),
    /** Of this run; the document's when left out. */
    steps: z.int().optional(),
    /** Go on from the trained state, where there is one, instead of first values. */
    goOn: z.boolean().default(false),
    /** As many threads as this, whether it pays or not. */
    threads: z.int().min(1).max(64).optional(),
    probes: strings.default([]),
    tensors: strings.default([]),
    /** Ports whose values are recorded in between, so that the run can be played: replies of type `frame`. */
    pictures: strings.default([]),
    /** Whether what is checked is shown too, as often as that is cheap. */
    checks: z.boolean().default(false),
  }),
  /**
   * Make what the state was after so many steps of the run the trained state, computed again where it was not kept.
   * Answered by `trained`, or `refused` where that is not known, a run is on, or a newer request has come.
   */
  z.object({
    type: z.literal('rewind'),
    id,
    step: z.int().min(0),
    /** The trained state comes from one run of one drawing, that began with first values. */
    whole: z.boolean().default(false),
  }),
  /** What the document's model can be used for. Answered by `uses` or `refused`. */
  z.object({ type: z.literal('uses'), id }),
  /**
   * Let a model of language write. Answered by `written`, again and again, or `refused`; a newer request ends it,
   * and so does `unask`.
   */
  z.object({
    type: z.literal('write'),
    id,
    /** The port of its scores. */
    scores: z.string(),
    prompt: z.string(),
    count: z.int().min(1).max(1000),
    /** Characters of a text at most. */
    most: z.int().min(1),
    temperature: z.number().min(0),
    seed: z.int().min(0),
  }),
  /** Draw samples of it. Answered by `predicted` or `refused`. */
  z.object({
    type: z.literal('sample'),
    id,
    count: z.int().min(1).max(10_000),
    seed: z.int().min(0),
  }),
  /** Whoever has asked with this id wants no more of it. */
  z.object({ type: z.literal('unask'), id }),
  /**
   * How parameters, gradients and updates were after some of the run's steps. Answered by `layers`, with none where
   * that is not known.
   */
  z.object({
    type: z.literal('layers'),
    id,
    /** The step whose state is shown. */
    shown: z.int().min(0),
    /** Steps that the page knows already. */
    have: z.array(z.int()).readonly(),
    /** As of `rewind`. */
    whole: z.boolean().default(false),
  }),
  /** What the trained model makes of rows that were held back. Answered by `heldBack`, or `refused` where it classifies nothing. */
  z.object({ type: z.literal('heldBack'), id, most: z.int().min(1) }),
  /** What it makes of these. Answered by `predicted` or `refused`. */
  z.object({
    type: z.literal('predict'),
    id,
    inputs: z.record(z.string(), made<GivenTensor>()),
    outputs: strings,
  }),
  /** How one step of the graph would be computed, and with `costs` what each node takes. Answered by `described` or `refused`. */
  z.object({ type: z.literal('describe'), id, costs: z.boolean().default(false) }),
  z.object({ type: z.literal('pause'), id }),
  z.object({ type: z.literal('resume'), id }),
  /** While paused: exactly one more training step. */
  z.object({ type: z.literal('step'), id }),
  z.object({ type: z.literal('stop'), id }),
  /** Hand over the state as it is now. Answered by `trained`. */
  z.object({ type: z.literal('keep'), id }),
  /** What a node is made of, by its path, with values of the state there is. Answered by `inside` or `refused`. */
  z.object({ type: z.literal('inside'), id, node: z.string() }),
  /** Look for a contraction path. Answered by `pathFound`: at once, and once more when the time is over. */
  z.object({
    type: z.literal('findPath'),
    id,
    network: made<Network>(),
    /** No more elements may be alive at once: labels are sliced until that holds. */
    maxPeak: z.number().optional(),
    seconds: z.number(),
  }),
  /** Look for better paths for the graph's networks, while nothing else is asked for. Answered by `improved`. */
  z.object({
    type: z.literal('improve'),
    id,
    /** For one network, and for all. */
    seconds: z.number(),
    secondsInAll: z.number(),
    /** Networks that were looked at before. */
    without: strings,
  }),
  /** Leave off looking for better paths, and at layers. */
  z.object({ type: z.literal('rest'), id }),
  /** Contract numbers along a path. Answered by `contracted`. */
  z.object({
    type: z.literal('contract'),
    id,
    network: made<Network>(),
    path: made<SsaPath>(),
    operands: z.array(z.array(z.number()).readonly()).readonly(),
  }),
  /** Changes what a run shows. */
  z.object({
    type: z.literal('probe'),
    id,
    probes: strings.default([]),
    tensors: strings.default([]),
    pictures: strings.default([]),
    /** Whether what is checked is shown too, as often as that is cheap. */
    checks: z.boolean().default(false),
  }),
]);

export const replySchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('evaluated'),
    id,
    ...shownSchema.shape,
    /** Steps that have made the state that these are of; 0: first values. */
    step: z.int(),
    state: z.array(made<StateEntry>()).readonly(),
    /** How the trained state fits the document as it is now, where there is one. */
    report: made<RestoreReport>().optional(),
  }),
  /** The graph is not runnable or too costly to evaluate unasked. */
  z.object({ type: z.literal('refused'), id, diagnostics }),
  z.object({ type: z.literal('uses'), id, uses: made<ModelUses>() }),
  z.object({
    type: z.literal('written'),
    id,
    texts: strings,
    /** The character of the prompt that the model does not know: nothing is written then. */
    unknown: z.string().optional(),
    final: z.boolean(),
  }),
  z.object({
    type: z.literal('layers'),
    id,
    points: z.array(made<LayerPoint>()).readonly(),
    /** Whether there is more to be found by asking again. */
    isMore: z.boolean(),
  }),
  z.object({ type: z.literal('heldBack'), id, found: made<JudgedRows>() }),
  z.object({ type: z.literal('predicted'), id, values: z.record(z.string(), made<GivenTensor>()) }),
  z.object({ type: z.literal('described'), id, plan: made<Description>() }),
  /** Values by their number; none where they would cost too much unasked. */
  z.object({
    type: z.literal('inside'),
    id,
    graph: made<InsideGraph>(),
    values: shownSchema.shape.values,
  }),
  z.object({ type: z.literal('pathFound'), id, result: made<PathResult>(), final: z.boolean() }),
  /** What each pair of the path makes, row-major; nothing where that would be too much. */
  z.object({
    type: z.literal('contracted'),
    id,
    values: z
      .array(z.object({ labels: z.array(z.int()).readonly(), data: z.array(real).readonly() }))
      .readonly(),
  }),
  /** At the beginning, and after each network. */
  z.object({
    type: z.literal('improved'),
    id,
    /** Networks that were looked at, and better paths for them as a document keeps them. */
    settled: strings,
    paths: z.record(z.string(), z.string()),
    /** How many times fewer operations found paths make than the first ones, those that were kept before included. */
    gain: real,
    final: z.boolean(),
  }),
  /** The trained state as a file (runtime/checkpoint-file.ts): read from one, or made by a run so far. */
  z.object({
    type: z.literal('trained'),
    id,
    bytes: z.instanceof(Uint8Array),
    step: z.int(),
    seed: z.int(),
    metrics: z.record(z.string(), real),
  }),
  z.object({ type: z.literal('event'), id, event: toldEventSchema }),
  /** What the pictures of a run were made of after `step` steps, where that is not in an event. */
  z.object({ type: z.literal('frame'), id, step: z.int(), values: shownSchema.shape.values }),
  z.object({ type: z.literal('paused'), id, step: z.int() }),
  /** How many threads have proved best for the run: a Decision (numeric/threads/engine.ts). */
  z.object({
    type: z.literal('threads'),
    id,
    threads: z.int(),
    tried: z.int(),
    gain: z.number(),
  }),
  /** The first word of a worker; from then on it holds the lock of its name, where there are locks, until it ends. */
  z.object({ type: z.literal('ready'), id }),
  /** A bug, never a user's fault: of the request with this id, or −1. The worker goes on. */
  z.object({ type: z.literal('crashed'), id, message: z.string() }),
]);

export type Request = z.input<typeof requestSchema>;
export type Reply = z.output<typeof replySchema>;
