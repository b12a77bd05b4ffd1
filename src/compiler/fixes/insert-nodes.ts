/** Remedies by a node in between: every type that knows how to stand in a wire is asked, none is named. */
import type { Code } from '../../base/codes.ts';
import { freshId, idPrefix } from '../../base/ids.ts';
import { fill, text } from '../../base/text.ts';
import type { Misfit, Proposal, SeenAxis } from '../../catalogue/adapt.ts';
import { type AnyNodeDefinition, catalogue, type PortSpec } from '../../catalogue/index.ts';
import { nameOf } from '../check/resolve.ts';
import {
  edgeOf,
  type FixCandidate,
  type FixContext,
  faultyNode,
  nodesUpstream,
  sizesText,
} from './fix-context.ts';

const title = text('{does} before {node}: {from} → {to}', '在{node}之前{does}：{from} → {to}');
/** Where some size is in conflict, the title names no sizes. */
const plainTitle = text('{does} before {node}', '在{node}之前{does}');

/** What looks odd because axes stand where others were meant, or hold numbers of another meaning. */
const mendedBetween: readonly Code[] = [
  'labels-as-quantities',
  'names-differ',
  'batch-misread',
  'channels-last',
  'single-element',
];
const aboutWires: readonly Code[] = [
  'port-taken',
  'unknown-port',
  'dangling-edge',
  'missing-input',
  'cycle',
  'no-such-index',
];

/** `keepsNumbers`: only those that arrange numbers anew, or only the others. */
export function* insertNodes(context: FixContext, keepsNumbers: boolean): Generator<FixCandidate> {
  const { diagnostic } = context;
  const node = faultyNode(context);
  // What else only looks odd needs no node in between; nor does a wire that should not be there at all.
  const isOdd = diagnostic.severity !== 'error' && !mendedBetween.includes(diagnostic.code);
  if (node === undefined || isOdd || aboutWires.includes(diagnostic.code)) return;
  const own = [...context.wiresInto(node)];
  // The wire that the diagnostic names first, then its fellows.
  own.sort(([a], [b]) => Number(b === diagnostic.port) - Number(a === diagnostic.port));
  for (const [port, edge] of own)
    for (const wanted of wishes(context, node, port)) yield* into(context, edge, wanted, keepsNumbers);
  // A forgotten flatten stands further up than where its lack shows; the node itself comes last.
  const [itself, ...above] = nodesUpstream(context, node);
  for (const id of [...above, itself as string])
    for (const edge of context.wiresInto(id).values()) yield* into(context, edge, undefined, keepsNumbers);
}

/** What might have been meant to arrive at an input: what arrives beside it, or its own axes with a neighbour's size; nothing beside it: a scalar. */
function wishes(context: FixContext, node: string, port: string): (readonly SeenAxis[])[] {
  const { checked, diagnostic } = context;
  const types = checked.nodes[node]?.inputTypes ?? {};
  const own = types[port]?.axes ?? [];
  const others = Object.entries(types).flatMap(([name, type]) => (name === port ? [] : [type.axes]));
  const mismatched = new Set(
    [diagnostic, ...(diagnostic.related ?? [])].flatMap(({ axis }) => (axis === undefined ? [] : [axis])),
  );
  const resized = own.flatMap((axis, d) =>
    mismatched.has(axis.name)
      ? others
          .flat()
          .filter((other) => mismatched.has(other.name) && other.size !== axis.size)
          .map((other) => own.map((a, i) => (i === d ? { ...other, name: a.name } : a)))
      : [],
  );
  const scalar = others.length === 0 ? [[]] : [];
  const withoutOnes = own.filter(({ size }) => size !== 1);
  const fewer = withoutOnes.length < own.length ? [withoutOnes] : [];
  return [...reordered(context, own), ...fewer, ...others, ...resized, ...scalar];
}

/** The axes with the channels before what they should stand before. */
function reordered(
  { diagnostic: { code, values } }: FixContext,
  own: readonly SeenAxis[],
): (readonly SeenAxis[])[] {
  const channel = own.find(({ name }) => name === values?.channel);
  const at = own.findIndex(({ name }) => name === values?.space);
  if (code !== 'channels-last' || !channel || at < 0) return [];
  const others = own.filter((axis) => axis !== channel);
  return [[...others.slice(0, at), channel, ...others.slice(at)]];
}

function* into(
  context: FixContext,
  edge: string,
  wanted: readonly SeenAxis[] | undefined,
  keepsNumbers: boolean,
): Generator<FixCandidate> {
  const has = context.checked.edges[edge]?.axes;
  if (!has) return;
  const { classes, expected } = context.diagnostic.values ?? {};
  const misfit: Misfit = {
    has,
    ...(wanted && { wanted }),
    ...(typeof classes === 'number' && { classes }),
    ...(context.diagnostic.code === 'rank-mismatch' && typeof expected === 'number' && { rank: expected }),
    ...(context.diagnostic.code === 'batch-misread' && { rank: has.length + 1 }),
  };
  for (const definition of catalogue)
    for (const proposal of definition.adapt?.(misfit) ?? []) {
      if ((proposal.keepsNumbers ?? false) !== keepsNumbers) continue;
      const candidate = insertion(context, edge, definition, proposal);
      if (candidate) yield candidate;
    }
}

/** The first port of a node with these parameters and no wires yet. */
function firstPort(
  definition: AnyNodeDefinition,
  proposal: Proposal,
  side: 'inputs' | 'outputs',
): PortSpec | undefined {
  const read = definition.params.safeParse(proposal.params);
  if (!read.success) return undefined;
  const specs = definition[side];
  return (typeof specs === 'function' ? specs({ params: read.data, wired: [] }) : specs)[0];
}

function insertion(
  context: FixContext,
  edge: string,
  definition: AnyNodeDefinition,
  proposal: Proposal,
): FixCandidate | undefined {
  const { document, graph } = context;
  const wire = edgeOf(context, edge);
  const [input, output] = [
    firstPort(definition, proposal, 'inputs'),
    firstPort(definition, proposal, 'outputs'),
  ];
  if (!wire || !input || !output) return undefined;
  const node = freshId(graph.prefix + idPrefix(definition.type), (path) => Object.hasOwn(graph.nodes, path));
  const wireId = freshId(`${graph.prefix}e`, (path) => Object.hasOwn(graph.edges, path));
  return {
    kind: `insert ${definition.type}`,
    edits: [
      { edit: 'addNode', node, type: definition.type, params: proposal.params, near: edge },
      { edit: 'addEdge', edge: wireId, from: wire.from, to: { node, port: input.name } },
      { edit: 'addEdge', edge: wireId, from: { node, port: output.name }, to: wire.to },
    ],
    title(after) {
      const { inputTypes = {}, outputTypes = {} } = after.nodes[node] ?? {};
      const sizes = (locale: 'en' | 'zh') => {
        const scalar = locale === 'en' ? 'scalar' : '标量';
        return [
          sizesText(inputTypes[input.name], scalar),
          sizesText(outputTypes[output.name], scalar),
        ] as const;
      };
      const [en, zh] = [sizes('en'), sizes('zh')];
      return fill(en.some((side) => side.includes('?')) ? plainTitle : title, {
        does: proposal.does,
        node: nameOf(document, wire.to.node),
        from: text(en[0], zh[0]),
        to: text(en[1], zh[1]),
      });
    },
  };
}
