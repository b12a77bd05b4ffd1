/** Training compared step by step: optimizers on a small network, and templates with their data. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Example } from '../../src/catalogue/define.ts';
import type { AnyNodeDefinition } from '../../src/catalogue/index.ts';
import { type CompiledProgram, compile } from '../../src/compiler/index.ts';
import type { DataSource } from '../../src/datasets/index.ts';
import type { Engine, Executable } from '../../src/numeric/engine.ts';
import { loadData } from '../../src/runtime/data.ts';
import { openSession, writeState } from '../../src/runtime/session.ts';
import { trainingGraph } from '../support/example-graph.ts';
import { graph } from '../support/graphs.ts';
import { CannotCompare, type Comparison } from './jobs.ts';
import {
  analyse,
  drawsOf,
  exported,
  firstState,
  forJson,
  type Side,
  seed,
  sides,
  torchTensors,
} from './ours.ts';

/** Two layers and a scalar rate where one is wanted: gradients of all sizes, none of them linear in what is trained. */
export function optimizerGraph(
  definition: AnyNodeDefinition,
  params: Example['params'],
  rate?: number,
): GraphDocument {
  const axes = (...list: [string, number][]) => list.map(([name, size]) => ({ name, size }));
  return graph(
    {
      x: { type: 'tensor', params: { axes: axes(['b', 5], ['i', 3]), fill: 'normal', seed: 3 } },
      y: { type: 'tensor', params: { axes: axes(['b', 5], ['o', 2]), fill: 'normal', seed: 4 } },
      hidden: { type: 'linear', params: { units: 4 } },
      bend: { type: 'activation', params: { function: 'tanh' } },
      out: { type: 'linear', params: { units: 2, name: 'o' } },
      loss: { type: 'mse' },
      ...(rate !== undefined && {
        rate: { type: 'tensor', params: { axes: [], fill: 'values', values: [rate] } },
      }),
      node: { type: definition.type, params: params ?? {} },
    },
    [
      ...[
        'x.out > hidden.x',
        'hidden.y > bend.x',
        'bend.y > out.x',
        'out.y > loss.prediction',
        'y.out > loss.target',
      ],
      'loss.loss > node.loss',
      ...(rate === undefined ? [] : ['rate.out > node.rate']),
    ],
  );
}

/** An optimizer's examples, and its parameters on the network. */
export function optimizerDocuments(
  definition: AnyNodeDefinition,
): { readonly document: GraphDocument; readonly settings: string }[] {
  return definition.examples.flatMap((example) => {
    const told = JSON.stringify(example.params ?? {});
    const rate = example.inputs?.rate?.values?.[0];
    const hasOthers = Object.keys(example.inputs ?? {}).some((port) => port !== 'rate');
    return [
      ...(example.training
        ? [{ document: trainingGraph(definition, example), settings: `${told}, Σ θ²` }]
        : []),
      ...(hasOthers
        ? []
        : [{ document: optimizerGraph(definition, example.params, rate), settings: `${told}, two layers` }]),
    ];
  });
}

/** An engine whose programs remember what they are fed. */
function recorded(engine: Engine): { readonly engine: Engine; readonly fed: Record<string, number[]>[] } {
  const fed: Record<string, number[]>[] = [];
  const load = async (plan: Parameters<Engine['load']>[0]): Promise<Executable> => {
    const executable = await engine.load(plan);
    const advance: Executable['advance'] = (steps, feeds = {}) => {
      fed.push(Object.fromEntries(Object.entries(feeds).map(([name, values]) => [name, Array.from(values)])));
      return executable.advance(steps, feeds);
    };
    return new Proxy(executable, {
      get: (target, key) => {
        if (key === 'advance') return advance;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  return {
    engine: new Proxy(engine, {
      get: (target, key) => (key === 'load' ? load : Reflect.get(target, key, target)),
    }),
    fed,
  };
}

export async function compareTraining(
  type: string,
  document: GraphDocument,
  settings: string,
  steps: number,
  { on = sides, source }: { readonly on?: readonly Side[]; readonly source?: DataSource } = {},
): Promise<Comparison> {
  const { value: exportOf, why } = exported(document);
  if (!exportOf) throw new CannotCompare(why);
  const analysis = analyse(document);
  const ours = { reference: {}, wasm: {} } as Comparison['ours'];
  let rows: number[][][] = [];
  const { model, groups } = exportOf;
  let data: Awaited<ReturnType<typeof loadData>>['value'] = [];
  let first: Map<string, ArrayLike<number>> | undefined;
  let tensors: ReturnType<typeof torchTensors> | undefined;
  for (const { name: side, engine, dtype } of on) {
    const { value: compiled, diagnostics } = compile(document, { dtype });
    if (!compiled?.train)
      throw new CannotCompare(
        diagnostics.map((d) => `${d.code} ${d.message.en}`).join('\n') || 'nothing is trained',
      );
    data = (await loadData(compiled.data, source)).value ?? [];
    const { engine: watched, fed } = recorded(await engine());
    const session = await openSession(compiled.train as CompiledProgram, watched, {
      data,
      rows: 'train',
      seed,
    });
    first ??= firstState(compiled.state, {});
    tensors ??= torchTensors(model, analysis, compiled.state, first, seed);
    writeState(session, first);
    const found = ours[side];
    for (let step = 0; step < steps; step++) {
      const log = await session.advance(step, 1);
      for (const [name, values] of Object.entries(log)) {
        if (!model.metrics.some((metric) => metric.name === name)) continue;
        found[`metric ${name}`] = [...(found[`metric ${name}`] ?? []), values[0] as number];
      }
      if (groups.length > 0) continue;
      const trained = new Map<string, ArrayLike<number>>();
      for (const { name, trainable } of compiled.state)
        if (trainable && Object.hasOwn(session.executable.plan.inputs, name))
          trained.set(name, await session.executable.read(name));
      for (const [name, { data: numbers }] of torchTensors(model, analysis, compiled.state, trained))
        found[`parameter ${name}`] = [...(found[`parameter ${name}`] ?? []), ...numbers];
    }
    rows = fed.map((feeds) => groups.map(({ specs }) => feeds[specs[0]?.indices ?? ''] ?? []));
    session.executable.dispose();
  }
  const columns = Object.fromEntries(
    model.arguments.flatMap((argument) => {
      const own =
        argument.kind === 'data' ? data?.find(({ spec }) => spec.node === argument.node) : undefined;
      if (argument.kind !== 'data' || !own) return [];
      const numbers = own.columns[argument.column] ?? new Float32Array();
      return [
        [
          `${argument.node}.${argument.column}`,
          { shape: [own.spec.rows, ...argument.shape], data: [...numbers] },
        ],
      ];
    }),
  );
  const job = {
    kind: 'training',
    dtypes: on.map(({ dtype }) => dtype),
    script: exportOf.script,
    model: model.name,
    state: forJson(tensors ?? new Map()),
    data: columns,
    groups: groups.map(({ name }) => name),
    steps: Array.from({ length: steps }, (_, step) => ({
      rows: rows[step] ?? [],
      draws: drawsOf(exportOf, analysis, 'train', step),
    })),
  };
  return { type, settings, job, ours };
}
