/**
 * Wires for an input that lacks one, the likeliest to be meant first: labels go to targets, scores and not data to
 * what is measured, a loss to an optimizer; what nothing reads yet goes before what is read; a sum takes what its
 * other operand was made from. Shapes only tell the likely from the unlikely here: whether a wire fits is tried.
 */
import type { PortRef } from '../../base/edit.ts';
import { portKey } from '../../base/path.ts';
import { fill, text } from '../../base/text.ts';
import type { Category, PortMeaning } from '../../catalogue/define.ts';
import { registryOf } from '../../catalogue/index.ts';
import { orderFrom } from '../check/order.ts';
import { nameOf } from '../check/resolve.ts';
import type { ShownType } from '../types.ts';
import { addEdge, newEdge } from './change-wires.ts';
import { edgeOf, type FixCandidate, type FixContext } from './fix-context.ts';

const title = text('Connect {from} to “{port}”', '把{from}连到“{port}”');

/** An output, and what is asked of it when it is weighed. */
interface Offer {
  readonly from: PortRef;
  readonly meaning: PortMeaning | undefined;
  readonly category: Category | undefined;
  readonly nodeType: string | undefined;
  readonly type: ShownType | undefined;
  /** Its node is one that training changes, and reads nothing. */
  readonly isParameter: boolean;
  /** Computed from something that training changes. */
  readonly isLearned: boolean;
  readonly isRead: boolean;
  /** Meanings of the inputs that it goes to now. */
  readonly goesTo: readonly (PortMeaning | undefined)[];
  /** Where it stands among all nodes, each behind what it reads: 0 … 1. */
  readonly place: number;
}

/** The input, and what is wired to its fellows. */
interface Vacancy {
  readonly meaning: PortMeaning | undefined;
  readonly nodeType: string | undefined;
  readonly fellows: readonly { readonly from: PortRef; readonly type: ShownType | undefined }[];
  /** What feeds the same input of nodes of this type that are read where this one is: of the key, where it is the query's. */
  readonly cousins: ReadonlySet<string>;
  /** It is what a derivative is taken by. */
  readonly isVariable: boolean;
  /** Everything that the fellows are computed from, the nearest first. */
  readonly aboveFellows: ReadonlySet<string>;
}

export function* feedInput(context: FixContext): Generator<FixCandidate> {
  const { document, diagnostic } = context;
  const { code, node, port } = diagnostic;
  if (code !== 'missing-input' || node === undefined || port === undefined) return;
  const to = { node, port };
  const vacancy = vacancyAt(context, to);
  const weighed = offersFor(context, to).map((offer) => ({ offer, weight: weigh(offer, vacancy) }));
  for (const { offer } of weighed.sort((a, b) => b.weight - a.weight)) {
    const { from } = offer;
    const name = nameOf(document, from.node);
    const shown = fill(title, {
      from: text(`${name.en}.${from.port}`, `${name.zh}.${from.port}`),
      port: to.port,
    });
    yield { kind: 'connect', edits: [addEdge(newEdge(context), from, to)], title: () => shown };
  }
}

function vacancyAt(context: FixContext, to: PortRef): Vacancy {
  const { checked, graph } = context;
  const meaning = meaningOf(context, to, 'inputs');
  const fellows = [...context.wiresInto(to.node)].flatMap(([port, edge]) => {
    const from = edgeOf(context, edge)?.from;
    return from ? [{ from, type: checked.nodes[to.node]?.inputTypes[port] }] : [];
  });
  const aboveFellows = walk(
    fellows.map(({ from }) => from.node),
    (node) => sourcesOf(context, node),
  );
  const drawn = graph.nodes[to.node];
  const definition = drawn && registryOf(context.document).of(drawn);
  const variables = [definition?.differentiates?.by ?? definition?.evaluates?.by ?? []].flat();
  const isVariable = variables.includes(to.port);
  const cousins = new Set(cousinsOf(context, to).map(({ node, port }) => portKey(node, port)));
  return { meaning, nodeType: drawn?.type, isVariable, cousins, fellows, aboveFellows };
}

