/** Remedies by other parameters: an index renamed, a type's own proposals, a default taken again. */
import type { Code } from '../../base/codes.ts';
import type { Json } from '../../base/edit.ts';
import { fill, text } from '../../base/text.ts';
import { fieldsOf } from '../../catalogue/fields.ts';
import { registryOf } from '../../catalogue/index.ts';
import { nameOf, nearestType } from '../check/resolve.ts';
import { type FixCandidate, type FixContext, faultyNode, nodesUpstream, suspects } from './fix-context.ts';

const titles = {
  rename: text('Rename the index {from} of {node} to {to}', '把{node}的指标 {from} 改名为 {to}'),
  reset: text('Take the default for {field}', '{field}恢复默认值'),
  type: text('Make it a {type}', '改成“{type}”'),
  ignore: text('Set {field} of {node} to {label}', '把{node}的{field}设为 {label}'),
  own: text('{does} in {node}', '在{node}中{does}'),
};

/** What the faulty node proposes for its own parameters. */
export function* repairs(context: FixContext): Generator<FixCandidate> {
  const { document, graph, checked } = context;
  const start = faultyNode(context);
  if (start === undefined) return;
  for (const node of nodesUpstream(context, start)) {
    const above = graph.nodes[node];
    const definition = above && registryOf(document).of(above);
    const read = definition?.repair && definition.params.safeParse(above?.params);
    if (!read?.success) continue;
    const types = checked.nodes[node]?.inputTypes ?? {};
    const inputs = Object.fromEntries(Object.entries(types).map(([port, { axes }]) => [port, axes]));
    for (const { params: changed, does } of definition?.repair?.(read.data, inputs) ?? []) {
      const title = fill(titles.own, { does, node: nameOf(document, node) });
      yield {
        kind: 'repair',
        edits: Object.entries(changed).map(([key, value]) => ({ edit: 'setParam', node, key, value })),
        title: () => title,
      };
    }
  }
}

/** `x` with every index name `from` in a place for names replaced; the same object when there is none. */
function renamed(x: Json, from: string, to: string): Json {
  if (typeof x === 'string') return x === from ? to : x;
  if (Array.isArray(x)) {
    const list = x.map((item) => renamed(item, from, to));
    return list.some((item, i) => item !== x[i]) ? list : x;
  }
  if (typeof x !== 'object' || x === null || !('name' in x)) return x;
  return x.name === from ? { ...x, name: to } : x;
}

/** Codes that are resolved when one index becomes two. */
const parting: readonly Code[] = ['size-conflict', 'name-twice', 'names-crossed'];

/** An index gets the name it has on the other side, or one that nothing has. */
export function* renameIndices(context: FixContext): Generator<FixCandidate> {
  const { document, graph, checked } = context;
  const node = faultyNode(context);
  if (node === undefined) return;
  const types = Object.values(checked.nodes[node]?.inputTypes ?? {});
  const names = new Set(types.flatMap(({ axes }) => axes.map((axis) => axis.name)));
  const near = suspects(context, node);
  const everywhere = new Set(
    Object.values(checked.edges).flatMap(({ axes }) => axes.map((axis) => axis.name)),
  );
  const fresh = [...'ijklmnopqrstuvwxyz'].find((letter) => !everywhere.has(letter)) ?? 'new';
  const own = context.diagnostic.param;
  if (context.diagnostic.code === 'name-twice' && own !== undefined) {
    const values = { from: context.diagnostic.axis ?? '', to: fresh, node: nameOf(document, node) };
    const title = fill(titles.rename, values);
    yield {
      kind: 'rename',
      edits: [{ edit: 'setParam', node, key: own, value: fresh }],
      title: () => title,
    };
  }
  const { code, values } = context.diagnostic;
  const namesake = code === 'names-crossed' ? values?.axis : undefined;
  const mismatched = new Set([
    namesake,
    context.diagnostic.axis,
    ...(context.diagnostic.related ?? []).map((r) => r.axis),
  ]);
  // Sizes that clash under one name were two indices, and so were names that stand twice; names that differ were one.
  const clash = parting.includes(context.diagnostic.code);
  for (const from of names)
    for (const to of clash ? [fresh] : names) {
      if (from === to || (clash && !mismatched.has(from))) continue;
      for (const id of near)
        for (const [key, value] of Object.entries(graph.nodes[id]?.params ?? {})) {
          if (key !== 'name' && key !== 'axes') continue;
          const changed = renamed(value as Json, from, to);
          if (changed === value) continue;
          const title = fill(titles.rename, { from, to, node: nameOf(document, id) });
          yield {
            kind: 'rename',
            edits: [{ edit: 'setParam', node: id, key, value: changed }],
            title: () => title,
          };
        }
    }
}

/** The one label that is no class, and below all of them as −100 is, is left out where the node can leave one out. */
export function* ignoreLabel(context: FixContext): Generator<FixCandidate> {
  const { document, graph, diagnostic } = context;
  const { code, node, values } = diagnostic;
  const label = Number(values?.values);
  if (code !== 'no-such-index' || node === undefined || !Number.isInteger(label) || label >= 0) return;
  const definition = graph.nodes[node] && registryOf(document).of(graph.nodes[node]);
  const field = definition && fieldsOf(definition).find(({ key }) => key === 'ignored');
  if (!field) return;
  const title = fill(titles.ignore, { field: field.label, node: nameOf(document, node), label });
  yield {
    kind: 'ignore',
    edits: [{ edit: 'setParam', node, key: field.key, value: label }],
    title: () => title,
  };
}

/** A parameter that cannot be read goes back to its default. */
export function* resetParams(context: FixContext): Generator<FixCandidate> {
  const { document, graph, diagnostic } = context;
  const { node, param } = diagnostic;
  if (node === undefined || param === undefined) return;
  const definition = graph.nodes[node] && registryOf(document).of(graph.nodes[node]);
  const field = definition && fieldsOf(definition).find((f) => f.key === param);
  const title = fill(titles.reset, { field: field?.label ?? param });
  yield { kind: 'reset', edits: [{ edit: 'removeParam', node, key: param }], title: () => title };
}

/** A type that does not exist becomes the one it was nearest to. */
export function* changeType(context: FixContext): Generator<FixCandidate> {
  const { document, graph, diagnostic } = context;
  const { node } = diagnostic;
  if (diagnostic.code !== 'unknown-type' || node === undefined) return;
  const type = nearestType(graph.nodes[node]?.type ?? '');
  if (type === undefined) return;
  const title = fill(titles.type, { type: registryOf(document).find(type)?.title ?? type });
  yield { kind: 'type', edits: [{ edit: 'setType', node, type }], title: () => title };
}
