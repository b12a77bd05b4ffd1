/**
 * What React Flow draws, derived from the editor's state. A card or wire whose ingredients are the same
 * objects as last time is the same object as last time: React Flow and React then leave it alone.
 */
import { type Edge, type Node, Position } from 'reactflow';
import type { GraphEdge, GraphNode } from '../../../graph-schema/document.ts';
import type { Diagnostic, Severity } from '../../base/diagnostic.ts';
import { fill, type Locale } from '../../base/text.ts';
import { type Category, findNodeType } from '../../catalogue/index.ts';
import type { CheckedNode, ShownType } from '../../compiler/types.ts';
import type { EditorState, Ghost } from '../../editor/index.ts';
import { course } from '../ribbon/curve.ts';
import { labelWidth } from '../ribbon/RibbonLabel.tsx';
import { ribbonOf } from '../ribbon/threads.ts';
import { Cache } from './cache.ts';
import { fallbackPlaces } from './fallback-places.ts';
import { type LabelledWire, placeLabels } from './label-places.ts';
import { type CardLayout, layoutCard, type PortPlace } from './layout.ts';
import { type Drawing, drawingOf, spokenTitle, titleOf } from './node-look.ts';
import { speakNode, speakType } from './spoken.ts';
import { strings } from './strings.ts';
import { byGravity, findTrouble, type Trouble, untroubled, type WireTrouble } from './trouble.ts';
import { noWires, type Wiring, wiringOf, withWiredPorts } from './wiring.ts';

export interface CardData extends Record<string, unknown> {
  readonly node: GraphNode;
  readonly checked: CheckedNode;
  readonly layout: CardLayout;
  readonly title: string;
  /** The line under the title. */
  readonly formula: string;
  readonly glyph: string;
  readonly category: Category | undefined;
  readonly drawing: Drawing;
  readonly severity: Severity | undefined;
  readonly diagnostics: readonly Diagnostic[];
  /** Inputs that still want a wire; when that is all there is to say, the card is unfinished, not wrong. */
  readonly missing: readonly string[];
  readonly unfinished: boolean;
  /** The faulty node that this one lies below, by its title. */
  readonly below: string | undefined;
  /** Names of the threads at fault on any wire of this card. */
  readonly guilty: readonly string[];
  /** Under which of these names (`node.port`) the value to show may be found; the first that has one. */
  readonly valueKeys: readonly string[];
}

export interface WireData extends Record<string, unknown> {
  readonly type: ShownType | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly severity: Severity | undefined;
  readonly guilty: readonly string[];
  /** How far along the wire its label goes; undefined: there is no room for it. */
  readonly labelAt: number | undefined;
  readonly below: boolean;
  readonly ghost?: Ghost;
  readonly valueKey: string;
}

export type CardNode = Node<CardData, 'card'>;
export type WireEdge = Edge<WireData, 'wire'>;

export interface Scene {
  readonly nodes: readonly CardNode[];
  readonly edges: readonly WireEdge[];
}

const portWidth = 7;
const empty: readonly never[] = [];
const noTrouble: WireTrouble = { diagnostics: empty, guilty: empty };
const unchecked: CheckedNode = { inputs: [], outputs: [], inputTypes: {}, outputTypes: {}, summary: '' };

const handle = (port: PortPlace, x: number, side: 'target' | 'source') => ({
  id: port.name,
  type: side,
  position: side === 'target' ? Position.Left : Position.Right,
  x: x - portWidth / 2,
  y: port.y - port.height / 2,
  width: portWidth,
  height: port.height,
});