function cousinsOf(context: FixContext, to: PortRef): PortRef[] {
  const { graph } = context;
  const readers = Object.values(graph.edges).flatMap((wire) =>
    wire.from.node === to.node ? [wire.to.node] : [],
  );
  const read = new Set(readers.flatMap((reader) => sourcesOf(context, reader)));
  return [...read].flatMap((node) => {
    const isAlike = node !== to.node && graph.nodes[node]?.type === graph.nodes[to.node]?.type;
    const edge = isAlike ? context.wiresInto(node).get(to.port) : undefined;
    const from = edge === undefined ? undefined : edgeOf(context, edge)?.from;
    return from ? [from] : [];
  });
}

/** Every output from which a wire would close no loop. */
function offersFor(context: FixContext, to: PortRef): Offer[] {
  const { document, graph, checked } = context;
  const wires = Object.values(graph.edges);
  const readers = new Map<string, string[]>();
  for (const { from, to: end } of wires) {
    const list = readers.get(from.node);
    if (list) list.push(end.node);
    else readers.set(from.node, [end.node]);
  }
  const below = walk([to.node], (node) => readers.get(node) ?? []);
  const goesTo = new Map<string, (PortMeaning | undefined)[]>();
  for (const { from, to: end } of wires) {
    const key = portKey(from.node, from.port);
    goesTo.set(key, [...(goesTo.get(key) ?? []), meaningOf(context, end, 'inputs')]);
  }
  const registry = registryOf(document);
  const definitionOf = (node: string) => {
    const drawn = graph.nodes[node];
    return drawn && registry.of(drawn);
  };
  const learning = Object.keys(graph.nodes).filter((node) => {
    const definition = definitionOf(node);
    const read = definition?.params.safeParse(graph.nodes[node]?.params);
    return read?.success === true && definition?.learns?.(read.data, []) === true;
  });
  const learned = walk(learning, (node) => readers.get(node) ?? []);
  const { order } = orderFrom(Object.keys(graph.nodes), (node) => readers.get(node) ?? []);
  return order.flatMap((node, place) => {
    if (below.has(node)) return [];
    const definition = definitionOf(node);
    return (checked.nodes[node]?.outputs ?? []).map(({ name: port, meaning }): Offer => {
      const ends = goesTo.get(portKey(node, port)) ?? [];
      return {
        from: { node, port },
        meaning,
        category: definition?.category,
        nodeType: graph.nodes[node]?.type,
        type: checked.nodes[node]?.outputTypes[port],
        isParameter: learning.includes(node) && context.wiresInto(node).size === 0,
        isLearned: learned.has(node),
        isRead: ends.length > 0,
        goesTo: ends,
        place: place / order.length,
      };
    });
  });
}

const isLossOrMetric = ({ meaning }: Offer): boolean => meaning === 'loss' || meaning === 'metric';

/** How likely it is that an output is meant. Only the order of the numbers says anything. */
function weigh(offer: Offer, vacancy: Vacancy): number {
  switch (vacancy.meaning) {
    case 'labels':
      return asLabels(offer, vacancy);
    case 'scores':
      return asScores(offer, vacancy);
    case 'loss':
      return asLoss(offer);
    default:
      return asQuantities(offer, vacancy);
  }
}

const is = (yes: boolean): number => (yes ? 1 : 0);
const isFellow = ({ from }: Offer, { fellows }: Vacancy): boolean =>
  fellows.some((fellow) => fellow.from.node === from.node && fellow.from.port === from.port);

