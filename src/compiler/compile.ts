/** From a document to plans: phases 2 to 7 of ARCHITECTURE.md, for each program of the document. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import { byteText } from '../base/bytes.ts';
import { type Diagnostic, diagnose, isError, type Outcome } from '../base/diagnostic.ts';
import type { PathText } from '../base/path.ts';
import type { Checkpoints } from '../ir/builder.ts';
import { optimise, type RewriteName } from '../ir/passes/index.ts';
import { type Dtype, type Plan, withMetrics, writesOf } from '../ir/plan.ts';
import { processor } from '../ir/target.ts';
import { type Analysis, analyse, soundNodes } from './analyse.ts';
import { nameOf } from './check/resolve.ts';
import { evaluationsOf } from './evaluations.ts';
import { columnOf } from './index-choices.ts';
import { lower } from './lower.ts';
import type { Expose, Lowered } from './lowered.ts';
import { isCheck } from './measured-checks.ts';
import { neededBy } from './needed-by.ts';
import { choosePaths, type PathSearch } from './networks/choose-paths.ts';
import { keptPaths } from './networks/kept-paths.ts';
import { planProgram } from './plan/index.ts';
import type { ChoiceName } from './plan/planner-choices.ts';
import { withFollowed, withReadings } from './readings.ts';
import { runDefaults } from './run-defaults.ts';
import { type Compiled, type CompiledProgram, derivativeMark, type ProgramKind } from './types.ts';
import { forDiagnosis, fusing } from './unfused.ts';

export interface CompileOptions {
  /** Precision of the plans. Default float32. */
  readonly dtype?: Dtype;
  /** Bytes that one program's arena may take. Default 1 GiB. */
  readonly memoryLimit?: number;
  /** Compile what is sound and leave the rest, instead of refusing a document with errors. */
  readonly partial?: boolean;
  /** Ports whose values the forward program keeps: those that nothing reads on (default), or all. */
  readonly expose?: Expose;
  /** Rewrites of the program and choices of the planner switched off: tests compare with and without. */
  readonly without?: readonly (RewriteName | ChoiceName)[];
  /** Write the repeats of blocks out instead of keeping them as loops: tests compare with and without. */
  readonly writeOut?: boolean;
  /** Contraction paths by network key that are followed before those that the document keeps as found: a checkpoint's. */
  readonly paths?: Readonly<Record<string, string>>;
  /** How long to search for contraction paths, and what they make small. */
  readonly pathSearch?: PathSearch;
}

const defaultMemoryLimit = 2 ** 30;

export const compile = (document: GraphDocument, options: CompileOptions = {}): Outcome<Compiled> =>
  compileAnalysis(analyse(document, options.writeOut), options);

/** For one who compiles a document under several options. */
export function compileAnalysis(analysis: Analysis, options: CompileOptions): Outcome<Compiled> {
  const { document } = analysis;
  const diagnostics: Diagnostic[] = [...analysis.diagnostics];
  if (diagnostics.some(isError) && !options.partial) return { diagnostics };
  if (analysis.sound.size === 0) return { diagnostics: [...diagnostics, diagnose('nothing-to-run', {})] };

  const limit = options.memoryLimit ?? defaultMemoryLimit;
  const first = trains(analysis)
    ? lowerAs('train', analysis, options)
    : lowerAs('forward', analysis, options, options.expose);
  const train = first.kind === 'train' ? planTraining(first, analysis, options, limit) : undefined;
  /** A run may never look inside: where there is one, what shows values is made when it is asked for. */
  const shown = onDemand(() =>
    planForward(
      train ? lowerAs('forward', analysis, options, options.expose) : first,
      analysis,
      options,
      limit,
    ),
  );
  const differentiated = onDemand(() => made(lowerAs('gradients', analysis, options), analysis, options));
  const checked = onDemand(() => lowerChecks(analysis, options));
  const read = onDemand(() => (train ? lowerReadings(analysis, options, train.compiled.plan) : undefined));
  /** Training declares all the state and data that showing values does. */
  const { data, state: declared } = (train ?? shown()).lowered;
  const evaluations =
    train && !diagnostics.some(isError)
      ? lowerEvaluations(analysis, options).map((l) => made(l, analysis, options))
      : [];

  const programs = [train ?? shown(), ...evaluations].map((made) => made.compiled);
  diagnostics.push(...programs.flatMap((program) => sayUnfit(program, document)));

  const plans = programs.map(({ plan }) => plan);
  diagnostics.push(...plans.slice(0, 1).flatMap((plan) => sayCostly(plan, document)));
  const largest = plans.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  if (largest.bytes > limit) return { diagnostics: [...diagnostics, refuse(largest, limit, document)] };

  const { steps, seed, evaluateEvery, patience, watch } = { ...runDefaults, ...document.run };
  const value: Compiled = {
    get forward() {
      return shown().compiled;
    },
    get gradients() {
      return train && differentiated().compiled;
    },
    get checks() {
      return checked()?.compiled;
    },
    get readings() {
      return read()?.compiled;
    },
    ...(train && { train: train.compiled }),
    evaluations: evaluations.map((made) => made.compiled),
    state: declared,
    data,
    choices: (train ?? shown()).compiled.choices,
    run: { steps, seed, evaluateEvery, patience, watch },
  };
  return { value, diagnostics };
}

