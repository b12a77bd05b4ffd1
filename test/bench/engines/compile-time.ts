/**
 * How long a fresh process takes from a document to a plan that an engine has loaded: the benchmark's
 * transformer block, twelve times over.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { compile } from '../../../src/compiler/index.ts';
import { engines } from '../../../src/numeric/index.ts';

export const COMPILE_ROW = 'compile-transformer-12';
export const LAYERS = 12;

export interface CompileTime {
  readonly compileMs: number;
  readonly loadMs: number;
  readonly steps: number;
}

export async function timeCompile(document: GraphDocument): Promise<CompileTime> {
  const begin = performance.now();
  const { value, diagnostics } = compile(document);
  const plan = value?.train?.plan;
  if (!plan) throw new Error(`does not compile: ${JSON.stringify(diagnostics)}`);
  const compiled = performance.now();
  await (await engines.wasm()).load(plan);
  return { compileMs: compiled - begin, loadMs: performance.now() - compiled, steps: plan.steps.length };
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
