/** A node as what it is made of, and the values of it in the state there is. Fetched when somebody looks. */

import { readPortKey } from '../base/path.ts';
import type { Analysis } from '../compiler/analyse.ts';
import { compileLowered, trains } from '../compiler/compile.ts';
import { type InsideGraph, insideGraph } from '../compiler/inside/inside-graph.ts';
import { lower } from '../compiler/lower.ts';
import type { Lowered } from '../compiler/lowered.ts';
import { runDefaults } from '../compiler/run-defaults.ts';
import type { Compiled } from '../compiler/types.ts';
import type { Dtype } from '../ir/plan.ts';
import type { Checkpoint } from '../runtime/checkpoint.ts';
import type { Shown } from '../runtime/events.ts';
import { inspect } from '../runtime/inspect.ts';
import type { HostServices } from './services.ts';

/** Values are computed unasked when that needs no more than this. */
const most = { flops: 4e8, bytes: 256 * 2 ** 20 };

interface LookOptions extends Pick<HostServices, 'engine' | 'data'> {
  readonly dtype: Dtype;
  readonly from: Checkpoint | undefined;
}

interface Looked {
  readonly graph: InsideGraph;
  readonly values: Shown['values'];
}

/** Ports by the value that they give; what is made in loops has no value of its own. */
function portsOf({ program, values, parts, axes }: Lowered) {
  const ids = new Map(program.outputs.map(({ name, value }) => [name, value]));
  return new Map(
    Object.entries(values).flatMap(([key, output]) => {
      const value = ids.get(output);
      if (value === undefined || Object.hasOwn(parts, key)) return [];
      return [[value, { name: readPortKey(key).port, axes: axes[key] ?? [] }] as const];
    }),
  );
}

/** Undefined for a node that is not sound, or adds no operation. */
export async function lookInside(
  analysis: Analysis,
  node: string,
  { dtype, from, engine, data }: LookOptions,
): Promise<Looked | undefined> {
  const definition = analysis.sound.has(node) ? analysis.node(node)?.definition : undefined;
  if (!definition) return undefined;
  const lowered = lower(analysis, trains(analysis) ? 'train' : 'forward', { expose: 'all', ports: true });
  const graph = insideGraph(lowered.program, {
    node,
    trains: definition.trains === true,
    ports: portsOf(lowered),
  });
  if (!graph) return undefined;
  if (!graph.measurable) return { graph, values: {} };

  const wanted = Object.keys(graph.values);
  const outputs = wanted.map((id) => ({ name: `inside:${id}`, value: Number(id) }));
  const asked: Lowered = {
    ...lowered,
    program: { ...lowered.program, outputs, updates: [] },
    metrics: {},
    values: Object.fromEntries(wanted.map((id) => [id, `inside:${id}`])),
    parts: {},
    axes: Object.fromEntries(
      wanted.map((id) => [id, graph.values[Number(id)]?.axes.map((name, d) => name || String(d + 1)) ?? []]),
    ),
    choices: [],
    checks: [],
  };
  const { value: forward } = compileLowered(asked, analysis, { dtype });
  if (!forward) return { graph, values: {} };
  const { plan } = forward;
  const flops = plan.steps.reduce((sum, step) => sum + step.flops, 0);
  if (flops > most.flops || plan.bytes > most.bytes) return { graph, values: {} };
  const run = { ...runDefaults, ...analysis.document.run };
  const compiled: Compiled = {
    forward,
    evaluations: [],
    state: lowered.state,
    data: lowered.data,
    choices: [],
    run,
  };
  const { value } = await inspect(compiled, await engine('wasm'), {
    from,
    watched: false,
    ...(data && { data }),
  });
  return { graph, values: value?.values ?? {} };
}