/** The value, made when it is first asked for. */
function onDemand<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

interface Made {
  readonly lowered: Lowered;
  readonly compiled: CompiledProgram;
}

const lowerAs = (
  kind: ProgramKind,
  analysis: Analysis,
  options: CompileOptions,
  expose?: Expose,
  checkpoints?: Checkpoints,
): Lowered =>
  lower(analysis, kind, { expose, checkpoints, literal: options.without?.includes('absorbDeltas') });

/** What the gradients of recurrences may recompute, from the least work to the least memory. */
const savings: readonly Checkpoints[] = [
  { segments: true, iterations: false },
  { segments: false, iterations: true },
  { segments: true, iterations: true },
];

/** The gradients of recurrences keep what they need, where that fits; else they compute it again. */
function planTraining(first: Lowered, analysis: Analysis, options: CompileOptions, limit: number): Made {
  let best = made(first, analysis, options);
  if (!first.program.ops.some((op) => op.kind === 'scan')) return best;
  for (const checkpoints of savings) {
    if (best.compiled.plan.bytes <= limit) break;
    const next = made(lowerAs('train', analysis, options, undefined, checkpoints), analysis, options);
    if (next.compiled.plan.bytes < best.compiled.plan.bytes) best = next;
  }
  return best;
}

function made(lowered: Lowered, analysis: Analysis, options: CompileOptions): Made {
  const optimised = optimise(lowered.program, options.without);
  const paths = keptPaths(analysis.document, options.paths);
  const { program, networks } = choosePaths(optimised, options.pathSearch, paths);
  const { kind, feeds, drawn, metrics, values, parts, axes, checks } = lowered;
  const plan = withMetrics(
    planProgram(program, processor(options.dtype ?? 'float32'), options.without),
    metrics,
  );
  const choices = lowered.choices.map(({ value, ...choice }) => ({
    ...choice,
    column: columnOf(lowered.program.ops, value),
  }));
  const without = [...new Set([...fusing, ...(options.without ?? [])])];
  const unfused = onDemand(() => made(forDiagnosis(lowered), analysis, { ...options, without }).compiled);
  return {
    lowered,
    compiled: {
      ...{ kind, program, plan, feeds, drawn, networks, metrics, values, parts, axes },
      ...{ choices, checks, unfused },
      whyNotFinite: (node) => analysis.node(node)?.definition.notFinite,
    },
  };
}

/** One program by itself. Codes: path-unfit, out-of-memory. */
export function compileLowered(
  lowered: Lowered,
  analysis: Analysis,
  options: CompileOptions,
): Outcome<CompiledProgram> {
  const { document } = analysis;
  const { compiled } = made(lowered, analysis, options);
  const limit = options.memoryLimit ?? defaultMemoryLimit;
  if (compiled.plan.bytes > limit) return { diagnostics: [refuse(compiled.plan, limit, document)] };
  return { value: compiled, diagnostics: sayUnfit(compiled, document) };
}

/** Where there is no room for every value, only the ends are kept: a look inside must not stop a run. */
function planForward(lowered: Lowered, analysis: Analysis, options: CompileOptions, limit: number): Made {
  const forward = made(lowered, analysis, options);
  const fits = options.expose !== 'all' || forward.compiled.plan.bytes <= limit;
  return fits ? forward : made(lowerAs('forward', analysis, options, 'ends'), analysis, options);
}

/** Whether something of what is sound trains. */
export const trains = (analysis: Analysis): boolean =>
  soundNodes(analysis).some((node) => node.definition.trains);