/** A label is given with the data, and the prediction does not know it. */
function asLabels(offer: Offer, vacancy: Vacancy): number {
  const rows = vacancy.fellows[0]?.type?.axes ?? [];
  const own = offer.type?.axes ?? [];
  const isForRows = sameAxes(own, rows) || sameAxes(own, rows.slice(0, -1));
  return (
    100 * is(offer.meaning === 'labels') -
    200 * is(isLossOrMetric(offer)) -
    60 * is(offer.isLearned) -
    300 * is(isFellow(offer, vacancy)) +
    50 * is(offer.goesTo.includes('labels')) -
    40 * is(offer.meaning === 'features') +
    20 * is(offer.category === 'data' && vacancy.aboveFellows.has(offer.from.node)) +
    10 * is(isForRows)
  );
}

/** Scores are what the model gives in the end. */
function asScores(offer: Offer, vacancy: Vacancy): number {
  const labels = vacancy.fellows[0]?.type?.axes ?? [];
  const own = offer.type?.axes ?? [];
  const isForRows = sameAxes(own, labels) || sameAxes(own.slice(0, -1), labels);
  return (
    60 * is(offer.isLearned) -
    200 * is(isLossOrMetric(offer)) -
    100 * is(offer.meaning === 'labels') -
    40 * is(offer.meaning === 'features') -
    300 * is(isFellow(offer, vacancy)) +
    50 * is(offer.goesTo.includes('scores')) +
    40 * is(!offer.isRead) +
    20 * is(isForRows) +
    20 * offer.place
  );
}

function asLoss(offer: Offer): number {
  return (
    100 * is(offer.meaning === 'loss') -
    50 * is(offer.meaning === 'metric') -
    100 * is(offer.type === undefined || offer.type.axes.length > 0) +
    30 * is(!offer.isRead) +
    20 * offer.place
  );
}

/** What nothing reads yet; of operands, what has the shape of the other, and what a branch began with. */
function asQuantities(offer: Offer, vacancy: Vacancy): number {
  const { fellows, nodeType } = vacancy;
  const shared = new Set(fellows.map(({ from }) => portKey(from.node, from.port)));
  const isShared = fellows.length > 1 && shared.size === 1 && isFellow(offer, vacancy);
  const hasShape = fellows.some(({ type }) => type && offer.type && sameAxes(type.axes, offer.type.axes));
  const isAbove = vacancy.aboveFellows.has(offer.from.node) && !isFellow(offer, vacancy);
  const distance = Math.max(0, [...vacancy.aboveFellows].indexOf(offer.from.node));
  return (
    -200 * is(isLossOrMetric(offer)) -
    80 * is(offer.meaning === 'labels') +
    60 * is(!offer.isRead) +
    40 * is(vacancy.cousins.has(portKey(offer.from.node, offer.from.port))) +
    // A derivative is taken by what it depends on, most often by a parameter.
    40 * is(vacancy.isVariable && isAbove) * (offer.isParameter ? 3 : 1) +
    60 * is(isShared) -
    50 * is(isFellow(offer, vacancy) && !isShared) +
    30 * is(hasShape) +
    // A branch begins where the one before it has ended, and the first of all at the beginning.
    25 * is(hasShape && isAbove && offer.nodeType === nodeType) +
    10 * is(hasShape && isAbove) * (offer.nodeType === nodeType ? 1 / (1 + distance) : 1 - offer.place) +
    offer.place
  );
}

const sameAxes = (a: ShownType['axes'], b: ShownType['axes']): boolean =>
  a.length === b.length && a.every(({ written }, d) => written === b[d]?.written);

const meaningOf = ({ checked }: FixContext, at: PortRef, side: 'inputs' | 'outputs') =>
  checked.nodes[at.node]?.[side].find(({ name }) => name === at.port)?.meaning;

const sourcesOf = (context: FixContext, node: string): string[] =>
  [...context.wiresInto(node).values()].flatMap((edge) => edgeOf(context, edge)?.from.node ?? []);

/** All that can be reached, the starts included, the nearest first. */
function walk(starts: readonly string[], next: (node: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set(starts);
  for (const node of found) for (const other of next(node)) found.add(other);
  return found;
}
