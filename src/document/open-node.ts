/** Puts the drawing that a node stands for in its place, every wire kept. */
import type { GraphLevel } from '../../graph-schema/document.ts';
import type { Edit, PortRef } from '../base/edit.ts';
import { freshId } from '../base/ids.ts';
import type { PathText } from '../base/path.ts';
import type { OpenedDrawing } from '../catalogue/define.ts';
import type { Registry } from '../catalogue/registry.ts';
import { entry } from './levels.ts';

/** What a node opens into; undefined where it does not. */
export function drawingOf(
  { nodes }: Pick<GraphLevel, 'nodes'>,
  id: string,
  registry: Registry,
): OpenedDrawing | undefined {
  const node = entry(nodes, id);
  const definition = node && registry.of(node);
  const params = definition?.params.safeParse(node?.params);
  return params?.success ? definition?.opens?.(params.data) : undefined;
}

/** The changes that do it, one step of the history. `pathOf`: paths of the level's nodes and wires by id. */
export function openedInto(
  graph: Pick<GraphLevel, 'nodes' | 'edges'>,
  id: string,
  { nodes, wires, inputs = {}, outputs }: OpenedDrawing,
  pathOf: (id: string) => PathText,
): readonly Edit[] {
  const isTaken = (name: string) => name !== id && Object.hasOwn(graph.nodes, name);
  const called = new Map(
    Object.keys(nodes).map((name) => [
      name,
      isTaken(name) ? freshId(name, (n) => isTaken(n) || Object.hasOwn(nodes, n)) : name,
    ]),
  );
  const made = ({ node, port }: PortRef): PortRef => ({ node: called.get(node) as string, port });
  const at = ({ node, port }: PortRef): PortRef => ({ node: pathOf(node), port });
  const wire = (from: PortRef, to: PortRef): Edit => {
    const edge = pathOf(`${from.node}-${to.node}-${to.port}`);
    return { edit: 'addEdge', edge, from: at(from), to: at(to) };
  };
  const edges = Object.entries(graph.edges);
  const read = edges.filter(([, { from }]) => from.node === id);
  const given = edges.filter(([, { from, to }]) => to.node === id && from.node !== id);
  return [
    ...[...read, ...given].map(([edge]): Edit => ({ edit: 'removeEdge', edge: pathOf(edge) })),
    { edit: 'removeNode', node: pathOf(id) },
    ...Object.entries(nodes).map(([name, { type, params }]): Edit => {
      const node = pathOf(called.get(name) as string);
      return { edit: 'addNode', node, type, params, near: pathOf(id) };
    }),
    ...wires.map(({ from, to }) => wire(made(from), made(to))),
    ...given.flatMap(([, { from, to }]) => {
      const input = inputs[to.port];
      return input ? [wire(from, made(input))] : [];
    }),
    ...read.flatMap(([, { from, to }]) => {
      const output = outputs[from.port];
      return output ? [wire(made(output), to)] : [];
    }),
  ];
}
