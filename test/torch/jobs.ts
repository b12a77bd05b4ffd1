/** Comparisons as jobs: what PyTorch is given, and what our engines have found. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import { stateName } from '../../src/base/path.ts';
import type { AnyNodeDefinition } from '../../src/catalogue/index.ts';
import { type CompiledProgram, compile } from '../../src/compiler/index.ts';
import { elements } from '../../src/ir/program.ts';
import type { Engine } from '../../src/numeric/engine.ts';
import { exampleGraph } from '../support/example-graph.ts';
import type { Setting } from './cases.ts';
import {
  analyse,
  drawsOf,
  exported,
  feedsOf,
  firstState,
  forJson,
  type Numbers,
  runOnce,
  type Side,
  sides,
  torchTensors,
} from './ours.ts';
import { directionOf, PARITY, weightsOf } from './probe-node.ts';

export type Found = Readonly<Record<string, readonly (number | string)[]>>;

/** One comparison; `job` goes to Python, `ours` stands beside what comes back. */
export interface Comparison {
  readonly type: string;
  readonly settings: string;
  readonly job: unknown;
  readonly ours: Readonly<Record<Side['name'], Record<string, readonly number[]>>>;
  /** Names of what is not compared. */
  readonly ambiguous?: readonly string[];
}

export class CannotCompare extends Error {}

const list = (x: ArrayLike<number> | undefined): number[] => Array.from(x ?? []);

/** The outputs of a node, its first and second derivatives by inputs and parameters, and what it keeps. */
export async function compareNode(
  definition: AnyNodeDefinition,
  setting: Setting,
  settings: string,
): Promise<Comparison> {
  const document = withConstants(exampleGraph(definition, { ...setting, expect: {} }), setting);
  const given = Object.fromEntries(
    Object.entries(setting.state ?? {}).map(([name, values]) => [stateName('node', name), values]),
  );
  const { value: exportOf, why } = exported(document);
  if (!exportOf) throw new CannotCompare(why);
  const analysis = analyse(document);
  const { outputs } = analysis.node('node') ?? { outputs: [] };
  // What the document's own class gives, and at which port that stands here.
  const results = [...exportOf.model.results].map(([name, code]) => ({ name, code }));
  const portOf = (port: string) => exportOf.model.values.get(`node.${port}`);
  const ports = outputs
    .map(({ name }) => name)
    .filter((port) => !setting.ambiguous?.includes(port))
    .filter((port) => results.some(({ code }) => code === portOf(port)));
  const resultOf = (port: string) => results.find(({ code }) => code === portOf(port))?.name ?? port;
  const isCheck = definition.category === 'check';
  const probed = probe(document, ports);
  const [shown, trained] = await Promise.all([compiled(document), compiled(probed)]);
  const probedAnalysis = analyse(probed);
  const specs = trained.float64.state;
  const state = firstState(
    specs.filter(({ name }) => !name.startsWith(`${PARITY}.`)),
    given,
  );
  const ours = { reference: {}, wasm: {} } as Comparison['ours'];
  for (const { name: side, engine, dtype } of sides) {
    const found = ours[side];
    const here = shown[dtype];
    const { values } = await runOnce(here.forward, here.state, state, await engine());
    for (const port of ports) found[`shown ${resultOf(port)}`] = list(values[`node.${port}`]);
    if (isCheck) Object.assign(found, await measured(here.checks as CompiledProgram, state, await engine()));
    if (ports.length === 0) continue;
    const program = trained[dtype].train as CompiledProgram;
    const after = await runOnce(program, specs, state, await engine());
    const kept = (what: string, name: string) => after.state.get(`${PARITY}.${what} ${name}`);
    for (const port of ports) found[`trained ${resultOf(port)}`] = list(kept('trained', port));
    for (const what of ['first', 'second']) {
      const byName = new Map(
        specs
          .map(({ name }) => [name, kept(what, name)] as const)
          .flatMap(([n, x]) => (x ? [[n, x] as const] : [])),
      );
      for (const [name, { data }] of torchTensors(exportOf.model, probedAnalysis, specs, byName))
        found[`${what} ${name}`] = [...data];
    }
    const buffers = specs.filter(({ name, trainable }) => !trainable && !name.startsWith(`${PARITY}.`));
    const last = new Map(
      buffers.flatMap(({ name }) =>
        after.state.has(name) ? [[name, after.state.get(name) as ArrayLike<number>] as const] : [],
      ),
    );
    for (const [name, { data }] of torchTensors(exportOf.model, probedAnalysis, specs, last))
      found[`buffer ${name}`] = [...data];
  }
  const directions = new Map(
    specs
      .filter(({ trainable }) => trainable)
      .map(({ name, shape }) => [name, directionOf(name, elements(shape))] as const),
  );
  const reached = new Map(
    [...directions].filter(([name]) => specs.some((spec) => spec.name === `${PARITY}.first ${name}`)),
  );
  const { standIns } = standInsOf(shown.float64.forward, exportOf.model.arguments);
  const job = {
    kind: 'derivatives',
    dtypes: ['float64', 'float32'],
    script: exportOf.script,
    model: exportOf.model.name,
    state: forJson(torchTensors(exportOf.model, analysis, specs, state, 1)),
    buffers: Object.keys(ours.reference).flatMap((name) =>
      name.startsWith('buffer ') ? [name.slice(7)] : [],
    ),
    arguments: standIns,
    drawsWhenShown: drawsOf(exportOf, analysis, 'forward', 0),
    draws: drawsOf(exportOf, probedAnalysis, 'train', 0),
    differentiates: ports.length > 0,
    weights: Object.fromEntries(
      ports.map((port) => [resultOf(port), weightsOf(port, elementsOf(analysis, port))]),
    ),
    directions: forJson(torchTensors(exportOf.model, analysis, specs, reached)),
  };
  const ambiguous = (setting.ambiguous ?? []).flatMap((port) =>
    ['shown', 'trained'].map((when) => `${when} ${resultOf(port)}`),
  );
  return { type: definition.type, settings, job, ours, ambiguous };

  function elementsOf(of: typeof analysis, port: string): number {
    const type = of.inferred('node')?.outputs[port];
    return elements((type?.axes ?? []).map((axis) => of.sizes.boundBy(axis, of.sizes.dims) ?? 0));
  }
}

