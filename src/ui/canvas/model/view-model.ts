/**
 * What the canvas shows: one level of the document, derived from the editor's state one card and one wire
 * at a time, as they are asked for: of a large graph only a small part is in view. A card or wire whose
 * ingredients are the same objects as last time is the same object as last time: React Flow and React then
 * leave it alone.
 */
import { type Edge, type Node, Position } from 'reactflow';
import type { GraphEdge, GraphLevel, GraphNode } from '../../../../graph-schema/document.ts';
import type { Severity } from '../../../base/codes.ts';
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { fill, type Locale } from '../../../base/text.ts';
import { registryOf } from '../../../catalogue/index.ts';
import type { Registry } from '../../../catalogue/registry.ts';
import type { ShownType } from '../../../compiler/types.ts';
import type { EditorState, LevelView, Point, PreviewMark } from '../../../editor/index.ts';
import { asDrawn } from '../../parts/drawn-names.ts';
import { numbered, ordinalIn, titleIn } from '../../parts/node-title.ts';
import { strings } from '../canvas-strings.ts';
import type { Rect } from '../geometry/rect.ts';
import { Cache } from './cache.ts';
import { type CardData, cardDataOf, unchecked, valueKeysOf } from './card-data.ts';
import type { PortPlace } from './card-layout.ts';
import {
  bySeverity,
  type DiagnosticsIndex,
  indexDiagnostics,
  type WireDiagnostics,
} from './diagnostics-index.ts';
import { fallbackPlaces } from './fallback-places.ts';
import { spokenTitle } from './node-look.ts';
import { speakNode, speakType } from './spoken.ts';
import { noWires, type Wiring, wiringOf } from './wiring.ts';

export interface WireData extends Record<string, unknown> {
  readonly type: ShownType | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly severity: Severity | undefined;
  readonly mismatched: readonly string[];
  /** Whether it carries what a faulty node gives, directly or further on. */
  readonly downstream: boolean;
  readonly mark?: PreviewMark;
  readonly valueKey: string;
}

export type CardNode = Node<CardData, 'card'>;
export type WireEdge = Edge<WireData, 'wire'>;

export interface ViewModel {
  /** What it is derived from. */
  readonly state: EditorState;
  /** Ids in the order of the document. */
  readonly cards: readonly string[];
  /** Those of which both ends exist. */
  readonly wires: readonly string[];
  card(id: string): CardNode | undefined;
  wire(id: string): WireEdge | undefined;
  /** What a card shows, without its place. */
  body(id: string): CardData | undefined;
  /** Where a card lies. Its size may be that of an edit ago: enough to tell whether it is in view. */
  place(id: string): Rect;
  /** Another object when cards or wires have come, gone or moved. */
  readonly arrangement: object;
}

const portWidth = 7;
const empty: readonly never[] = [];
const noWireDiagnostics: WireDiagnostics = { diagnostics: empty, mismatched: empty };

const handle = (port: PortPlace, x: number, side: 'target' | 'source') => ({
  id: port.name,
  type: side,
  position: side === 'target' ? Position.Left : Position.Right,
  x: x - portWidth / 2,
  y: port.y - port.height / 2,
  width: portWidth,
  height: port.height,
});

interface Caches {
  readonly cards: Cache<CardNode>;
  readonly bodies: Cache<CardData>;
  readonly wires: Cache<WireEdge>;
  readonly wirings: Cache<Wiring>;
  readonly indexes: Cache<DiagnosticsIndex>;
  readonly places: Cache<ReturnType<typeof fallbackPlaces>>;
  readonly wired: Cache<readonly string[]>;
  readonly arrangements: Cache<object>;
}

const createCaches = (): Caches => ({
  cards: new Cache(),
  bodies: new Cache(),
  wires: new Cache(),
  wirings: new Cache(),
  indexes: new Cache(),
  places: new Cache(),
  wired: new Cache(),
  arrangements: new Cache(),
});

