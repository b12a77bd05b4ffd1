/** Turns a node type's example into a document: one tensor or parameter for each input, then the node. */

import type { GraphDocument } from '../../graph-schema/document.ts';
import { stateName } from '../../src/base/path.ts';
import { keyFrom, normal } from '../../src/base/random.ts';
import type { Example } from '../../src/catalogue/define.ts';
import type { AnyNodeDefinition } from '../../src/catalogue/index.ts';
import { parseAxes, type WrittenAxis } from '../../src/tensor/axes-text.ts';
import { graph } from './graphs.ts';

export const axesOf = (text: string): readonly WrittenAxis[] => {
  const read = parseAxes(text);
  if ('error' in read) throw new Error(read.error.en);
  return read.axes;
};

export const countOf = (axes: readonly WrittenAxis[]): number => axes.reduce((n, a) => n * Number(a.size), 1);

/** The numbers on an input: the example's own, else normal ones from a seed. */
export function valuesOf(example: Example, port: string): number[] {
  const input = example.inputs?.[port];
  return [...(input?.values ?? normal(keyFrom(7, port), countOf(axesOf(input?.axes ?? ''))))];
}

/** State of the node under test that its example gives, by full name. */
export const stateOf = (example: Example): Readonly<Record<string, readonly number[]>> =>
  Object.fromEntries(
    Object.entries(example.state ?? {}).map(([name, values]) => [stateName('node', name), values]),
  );

/** An optimizer's example as a document: it lowers the sum of the squares of `theta`. */
export function trainingGraph(definition: AnyNodeDefinition, example: Example): GraphDocument {
  const from = example.training?.from ?? [];
  const document = exampleGraph(definition, example);
  const { nodes, edges } = graph(
    {
      theta: {
        type: 'parameter',
        params: { axes: axesOf(`i ${from.length}`), init: 'values', values: from },
      },
      square: { type: 'activation', params: { function: 'square' } },
      sum: { type: 'contract', params: { expression: 'i->' } },
    },
    ['theta.out > square.x', 'square.y > sum.a', 'sum.out > node.loss'],
  );
  const own = Object.fromEntries(Object.entries(edges).map(([id, edge]) => [`loss ${id}`, edge]));
  return { ...document, nodes: { ...document.nodes, ...nodes }, edges: { ...document.edges, ...own } };
}

/** `replaced` overrides the numbers on some inputs. The node under test is called `node`. */
export function exampleGraph(
  definition: AnyNodeDefinition,
  example: Example,
  replaced: Readonly<Record<string, readonly number[]>> = {},
): GraphDocument {
  const ports = Object.keys(example.inputs ?? {});
  const given = (port: string) => ({
    type: 'parameter',
    params: {
      axes: axesOf(example.inputs?.[port]?.axes ?? ''),
      init: 'values',
      values: replaced[port] ?? valuesOf(example, port),
    },
  });
  const nodes = Object.fromEntries(ports.map((port) => [`in-${port}`, given(port)]));
  const { drawn = { nodes: {}, wires: [] }, params = {} } = example;
  const declared =
    typeof definition.inputs === 'function'
      ? definition.inputs({ params: definition.params.parse(params), wired: ports })
      : definition.inputs;
  const isOwn = (port: string) => example.drawn === undefined || declared.some(({ name }) => name === port);
  return graph({ ...nodes, ...drawn.nodes, node: { type: definition.type, params } }, [
    ...ports.filter(isOwn).map((port) => `in-${port}.out > node.${port}`),
    ...drawn.wires,
  ]);
}