/** The program of the checks, with what they are computed from and nothing else; undefined where there are none. */
function lowerChecks(analysis: Analysis, options: CompileOptions): Made | undefined {
  const followed = withFollowed(analysis);
  const checks = soundNodes(followed).filter(isCheck);
  return lowerMeasured(
    followed,
    checks.map(({ id }) => id),
    options,
  );
}

/** Of what a step of training computes, at most so much: power iteration takes some hundred times that. */
const READABLE = 4e6;

/** What is read off optimizers, where that is cheap beside their steps; undefined where there is nothing. */
function lowerReadings(analysis: Analysis, options: CompileOptions, { steps }: Plan): Made | undefined {
  if (steps.reduce((sum, { flops }) => sum + flops, 0) > READABLE) return undefined;
  const read = withReadings(analysis);
  return lowerMeasured(read.analysis, read.optimizers, options);
}

function lowerMeasured(
  analysis: Analysis,
  checks: readonly PathText[],
  options: CompileOptions,
): Made | undefined {
  if (checks.length === 0) return undefined;
  const only = neededBy(analysis, checks);
  const literal = options.without?.includes('absorbDeltas');
  return made(lower(analysis, 'checks', { only, literal }), analysis, options);
}

/** Programs that compute metrics on the rows that are held back. */
function lowerEvaluations(analysis: Analysis, options: CompileOptions): Lowered[] {
  const names = metricNames(analysis);
  const dataSets = soundNodes(analysis).flatMap(({ id, definition }) => (definition.dataset ? id : []));
  return evaluationsOf(analysis, names.keys(), dataSets).evaluations.map(({ metrics: _, nodes, batches }) => {
    const rows = [...batches].map(([symbol, side]) => [symbol, side.rows] as const);
    return lower(analysis, 'evaluate', {
      only: nodes,
      dims: new Map([...analysis.sizes.dims, ...rows]),
      metricNames: names,
      literal: options.without?.includes('absorbDeltas'),
    });
  });
}

/** Nodes that measure, and what their metrics are called: the first of a kind by its kind, the others with their path. */
function metricNames(analysis: Analysis): ReadonlyMap<PathText, string> {
  const names = new Map<PathText, string>();
  const known = new Set<string>();
  for (const { id, definition } of soundNodes(analysis)) {
    const { measures } = definition;
    if (measures === undefined) continue;
    names.set(id, known.has(measures) ? `${measures}:${id}` : measures);
    if (!analysis.flat.inside(id)?.region) known.add(measures);
  }
  return names;
}

/** A path that is kept and cannot be followed is told, once for each node it stands at. */
function sayUnfit({ networks }: CompiledProgram, document: GraphDocument): Diagnostic[] {
  const nodes = new Set(networks.flatMap(({ unfit, sources }) => (unfit ? (sources.at(-1) ?? []) : [])));
  return [...nodes].map((node) => diagnose('path-unfit', { node }, { name: nameOf(document, node) }));
}

/** Operations of one step beyond which it is said: ten seconds and more. */
const COSTLY = 1e11;

/** A step that takes long is told before it is run, with the node that most of it is for. */
function sayCostly({ steps }: Plan, document: GraphDocument): Diagnostic[] {
  const flops = steps.reduce((sum, step) => sum + step.flops, 0);
  if (flops < COSTLY) return [];
  const by = new Map<string, number>();
  for (const { source, flops } of steps) {
    const node = source?.replace(derivativeMark, '') ?? '';
    by.set(node, (by.get(node) ?? 0) + flops);
  }
  const [node] = [...by].reduce((a, b) => (b[1] > a[1] ? b : a));
  const operations = flops.toExponential(1).replace('e+', 'e');
  return [diagnose('costly', { node }, { operations, node: nameOf(document, node) })];
}

/** Says no, with the step that asks for most, when a plan needs more than its limit. Nothing was allocated. */
function refuse(plan: Plan, limit: number, document: GraphDocument): Diagnostic {
  const largest = plan.buffers.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const step = plan.steps.find((s) => writesOf(s).some((buffer) => plan.buffers[buffer] === largest));
  const source = step?.source ?? largest.source;
  const name = source === undefined ? `[${largest.shape.join(', ')}]` : nameOf(document, source);
  const values = { bytes: byteText(plan.bytes), limit: byteText(limit), step: name };
  return diagnose('out-of-memory', source === undefined ? {} : { node: source }, values);
}