/** What a card or wire is derived from, besides itself. */
interface Ingredients {
  readonly document: EditorState['document'];
  readonly view: LevelView;
  readonly registry: Registry;
  readonly locale: Locale;
  readonly index: DiagnosticsIndex;
}

/** A function from editor states to view models that remembers what it has made. One for each level. */
export function createViewModel(): (state: EditorState, locale: Locale) => ViewModel {
  const caches = createCaches();
  let last: { readonly asked: readonly unknown[]; readonly model: ViewModel } | undefined;
  return (state, locale) => {
    const asked = [state.view, state.selection, locale];
    if (!last?.asked.every((x, i) => x === asked[i]))
      last = { asked, model: compose(state, locale, caches, last?.model) };
    return last.model;
  };
}

function compose(
  state: EditorState,
  locale: Locale,
  caches: Caches,
  before: ViewModel | undefined,
): ViewModel {
  const { view, selection } = state;
  const { graph } = view;
  const registry = registryOf(state.document);
  const { cards, bodies, wires, wirings, indexes, places, wired, arrangements } = caches;
  const wiring = wirings.get('', [graph.edges], () => wiringOf(graph.edges, wirings.peek('')));
  const index = indexes.get('', [state.checked, graph.edges, graph.nodes], () =>
    indexDiagnostics(view, indexes.peek('')),
  );
  const using: Ingredients = { document: state.document, view, registry, locale, index };
  const selectedNodes = new Set(selection.nodes);
  const selectedEdges = new Set(selection.edges);
  const cardIds = same(before?.cards, Object.keys(graph.nodes));
  const wireIds = wired.get('', [graph.edges, cardIds], () =>
    Object.keys(graph.edges).filter((id) => endsOf(graph, id)),
  );

  function corner(id: string): Point {
    const told = graph.layout.nodes[id];
    if (told) return told;
    const made = places.get('', [state.checked, graph.nodes, graph.edges], () => fallbackPlaces(view));
    return made.get(id) ?? { x: 0, y: 0 };
  }

  function bodyOf(id: string): CardData {
    const node = graph.nodes[id] as GraphNode;
    const known = view.node(id) ?? unchecked;
    const diagnostics = index.nodes.get(id) ?? empty;
    const mismatched = index.mismatched.get(id) ?? empty;
    const cause = index.downstream.get(id);
    const faulty = cause === undefined ? undefined : graph.nodes[cause];
    const downstreamOf = faulty && titleIn(state.document, graph.nodes, cause as string, locale);
    const wires = wiring.get(id) ?? noWires;
    const valueKeys = valueKeysOf(id, known, wires, view);
    const told = { known, diagnostics, mismatched, downstreamOf, wires, valueKeys };
    const ingredients = [
      node,
      ordinalIn(graph.nodes, id),
      registry.of(node),
      locale,
      known,
      diagnostics,
      mismatched,
      downstreamOf,
      wires,
    ];
    return bodies.get(id, [...ingredients, valueKeys.join(' ')], () =>
      cardDataOf(id, node, told, view, registry, locale),
    );
  }

  if (cardIds !== before?.cards) for (const cache of [cards, bodies]) cache.retain(new Set(cardIds));
  if (wireIds !== before?.wires) wires.retain(new Set(wireIds));
  return {
    state,
    cards: cardIds,
    wires: wireIds,
    arrangement: arrangements.get('', [graph.layout.nodes, cardIds, wireIds], () => ({})),
    card(id) {
      if (!Object.hasOwn(graph.nodes, id)) return undefined;
      const [data, at, selected] = [bodyOf(id), corner(id), selectedNodes.has(id)];
      return cards.get(id, [data, at.x, at.y, selected], () => cardOf(id, data, at, selected, using));
    },
    wire(id) {
      const edge = graph.edges[id];
      const ends = endsOf(graph, id);
      if (!edge || !ends) return undefined;
      const type = view.edge(id);
      const valueKey = view.valueKey(edge.from) ?? '';
      const told = index.edges.get(id) ?? noWireDiagnostics;
      const selected = selectedEdges.has(id);
      // Wires that end at the fault itself, and all upstream of it, stay bright.
      const source = edge.from.node;
      const downstream =
        told.diagnostics.length === 0 && (index.downstream.has(source) || index.faulty.has(source));
      // Its words name both ends.
      const names = [edge.from.node, edge.to.node].map((end) => ordinalIn(graph.nodes, end));
      return wires.get(
        id,
        [edge, type, selected, locale, downstream, told, valueKey, ...ends, ...names],
        () => wireOf(id, edge, { type, told, selected, downstream, valueKey }, using),
      );
    },
    body: (id) => (Object.hasOwn(graph.nodes, id) ? bodyOf(id) : undefined),
    place(id) {
      const { width, height } = (bodies.peek(id) ?? bodyOf(id)).layout;
      return { ...corner(id), width, height };
    },
  };
}

