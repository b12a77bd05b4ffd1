/**
 * How long a fresh process takes from a document to a plan that an engine has loaded: of the benchmark's
 * transformer block twelve times over, of a template's transformer with its layer repeated 48 times, and of a
 * recurrent layer over 1000 iterations.
 */
import { emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import { check, compile } from '../../../src/compiler/index.ts';
import type { Plan } from '../../../src/ir/plan.ts';
import { elements } from '../../../src/ir/program.ts';
import { engines } from '../../../src/numeric/index.ts';

export const COMPILE_ROW = 'compile-transformer-12';
export const REPEAT_ROW = 'compile-transformer-48';
export const RECURRENCE_ROW = 'compile-recurrence-1000';
export const compileRows: readonly string[] = [COMPILE_ROW, REPEAT_ROW, RECURRENCE_ROW];

export const LAYERS = 12;
export const REPEATS = 48;

/** Checks that are timed after the first. */
const CHECKS = 9;

export interface CompileTime {
  readonly compileMs: number;
  /** Processor time of the same, all threads of the process together. */
  readonly compileCpuMs: number;
  readonly loadMs: number;
  readonly steps: number;
}

function trainingPlan(document: GraphDocument, without: readonly 'loops'[] = []): Plan {
  const { value, diagnostics } = compile(document, { without });
  const plan = value?.train?.plan;
  if (!plan) throw new Error(`does not compile: ${JSON.stringify(diagnostics)}`);
  return plan;
}

export async function timeCompile(document: GraphDocument): Promise<CompileTime> {
  const begin = performance.now();
  const before = process.cpuUsage();
  const plan = trainingPlan(document);
  const { user, system } = process.cpuUsage(before);
  const compiled = performance.now();
  await (await engines.wasm()).load(plan);
  return {
    compileMs: compiled - begin,
    compileCpuMs: (user + system) / 1000,
    loadMs: performance.now() - compiled,
    steps: plan.steps.length,
  };
}

/** Milliseconds of processor time of a training step as a loop and written out, each the best of so many taken in turn. */
export interface LoopRate {
  /** Processor time of the first check of a fresh process, and of later ones: the median. */
  readonly firstCheckMs: number;
  readonly checkMs: number;
  readonly loopMs: number;
  readonly writtenOutMs: number;
}

/** Processor time of all threads of the process. */
function processorMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export async function timeLoop(document: GraphDocument, rounds: number): Promise<LoopRate> {
  const checks = Array.from({ length: 1 + CHECKS }, () => processorMs(() => check(document)));
  const [firstCheckMs = 0, ...later] = checks;
  const checkMs = later.sort((a, b) => a - b)[CHECKS >> 1] as number;
  const engine = await engines.wasm();
  const ways = await Promise.all(
    ([[], ['loops']] as const).map((without) => engine.load(trainingPlan(document, without))),
  );
  const best = ways.map(() => Number.POSITIVE_INFINITY);
  for (const executable of ways)
    for (const [name, { buffer, role }] of Object.entries(executable.plan.inputs)) {
      const size = elements(executable.plan.buffers[buffer]?.shape ?? []);
      const numbers = Float32Array.from({ length: size }, (_, i) => Math.sin(i) / 8);
      executable.write(name, role === 'feed' ? numbers.map(Math.abs) : numbers);
    }
  for (let round = 0; round < rounds; round++)
    for (const [i, executable] of ways.entries()) {
      const before = process.cpuUsage();
      await executable.advance(1);
      const { user, system } = process.cpuUsage(before);
      best[i] = Math.min(best[i] as number, (user + system) / 1000);
    }
  const [loopMs = 0, writtenOutMs = 0] = best;
  return { firstCheckMs, checkMs, loopMs, writtenOutMs };
}

/** The template's transformer with width 64, four heads and sequences of 64, its layer so many times. */
export function repeatLayers(template: GraphDocument, repeat: number): GraphDocument {
  const { rows, places, encoder } = template.nodes;
  if (!rows || !places || !encoder) throw new Error('the template has other nodes');
  const axes = [
    { name: 't', size: 64 },
    { name: 'd', size: 'd' },
  ];
  return {
    ...template,
    dims: { ...template.dims, B: 4, d: 64 },
    nodes: {
      ...template.nodes,
      rows: { ...rows, params: { ...rows.params, sizes: [{ name: 't', size: 64 }] } },
      places: { ...places, params: { ...places.params, axes } },
      encoder: { ...encoder, params: { ...encoder.params, repeat } },
    },
  };
}

/** A recurrent layer over sequences of so many terms, and what trains it. */
export function recurrence(length: number): GraphDocument {
  const axes = (name: string, size: number) => ({
    axes: [
      { name: 'b', size: 4 },
      { name: 't', size: length },
      { name, size },
    ],
  });
  const wire = (from: string, fromPort: string, to: string, toPort: string) => ({
    from: { node: from, port: fromPort },
    to: { node: to, port: toPort },
  });
  return {
    ...emptyDocument('recurrence'),
    nodes: {
      x: { type: 'input', params: axes('i', 3) },
      layer: { type: 'recurrent', params: { units: 16, name: 'h' } },
      y: { type: 'input', params: axes('h', 16) },
      loss: { type: 'mse', params: {} },
      optimizer: { type: 'sgd', params: {} },
    },
    edges: {
      a: wire('x', 'out', 'layer', 'x'),
      b: wire('layer', 'y', 'loss', 'prediction'),
      c: wire('y', 'out', 'loss', 'target'),
      d: wire('loss', 'loss', 'optimizer', 'loss'),
    },
  };
}

/** Nodes of a benchmark graph that are there once: what goes in, what is aimed at, and what trains. */
const once: ReadonlySet<string> = new Set(['x', 'y', 'loss', 'optimizer']);

/** The graph with everything between `x` and the loss so many times in a row, each with parameters of its own. */
export function stackLayers(document: GraphDocument, layers: number): GraphDocument {
  const nodes: GraphDocument['nodes'] = {};
  const edges: GraphDocument['edges'] = {};
  const all = Object.entries(document.edges);
  const last = all.find(([, { to }]) => to.node === 'loss' && to.port === 'prediction')?.[1].from;
  if (!last) throw new Error('the graph has no prediction');
  const copied = (id: string, layer: number) => (once.has(id) ? id : `${id}-${layer}`);
  for (let layer = 0; layer < layers; layer++) {
    for (const [id, node] of Object.entries(document.nodes)) nodes[copied(id, layer)] = node;
    for (const [id, { from, to }] of all) {
      // The first layer reads the input, each other one what the layer before it gives.
      const source =
        from.node === 'x' && layer > 0
          ? { node: copied(last.node, layer - 1), port: last.port }
          : { node: copied(from.node, layer), port: from.port };
      edges[once.has(to.node) ? id : `${id}-${layer}`] = {
        from: source,
        to: { node: copied(to.node, layer), port: to.port },
      };
    }
  }
  const { layout: _, ...rest } = document;
  return { ...rest, layout: { nodes: {} }, nodes, edges };
}