/** Inputs by which nothing is differentiated, as labels, are no parameters. */
function withConstants(document: GraphDocument, { notDifferentiable = [] }: Setting): GraphDocument {
  const nodes = Object.entries(document.nodes).map(([id, node]) => {
    if (!notDifferentiable.some((port) => id === `in-${port}`)) return [id, node] as const;
    const { axes, values } = node.params;
    return [id, { type: 'tensor', params: { axes, values, fill: 'values' } }] as const;
  });
  return { ...document, nodes: Object.fromEntries(nodes) as GraphDocument['nodes'] };
}

/** The document with the node that makes derivatives of these outputs. */
function probe(document: GraphDocument, ports: readonly string[]): GraphDocument {
  const edges = ports.map(
    (port) => [`${PARITY}-${port}`, { from: { node: 'node', port }, to: { node: PARITY, port } }] as const,
  );
  return {
    ...document,
    nodes: { ...document.nodes, ...(ports.length > 0 && { [PARITY]: { type: PARITY, params: {} } }) },
    edges: { ...document.edges, ...Object.fromEntries(edges) },
  };
}

async function compiled(document: GraphDocument) {
  const make = (dtype: 'float64' | 'float32') => {
    const { value, diagnostics } = compile(document, { dtype, expose: 'all' });
    if (!value) throw new CannotCompare(diagnostics.map((d) => `${d.code} ${d.message.en}`).join('\n'));
    return value;
  };
  return { float64: make('float64'), float32: make('float32') };
}

async function measured(
  program: CompiledProgram,
  state: ReadonlyMap<string, ArrayLike<number>>,
  engine: Engine,
): Promise<Record<string, readonly number[]>> {
  const executable = await engine.load(program.plan);
  const takes = (name: string) => Object.hasOwn(executable.plan.inputs, name);
  for (const [name, data] of [...state, ...Object.entries(feedsOf(program, 0))])
    if (takes(name)) executable.write(name, data);
  await executable.advance(1);
  const [spec] = program.checks;
  const found: Record<string, readonly number[]> = {};
  for (const part of ['value', 'theory', 'residual', 'tolerance'] as const) {
    const output = spec?.[part];
    if (output !== undefined) found[`check node.${part}`] = [...(await executable.read(output, 0, 1))];
  }
  executable.dispose();
  return found;
}

/** Values of what is given from outside. */
function standInsOf(
  program: CompiledProgram,
  args: readonly { readonly name: string; readonly node: string; readonly kind: string }[],
) {
  const feeds: Numbers = feedsOf(program, 0);
  const standIns = args.flatMap((argument) => {
    const spec = program.feeds.find(
      ({ name }) => argument.kind === 'feed' && name.startsWith(`${argument.node}.`),
    );
    return spec ? [[argument.name, { shape: spec.shape, data: list(feeds[spec.name]) }] as const] : [];
  });
  return { standIns: Object.fromEntries(standIns) };
}