/** The line under the title where the type writes none: what a contraction does, the indices of a tensor. */
function formulaOf(
  { inputs, outputs, inputTypes, outputTypes, summary }: CheckedNode,
  drawing: Drawing,
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

/** Where on its wire each label goes, given the cards as they stand. */
function labelsOf(
  cards: readonly CardNode[],
  { document, checked }: EditorState,
): ReadonlyMap<string, number> {
  const byId = new Map(cards.map((card) => [card.id, card]));
  const wires = Object.entries(document.edges).flatMap(([id, { from, to }]): LabelledWire[] => {
    const [source, target, type] = [byId.get(from.node), byId.get(to.node), checked.edges[id]];
    const output = source?.data.layout.outputs.find((port) => port.name === from.port);
    const input = target?.data.layout.inputs.find((port) => port.name === to.port);
    if (!source || !target || !output || !input || !type) return [];
    const curve = course(
      { x: source.position.x + source.data.layout.width, y: source.position.y + output.y },
      { x: target.position.x, y: target.position.y + input.y },
    );
    return [{ id, curve, thickness: ribbonOf(type).height, width: labelWidth(type) }];
  });
  return placeLabels(
    wires,
    cards.map(({ position, data }) => ({
      ...position,
      width: data.layout.width,
      height: data.layout.height,
    })),
  );
}

/**
 * A function from editor states to scenes that remembers its last answer. While cards are dragged
 * (not `settled`) labels stay where on their wires they were: they would jump, and cost frames.
 */
export function createScene(): (state: EditorState, locale: Locale, settled?: boolean) => Scene {
  const cards = new Cache<CardNode>();
  const bodies = new Cache<CardData>();
  const wires = new Cache<WireEdge>();
  const wirings = new Cache<Wiring>();
  const troubles = new Cache<Trouble>();
  const places = new Cache<ReturnType<typeof fallbackPlaces>>();
  const labelPlaces = new Cache<ReadonlyMap<string, number>>();
  let labels: ReadonlyMap<string, number> = new Map();
  const all = [cards, bodies, wires, wirings, troubles, places, labelPlaces];
  let wiring: Wiring = new Map();
  let trouble: Trouble = untroubled;

  function bodyOf(id: string, node: GraphNode, state: EditorState, locale: Locale): CardData {
    const known = state.checked.nodes[id] ?? unchecked;
    const diagnostics = trouble.nodes.get(id) ?? empty;
    const wires = wiring.get(id) ?? noWires;
    const guilty = trouble.guilty.get(id) ?? empty;
    const cause = state.document.nodes[trouble.below.get(id) ?? ''];
    const below = cause && titleOf(cause, locale);
    return bodies.get(id, [node, known, locale, diagnostics, guilty, wires, below], () => {
      const checked = withWiredPorts(known, wires);
      const definition = findNodeType(node.type);
      const drawing = drawingOf(definition);
      const title = titleOf(node, locale);
      const category = definition?.category;
      const formula = formulaOf(checked, drawing);
      const graves = byGravity(diagnostics);
      return {
        node,
        checked,
        title,
        formula,
        category,
        drawing,
        guilty,
        missing: diagnostics.flatMap((d) =>
          d.code === 'missing-input' && d.port !== undefined ? [d.port] : [],
        ),
        below,
        unfinished: diagnostics.every((d) => d.code === 'missing-input'),
        glyph: definition?.glyph ?? '?',
        layout: layoutCard({ title, formula, category, drawing, checked }),
        severity: graves[0]?.severity,
        diagnostics: graves,
        valueKeys: [
          ...checked.outputs.map((port) => `${id}.${port.name}`),
          ...checked.inputs.map((port) => `${id}.${port.name}`),
          ...wires.sources,
        ],
      };
    });
  }

  function card(
    id: string,
    data: CardData,
    x: number,
    y: number,
    selected: boolean,
    locale: Locale,
  ): CardNode {
    return cards.get(id, [data, x, y, selected], () => {
      const { width, height, inputs, outputs } = data.layout;
      return {
        id,
        type: 'card',
        position: { x, y },
        data,
        selected,
        ...(data.below !== undefined && { className: 'tl-below' }),
        width,
        height,
        measured: { width, height },
        handles: [
          ...inputs.map((p) => handle(p, 0, 'target')),
          ...outputs.map((p) => handle(p, width, 'source')),
        ],
        // Only cards in view are asked for their words.
        get ariaLabel() {
          return speakNode(spokenTitle(data.node, locale), data.checked, data.diagnostics, locale);
        },
        ariaRole: 'group',
      };
    });
  }

  function wire(
    id: string,
    edge: GraphEdge,
    state: EditorState,
    labelAt: number | undefined,
    selected: boolean,
    locale: Locale,
  ): WireEdge {
    const type = state.checked.edges[id];
    const told = trouble.edges.get(id) ?? noTrouble;
    const { diagnostics, guilty } = told;
    const ends = [state.document.nodes[edge.from.node], state.document.nodes[edge.to.node]] as const;
    // What is known as far as the trouble stays bright, and so do the wires of the trouble itself.
    const source = edge.from.node;
    const below = diagnostics.length === 0 && (trouble.below.has(source) || trouble.faulty.has(source));
    const lost = type === undefined && diagnostics.length > 0;
    return wires.get(id, [edge, type, labelAt, selected, locale, below, told, ...ends], () => {
      const graves = byGravity(diagnostics);
      const name = (node: GraphNode | undefined, port: string) =>
        node ? `${titleOf(node, locale)} ${port}` : port;
      return {
        id,
        type: 'wire',
        source: edge.from.node,
        sourceHandle: edge.from.port,
        target: edge.to.node,
        targetHandle: edge.to.port,
        selected,
        // Where several wires leave one port, the one that is selected is meant.
        reconnectable: selected || 'target',
        ...((below || lost) && { className: below ? 'tl-below' : 'tl-lost' }),
        data: {
          type,
          diagnostics: graves,
          severity: graves[0]?.severity,
          guilty,
          labelAt,
          below,
          valueKey: `${edge.from.node}.${edge.from.port}`,
        },
        get ariaLabel() {
          const [from, to] = [name(ends[0], edge.from.port), name(ends[1], edge.to.port)];
          return fill(strings.wire, { from, to, axes: speakType(type, locale) })[locale];
        },
      };
    });
  }

  function scene(state: EditorState, locale: Locale, settled: boolean): Scene {
    const { document, checked, selection } = state;
    wiring = wirings.get('', [document.edges], () => wiringOf(document.edges, wiring));
    trouble = troubles.get('', [checked, document.edges], () =>
      findTrouble(checked, document.edges, trouble),
    );
    const lacking = Object.keys(document.nodes).some((id) => document.layout.nodes[id] === undefined);
    const fallback = lacking
      ? places.get('', [checked, document.nodes, document.edges], () => fallbackPlaces(document, checked))
      : undefined;
    const selectedNodes = new Set(selection.nodes);
    const selectedEdges = new Set(selection.edges);

    const nodes = Object.entries(document.nodes).map(([id, node]) => {
      const { x, y } = document.layout.nodes[id] ?? fallback?.get(id) ?? { x: 0, y: 0 };
      return card(id, bodyOf(id, node, state, locale), x, y, selectedNodes.has(id), locale);
    });
    if (settled) labels = labelPlaces.get('', [document, checked, locale], () => labelsOf(nodes, state));
    const edges = Object.entries(document.edges).flatMap(([id, edge]) =>
      Object.hasOwn(document.nodes, edge.from.node) && Object.hasOwn(document.nodes, edge.to.node)
        ? [wire(id, edge, state, labels.get(id), selectedEdges.has(id), locale)]
        : [],
    );
    for (const cache of all) cache.sweep();
    return { nodes, edges };
  }

  let last: { readonly asked: readonly unknown[]; readonly scene: Scene } | undefined;
  return (state, locale, settled = true) => {
    const asked = [state.document, state.checked, state.selection, locale, settled];
    if (!last?.asked.every((x, i) => x === asked[i])) {
      const { nodes, edges } = scene(state, locale, settled);
      // React Flow walks a whole list when it is another array.
      last = {
        asked,
        scene: { nodes: same(last?.scene.nodes, nodes), edges: same(last?.scene.edges, edges) },
      };
    }
    return last.scene;
  };
}

/** The old list where the new one holds the same objects. */
const same = <T>(old: readonly T[] | undefined, now: readonly T[]): readonly T[] =>
  old?.length === now.length && now.every((x, i) => x === old[i]) ? old : now;
