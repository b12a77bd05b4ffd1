/**
 * To and from the graphs of ELK, the Eclipse Layout Kernel (https://eclipse.dev/elk): its layered layout, after
 * Sugiyama, Tagawa and Toda (1981), with ports where the cards have them.
 */
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { LayoutCard, LayoutGraph, LayoutPort } from './layout-graph.ts';

/** Which way wires run from card to card. */
export type LayoutDirection = 'right' | 'down';

/** Upper left corners, by node. Whole numbers. */
export type CardPlaces = Readonly<Record<string, { readonly x: number; readonly y: number }>>;

export interface ElkSettings {
  readonly direction: LayoutDirection;
  /** Width over height: a drawing that runs on is broken into rows, as lines of a text are. Left out: it is not. */
  readonly rows?: number;
}

/** Room in canvas units: around the label of a wire, between cards of a layer, between layers, between wires, beside a card. */
const air = { label: 16, cards: 36, layers: 18, wires: 16, beside: 32 };
const labelHeight = 19;

const options = ({ direction, rows }: ElkSettings): Record<string, string> => ({
  'elk.algorithm': 'layered',
  'elk.direction': direction === 'right' ? 'RIGHT' : 'DOWN',
  // Equal drawings lie equally: nothing is drawn by lot, and what could lie either way lies as it was written.
  'elk.randomSeed': '1',
  'elk.layered.considerModelOrder.strategy': 'PREFER_NODES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.spacing.nodeNode': String(air.cards),
  'elk.spacing.edgeNode': String(air.wires),
  'elk.spacing.edgeEdge': String(air.wires),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(air.layers),
  'elk.layered.spacing.edgeNodeBetweenLayers': String(air.wires),
  'elk.layered.spacing.edgeEdgeBetweenLayers': String(air.wires),
  'elk.spacing.componentComponent': String(2 * air.cards),
  ...(rows !== undefined && {
    'elk.layered.wrapping.strategy': 'MULTI_EDGE',
    'elk.layered.wrapping.additionalEdgeSpacing': String(air.cards),
    'elk.aspectRatio': String(rows),
  }),
});

const portId = (node: string, side: 'in' | 'out', port: string): string => JSON.stringify([node, side, port]);

interface Side {
  readonly side: 'WEST' | 'EAST' | 'NORTH' | 'SOUTH';
  readonly x: number;
  readonly y: number;
}

/** Where wires reach a card. From top to bottom they run around its sides: above and below it they are in its middle. */
function places({ width, height }: LayoutCard, direction: LayoutDirection) {
  const beside = width + 2 * air.beside;
  const across = (i: number, count: number) => ((i + 1) * beside) / (count + 1);
  return direction === 'right'
    ? {
        size: { width, height },
        input: ({ y }: LayoutPort): Side => ({ side: 'WEST', x: 0, y }),
        output: ({ y }: LayoutPort): Side => ({ side: 'EAST', x: width, y }),
      }
    : {
        size: { width: beside, height },
        input: (_: LayoutPort, i: number, { length }: readonly LayoutPort[]): Side => ({
          side: 'NORTH',
          x: across(i, length),
          y: 0,
        }),
        output: (_: LayoutPort, i: number, { length }: readonly LayoutPort[]): Side => ({
          side: 'SOUTH',
          x: across(i, length),
          y: height,
        }),
      };
}

/** The graph as ELK reads it. A wire to or from a port that is not there is left out. */
export function elkGraph({ cards, wires }: LayoutGraph, settings: ElkSettings): ElkNode {
  const children = cards.map((card) => {
    const { size, input, output } = places(card, settings.direction);
    const port = (name: string, direction: 'in' | 'out', { side, x, y }: Side) => ({
      id: portId(card.id, direction, name),
      x,
      y,
      width: 0,
      height: 0,
      layoutOptions: { 'elk.port.side': side },
    });
    return {
      id: JSON.stringify(card.id),
      ...size,
      layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
      ports: [
        ...card.inputs.map((place, i, all) => port(place.name, 'in', input(place, i, all))),
        ...card.outputs.map((place, i, all) => port(place.name, 'out', output(place, i, all))),
      ],
    };
  });
  const known = new Set(children.flatMap(({ ports }) => ports.map(({ id }) => id)));
  const edges = wires.flatMap(({ from, to, label, thickness }, i): ElkExtendedEdge[] => {
    const [source, target] = [portId(from.node, 'out', from.port), portId(to.node, 'in', to.port)];
    if (!known.has(source) || !known.has(target)) return [];
    const size = { width: label + air.label, height: labelHeight + thickness };
    return [
      {
        id: String(i),
        sources: [source],
        targets: [target],
        layoutOptions: { 'elk.edge.thickness': String(thickness) },
        ...(label > 0 && { labels: [{ id: `label ${i}`, text: '-', ...size }] }),
      },
    ];
  });
  return { id: 'level', layoutOptions: options(settings), children, edges };
}

/** Where ELK has put the cards; the corner of them all lies at 0, 0. */
export function placesOf({ children = [] }: ElkNode): CardPlaces {
  const left = Math.min(...children.map(({ x = 0 }) => x));
  const top = Math.min(...children.map(({ y = 0 }) => y));
  return Object.fromEntries(
    children.map(({ id, x = 0, y = 0 }) => [
      JSON.parse(id) as string,
      { x: Math.round(x - left), y: Math.round(y - top) },
    ]),
  );
}
