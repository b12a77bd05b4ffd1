/**
 * What the canvas shows, derived from the editor's state one card and one wire at a time, as they are
 * asked for: of a large graph only a small part is in view. A card or wire whose ingredients are the
 * same objects as last time is the same object as last time: React Flow and React then leave it alone.
 */

import { type Edge, type Node, Position } from 'reactflow';
import type { GraphDocument, GraphNode } from '../../../../graph-schema/document.ts';
import type { Severity } from '../../../base/codes.ts';
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { portKey } from '../../../base/path.ts';
import { fill, type Locale } from '../../../base/text.ts';
import { type Category, findNodeType } from '../../../catalogue/index.ts';
import type { CheckedNode, ShownType } from '../../../compiler/types.ts';
import type { EditorState, Point, PreviewMark } from '../../../editor/index.ts';
import type { Rect } from '../geometry/rect.ts';
import { strings } from '../strings.ts';
import { Cache } from './cache.ts';
import { type CardLayout, layoutCard, type PortPlace } from './card-layout.ts';
import {
  bySeverity,
  type DiagnosticsIndex,
  indexDiagnostics,
  type WireDiagnostics,
} from './diagnostics-index.ts';
import { fallbackPlaces } from './fallback-places.ts';
import { type Drawing, drawingOf, spokenTitle, titleOf } from './node-look.ts';
import { speakNode, speakType } from './spoken.ts';
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
  /** The faulty node that this one is downstream of, by its title. */
  readonly downstreamOf: string | undefined;
  /** Names of the threads at fault on any wire of this card. */
  readonly mismatched: readonly string[];
  /** Under which of these names (`node.port`) the value to show may be found; the first that has one. */
  readonly valueKeys: readonly string[];
}

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

