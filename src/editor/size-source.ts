/**
 * Where the size on a wire is written, so that it can be changed where it is seen: a dimension with a name, or a
 * number among the parameters of a node. Which number it is is found by changing one and looking at the wire.
 */
import type { GraphNode } from '../../graph-schema/document.ts';
import type { Json } from '../base/edit.ts';
import { recordWith } from '../base/record.ts';
import { fieldsOf } from '../catalogue/fields.ts';
import type { Registry } from '../catalogue/registry.ts';
import { axisName } from '../tensor/axes-text.ts';
import type { Change, EditorState, Trial } from './editor-types.ts';
import { reachable } from './reachable.ts';

export interface SizeSource {
  /** What the command sets: a dimension takes whole numbers alone, a parameter symbols and expressions too. */
  readonly kind: 'dim' | 'param';
  /** What stands there now. */
  readonly written: number | string;
  /** Sets it, as one step. */
  command(size: number | string): Change;
}

/** A number in a node's parameters, and the parameter with another in its place. */
interface WrittenNumber {
  readonly key: string;
  /** The axis that it is the size of, where it has a name. */
  readonly axis?: string;
  with(size: number | string): Json;
}

/** So many changes are tried at most. */
const most = 24;

interface NamedSize {
  readonly name: string;
  readonly size: number | string;
}

const isNamedSize = (entry: unknown): entry is NamedSize =>
  typeof entry === 'object' && entry !== null && 'name' in entry && 'size' in entry;

/** Every number of a node that says a size, and is this one. */
function numbersOf(node: GraphNode, registry: Registry, size: number): readonly WrittenNumber[] {
  const definition = registry.of(node);
  if (!definition) return [];
  return fieldsOf(definition).flatMap(({ key, kind, schema }): readonly WrittenNumber[] => {
    const value = node.params[key] ?? schema.safeParse(undefined).data;
    if (kind === 'size') return value === size ? [{ key, with: (next) => next }] : [];
    if (!Array.isArray(value) || !value.every(isNamedSize)) return [];
    const list: readonly NamedSize[] = value;
    return list.flatMap((axis, k) =>
      axis.size === size
        ? [
            {
              key,
              axis: axis.name,
              with: (next) => list.map((old, i) => ({ ...old, size: i === k ? next : old.size })) as Json,
            },
          ]
        : [],
    );
  });
}

/** A dimension of the level hides one of the document. */
function dimension(
  { document, view }: Pick<EditorState, 'document' | 'view'>,
  name: string,
): SizeSource['command'] {
  return Object.hasOwn(view.graph.dims, name) || !Object.hasOwn(document.dims, name)
    ? (size) => ({ type: 'setDim', name, size: Number(size) })
    : (size) => ({ type: 'edits', edits: [{ edit: 'setDim', name, size: Number(size) }] });
}

/** Undefined where the size follows from others, or from data. `axis`: its position on the wire. */
export function sizeSourceWith(
  trial: Trial,
  registry: Registry,
  state: Pick<EditorState, 'document' | 'view'>,
  edge: string,
  axis: number,
): SizeSource | undefined {
  const { view } = state;
  const { graph } = view;
  const wire = graph.edges[edge];
  const shown = view.edge(edge)?.axes[axis];
  if (!wire || !shown || shown.size === undefined) return undefined;
  const { size, written, name } = shown;
  const isSymbol =
    axisName.test(written) && [graph.dims, state.document.dims].some((dims) => Object.hasOwn(dims, written));
  if (isSymbol) return { kind: 'dim', written: size, command: dimension(state, written) };

  const upstream = [...reachable(graph, wire.from.node, 'upstream')];
  const candidates = upstream.flatMap((id) =>
    numbersOf(graph.nodes[id] as GraphNode, registry, size).map((number) => ({ id, ...number })),
  );
  candidates.sort((a, b) => Number(b.axis === name) - Number(a.axis === name));
  const found = candidates.slice(0, most).find((candidate) =>
    [size + 1, 2 * size].some((other) => {
      const node = graph.nodes[candidate.id] as GraphNode;
      const params = { ...node.params, [candidate.key]: candidate.with(other) };
      const changed = { ...graph, nodes: recordWith(graph.nodes, { [candidate.id]: { ...node, params } }) };
      return trial(changed).edge(edge)?.axes[axis]?.size === other;
    }),
  );
  return (
    found && {
      kind: 'param',
      written: size,
      command: (next) => ({ type: 'setParam', node: found.id, key: found.key, value: found.with(next) }),
    }
  );
}