function cardOf(
  id: string,
  data: CardData,
  { x, y }: Point,
  selected: boolean,
  { document, registry, locale }: Ingredients,
): CardNode {
  const { width, height, inputs, outputs } = data.layout;
  return {
    id,
    type: 'card',
    position: { x, y },
    data,
    selected,
    ...(data.downstreamOf !== undefined && { className: 'tl-downstream' }),
    width,
    height,
    measured: { width, height },
    handles: [
      ...inputs.map((p) => handle(p, 0, 'target')),
      ...outputs.map((p) => handle(p, width, 'source')),
    ],
    get ariaLabel() {
      const title = spokenTitle(numbered(data.title, data.ordinal), data.node, registry, locale);
      const spoken = speakNode(title, data.checked, data.diagnostics, locale);
      return data.diagnostics.length === 0 ? spoken : asDrawn(document, { en: spoken, zh: spoken }, locale);
    },
    ariaRole: 'group',
  };
}

interface WireFacts {
  readonly type: ShownType | undefined;
  readonly told: WireDiagnostics;
  readonly selected: boolean;
  readonly downstream: boolean;
  readonly valueKey: string;
}

function wireOf(
  id: string,
  edge: GraphEdge,
  { type, told: { diagnostics, mismatched }, selected, downstream, valueKey }: WireFacts,
  { document, view, locale }: Ingredients,
): WireEdge {
  const lost = type === undefined && diagnostics.length > 0;
  const sorted = bySeverity(diagnostics);
  const name = (node: string, port: string) => `${titleIn(document, view.graph.nodes, node, locale)} ${port}`;
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
    ...((downstream || lost) && { className: downstream ? 'tl-downstream' : 'tl-lost' }),
    data: {
      type,
      diagnostics: sorted,
      severity: sorted[0]?.severity,
      mismatched,
      downstream,
      valueKey,
    },
    // Only wires in view are asked for their words.
    get ariaLabel() {
      const from = name(edge.from.node, edge.from.port);
      const to = name(edge.to.node, edge.to.port);
      return fill(strings.wire, { from, to, axes: speakType(type, locale) })[locale];
    },
  };
}

/** The nodes at both ends of a wire, if they are there. */
function endsOf({ nodes, edges }: GraphLevel, id: string): readonly [GraphNode, GraphNode] | undefined {
  const edge = Object.hasOwn(edges, id) ? edges[id] : undefined;
  const [from, to] = [edge?.from.node ?? '', edge?.to.node ?? ''];
  if (!Object.hasOwn(nodes, from) || !Object.hasOwn(nodes, to)) return undefined;
  return [nodes[from] as GraphNode, nodes[to] as GraphNode];
}

/** The old list where the new one says the same. */
export const same = <T>(old: readonly T[] | undefined, now: readonly T[]): readonly T[] =>
  old?.length === now.length && now.every((x, i) => x === old[i]) ? old : now;
