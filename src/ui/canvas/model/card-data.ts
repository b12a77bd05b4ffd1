/** What one card shows, without its place: from its node, what is known of it, and its wires. */
import type { GraphLevel, GraphNode } from '../../../../graph-schema/document.ts';
import type { Severity } from '../../../base/codes.ts';
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { type PathText, portKey, readPortKey } from '../../../base/path.ts';
import type { Locale } from '../../../base/text.ts';
import type { Category } from '../../../catalogue/index.ts';
import type { Registry } from '../../../catalogue/registry.ts';
import type { CheckedNode, ShownType } from '../../../compiler/types.ts';
import { blockOf, repeatOf } from '../../../document/levels.ts';
import type { LevelView } from '../../../editor/index.ts';
import { ordinalIn, titleOf } from '../../parts/node-title.ts';
import { type CardContent, type CardLayout, layoutCard } from './card-layout.ts';
import { bySeverity } from './diagnostics-index.ts';
import { drawingOf, type GlyphDrawing } from './node-look.ts';
import { type NodeWires, withWiredPorts } from './wiring.ts';

export interface CardData extends Record<string, unknown> {
  readonly path: PathText;
  readonly node: GraphNode;
  readonly checked: CheckedNode;
  readonly layout: CardLayout;
  readonly title: string;
  /** Which it is of the nodes of its kind; a number stands on the card from the second on. */
  readonly ordinal: number;
  /** The line under the title. */
  readonly formula: string;
  readonly glyph: string;
  readonly category: Category | undefined;
  readonly drawing: GlyphDrawing;
  /** How often an instance repeats its block; 1 for every other node. */
  readonly repeat: number;
  readonly severity: Severity | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Inputs that still want a wire; when that is all there is to say, the card is unfinished, not wrong. */
  readonly missing: readonly string[];
  readonly unfinished: boolean;
  /** The faulty node that this one is downstream of, by its title. */
  readonly downstreamOf: string | undefined;
  /** Names of the threads at fault on any wire of this card. */
  readonly mismatched: readonly string[];
  /** Under which of these keys the value to show may be found; the first that has one. */
  readonly valueKeys: readonly string[];
}

/** The line under the title where the type writes none: what a contraction does, the indices of a tensor. */
function formulaOf(
  { inputs, outputs, inputTypes, outputTypes, summary }: CheckedNode,
  drawing: GlyphDrawing,
): string {
  const indices = (type: ShownType) => {
    const names = type.axes.map((axis) => axis.name);
    return names.join(names.every((name) => name.length === 1) ? '' : ' ');
  };
  const operands = inputs.flatMap((port) => inputTypes[port.name] ?? []);
  const results = outputs.flatMap((port) => outputTypes[port.name] ?? []);
  if (summary !== '') return summary;
  if (drawing === 'contraction' && results[0])
    return `${operands.map(indices).join(', ')} → ${indices(results[0])}`;
  const [shown] = [...results, ...operands];
  return drawing === 'values' && shown ? shown.axes.map((axis) => axis.name).join(' ') : '';
}

/** Of what the card gives, of what it shows of its inputs, of what feeds it: in this order. */
export function valueKeysOf(id: string, known: CheckedNode, wires: NodeWires, view: LevelView): string[] {
  const { inputs, outputs } = withWiredPorts(known, wires);
  return [
    ...outputs.flatMap(({ name }) => view.valueKey({ node: id, port: name }) ?? []),
    ...inputs.map(({ name }) => portKey(view.pathOf(id), name)),
    ...wires.sources.flatMap((source) => view.valueKey(readPortKey(source)) ?? []),
  ];
}

interface Told {
  readonly known: CheckedNode;
  readonly wires: NodeWires;
  readonly valueKeys: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly mismatched: readonly string[];
  readonly downstreamOf: string | undefined;
}

/** A node of which the check says nothing. */
export const unchecked: CheckedNode = {
  inputs: [],
  outputs: [],
  inputTypes: {},
  outputTypes: {},
  summary: '',
};

/** What decides how large a card is. `known` is what the check says of the node, with the ports that are wired. */
export function cardContentOf(
  id: string,
  nodes: GraphLevel['nodes'],
  known: CheckedNode,
  registry: Registry,
  locale: Locale,
): Required<CardContent> {
  const node = nodes[id] as GraphNode;
  const definition = registry.of(node);
  const drawing = drawingOf(definition);
  // How often a block is repeated stands in its badge; under its own name stands which block it is.
  const blockName = node.label ? (definition?.title[locale] ?? '') : '';
  return {
    title: titleOf(id, node, registry, locale),
    ordinal: ordinalIn(nodes, id),
    formula: blockOf(node) === undefined ? formulaOf(known, drawing) : blockName,
    category: definition?.category,
    drawing,
    checked: known,
    repeat: repeatOf(node),
    locale,
  };
}

export function cardDataOf(
  id: string,
  node: GraphNode,
  { known, diagnostics, mismatched, downstreamOf, wires, valueKeys }: Told,
  view: LevelView,
  registry: Registry,
  locale: Locale,
): CardData {
  const content = cardContentOf(id, view.graph.nodes, withWiredPorts(known, wires), registry, locale);
  const sorted = bySeverity(diagnostics);
  const here = view.pathOf(id);
  return {
    ...content,
    path: here,
    node,
    mismatched,
    // What lies inside an instance and wants a wire is no port of the card.
    missing: diagnostics.flatMap((d) =>
      d.code === 'missing-input' && d.node === here && d.port !== undefined ? [d.port] : [],
    ),
    downstreamOf,
    unfinished: diagnostics.every((d) => d.code === 'missing-input'),
    glyph: registry.of(node)?.glyph ?? '?',
    layout: layoutCard(content),
    severity: sorted[0]?.severity,
    diagnostics: sorted,
    valueKeys,
  };
}