/** A function from editor states to view models that remembers what it has made. */
export function createViewModel(): (state: EditorState, locale: Locale) => ViewModel {
  const cards = new Cache<CardNode>();
  const bodies = new Cache<CardData>();
  const wires = new Cache<WireEdge>();
  const wirings = new Cache<Wiring>();
  const indexes = new Cache<DiagnosticsIndex>();
  const places = new Cache<ReturnType<typeof fallbackPlaces>>();
  const wired = new Cache<readonly string[]>();
  const arrangements = new Cache<object>();

  function compose(state: EditorState, locale: Locale, before: ViewModel | undefined): ViewModel {
    const { document, checked, selection } = state;
    const wiring = wirings.get('', [document.edges], () => wiringOf(document.edges, wirings.peek('')));
    const index = indexes.get('', [checked, document.edges], () =>
      indexDiagnostics(checked, document.edges, indexes.peek('')),
    );
    const selectedNodes = new Set(selection.nodes);
    const selectedEdges = new Set(selection.edges);
    const cardIds = same(before?.cards, Object.keys(document.nodes));
    const wireIds = wired.get('', [document.edges, cardIds], () =>
      Object.keys(document.edges).filter((id) => endsOf(document, id)),
    );
    const model: ViewModel = {
      state,
      cards: cardIds,
      wires: wireIds,
      arrangement: arrangements.get('', [document.layout.nodes, cardIds, wireIds], () => ({})),
      card,
      wire,
      body: (id) => (Object.hasOwn(document.nodes, id) ? bodyOf(id) : undefined),
      place(id) {
        const { width, height } = (bodies.peek(id) ?? bodyOf(id)).layout;
        return { ...corner(id), width, height };
      },
    };
    if (cardIds !== before?.cards) for (const cache of [cards, bodies]) cache.retain(new Set(cardIds));
    if (wireIds !== before?.wires) wires.retain(new Set(wireIds));
    return model;

    function corner(id: string): Point {
      const told = document.layout.nodes[id];
      if (told) return told;
      const { nodes, edges } = document;
      const made = places.get('', [checked, nodes, edges], () => fallbackPlaces(document, checked));
      return made.get(id) ?? { x: 0, y: 0 };
    }

    function bodyOf(id: string): CardData {
      const node = document.nodes[id] as GraphNode;
      const known = checked.nodes[id] ?? unchecked;
      const diagnostics = index.nodes.get(id) ?? empty;
      const wires = wiring.get(id) ?? noWires;
      const mismatched = index.mismatched.get(id) ?? empty;
      const cause = document.nodes[index.downstream.get(id) ?? ''];
      const downstreamOf = cause && titleOf(cause, locale);
      return bodies.get(id, [node, known, locale, diagnostics, mismatched, wires, downstreamOf], () => {
        const checked = withWiredPorts(known, wires);
        const definition = findNodeType(node.type);
        const drawing = drawingOf(definition);
        const title = titleOf(node, locale);
        const category = definition?.category;
        const formula = formulaOf(checked, drawing);
        const sorted = bySeverity(diagnostics);
        return {
          node,
          checked,
          title,
          formula,
          category,
          drawing,
          mismatched,
          missing: diagnostics.flatMap((d) =>
            d.code === 'missing-input' && d.port !== undefined ? [d.port] : [],
          ),
          downstreamOf,
          unfinished: diagnostics.every((d) => d.code === 'missing-input'),
          glyph: definition?.glyph ?? '?',
          layout: layoutCard({ title, formula, category, drawing, checked }),
          severity: sorted[0]?.severity,
          diagnostics: sorted,
          valueKeys: [
            ...checked.outputs.map((port) => portKey(id, port.name)),
            ...checked.inputs.map((port) => portKey(id, port.name)),
            ...wires.sources,
          ],
        };
      });
    }

    function card(id: string): CardNode | undefined {
      if (!Object.hasOwn(document.nodes, id)) return undefined;
      const data = bodyOf(id);
      const { x, y } = corner(id);
      const selected = selectedNodes.has(id);
      return cards.get(id, [data, x, y, selected], () => {
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
          ariaLabel: speakNode(spokenTitle(data.node, locale), data.checked, data.diagnostics, locale),
          ariaRole: 'group',
        };
      });
    }

    function wire(id: string): WireEdge | undefined {
      const edge = document.edges[id];
      const ends = endsOf(document, id);
      if (!edge || !ends) return undefined;
      const type = checked.edges[id];
      const told = index.edges.get(id) ?? noWireDiagnostics;
      const { diagnostics, mismatched } = told;
      const selected = selectedEdges.has(id);
      // Wires that end at the fault itself, and all upstream of it, stay bright.
      const source = edge.from.node;
      const downstream =
        diagnostics.length === 0 && (index.downstream.has(source) || index.faulty.has(source));
      const lost = type === undefined && diagnostics.length > 0;
      return wires.get(id, [edge, type, selected, locale, downstream, told, ...ends], () => {
        const sorted = bySeverity(diagnostics);
        const name = (node: GraphNode, port: string) => `${titleOf(node, locale)} ${port}`;
        return {
          id,
          type: 'wire',
          source,
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
            valueKey: portKey(source, edge.from.port),
          },
          // Only wires in view are asked for their words.
          get ariaLabel() {
            const [from, to] = [name(ends[0], edge.from.port), name(ends[1], edge.to.port)];
            return fill(strings.wire, { from, to, axes: speakType(type, locale) })[locale];
          },
        };
      });
    }
  }

  let last: { readonly asked: readonly unknown[]; readonly model: ViewModel } | undefined;
  return (state, locale) => {
    const asked = [state.document, state.checked, state.selection, locale];
    if (!last?.asked.every((x, i) => x === asked[i]))
      last = { asked, model: compose(state, locale, last?.model) };
    return last.model;
  };
}

/** The nodes at both ends of a wire, if they are there. */
function endsOf({ nodes, edges }: GraphDocument, id: string): readonly [GraphNode, GraphNode] | undefined {
  const edge = Object.hasOwn(edges, id) ? edges[id] : undefined;
  const [from, to] = [edge?.from.node ?? '', edge?.to.node ?? ''];
  if (!Object.hasOwn(nodes, from) || !Object.hasOwn(nodes, to)) return undefined;
  return [nodes[from] as GraphNode, nodes[to] as GraphNode];
}

/** The old list where the new one says the same. */
export const same = <T>(old: readonly T[] | undefined, now: readonly T[]): readonly T[] =>
  old?.length === now.length && now.every((x, i) => x === old[i]) ? old : now;
