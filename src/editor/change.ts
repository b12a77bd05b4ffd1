/**
 * What each command does to the document. A recipe changes a draft in place and returns the selection
 * it leaves behind, if it sets one; one that finds nothing to do leaves the draft alone.
 */
import type { GraphDocument, GraphNode } from '../../graph-schema/document.ts';
import type { Json, PortRef } from '../base/edit.ts';
import { freshId, idPrefix } from '../base/ids.ts';
import { applyEdits, removeNode, setDim, setEdge } from '../compiler/fixes/apply-edits.ts';
import { clipOf, insertClip, readClip } from './clipboard.ts';
import { withChosen } from './orders.ts';
import { freeSpot, spotNear, spotOnWire } from './placement.ts';
import type { Change, Check, Command, Point, Selection } from './types.ts';

type Of<T extends Command['type']> = Extract<Command, { readonly type: T }>;
type Recipe<T extends Command['type']> = (
  document: GraphDocument,
  command: Of<T>,
  /** The checker: it alone knows the ports of a node. */
  check: Check,
) => Selection | undefined;

/** A copy lies this far from its original. */
const copyOffset = 32;

const newEdgeId = (document: GraphDocument): string =>
  freshId('e', (id) => Object.hasOwn(document.edges, id));

/** A name such as `constructor` stands on every object; only what the document itself holds is a node. */
const nodeOf = (document: GraphDocument, id: string): GraphNode | undefined =>
  Object.hasOwn(document.nodes, id) ? document.nodes[id] : undefined;

const addNode: Recipe<'addNode'> = (document, command, check) => {
  const id = command.node ?? idPrefix(command.nodeType);
  const isTaken = (name: string) => Object.hasOwn(document.nodes, name);
  const node = command.node !== undefined && !isTaken(id) ? id : freshId(idPrefix(id), isTaken);
  document.nodes[node] = { type: command.nodeType, params: { ...(command.params as Record<string, Json>) } };
  const cut = command.connect?.edge === undefined ? undefined : document.edges[command.connect.edge];
  document.layout.nodes[node] = { ...(cut ? spotOnWire(document, cut) : freeSpot(document, command.at)) };

  const wires = command.connect;
  if (wires) {
    const from = cut?.from ?? wires.from;
    const to = cut?.to ?? wires.to;
    const ports = check(document).nodes[node];
    const toPort = wires.toPort ?? ports?.inputs[0]?.name;
    const fromPort = wires.fromPort ?? ports?.outputs[0]?.name;
    const tie = (a: PortRef | undefined, b: PortRef | undefined) =>
      a && b && setEdge(document, newEdgeId(document), a, b);
    // The wire that is cut goes last, so that neither half takes its id.
    tie(from, toPort === undefined ? undefined : { node, port: toPort });
    tie(fromPort === undefined ? undefined : { node, port: fromPort }, to);
    if (wires.edge !== undefined) delete document.edges[wires.edge];
  }
  return { nodes: [node], edges: [] };
};

const connect: Recipe<'connect'> = (document, { from, to }) => {
  const there = Object.values(document.edges).some(
    (e) =>
      e.from.node === from.node &&
      e.from.port === from.port &&
      e.to.node === to.node &&
      e.to.port === to.port,
  );
  if (!there) setEdge(document, newEdgeId(document), from, to);
};

const remove: Recipe<'delete'> = (document, { selection }) => {
  for (const edge of selection.edges) delete document.edges[edge];
  for (const node of selection.nodes) if (Object.hasOwn(document.nodes, node)) removeNode(document, node);
};

const move: Recipe<'move'> = (document, { positions }) => {
  for (const [node, { x, y }] of Object.entries(positions)) {
    if (!Object.hasOwn(document.nodes, node)) continue;
    document.layout.nodes[node] ??= { x: 0, y: 0 };
    Object.assign(document.layout.nodes[node], { x: Math.round(x), y: Math.round(y) });
  }
};

const setParam: Recipe<'setParam'> = (document, { node, key, value }) => {
  const params = nodeOf(document, node)?.params;
  if (!params) return;
  if (value === undefined) delete params[key];
  else params[key] = value as Json;
};

const setLabel: Recipe<'setLabel'> = (document, { node, label }) => {
  const target = nodeOf(document, node);
  if (!target) return;
  if (label === '') delete target.label;
  else target.label = label.slice(0, 200);
};

/** A run's settings that are set to undefined go back to what the program chooses. */
const setRun: Recipe<'setRun'> = (document, { run }) => {
  const settings: Record<string, unknown> = { ...document.run, ...run };
  for (const key of Object.keys(settings)) if (settings[key] === undefined) delete settings[key];
  document.run = settings;
};

const describe: Recipe<'describe'> = (document, { description }) => {
  if (description === '') delete document.description;
  else document.description = description.slice(0, 20_000);
};

const lowerLeft = (document: GraphDocument): Point => {
  const places = Object.values(document.layout.nodes);
  return places.length === 0
    ? { x: 0, y: 0 }
    : { x: Math.min(...places.map((p) => p.x)), y: Math.max(...places.map((p) => p.y)) + 4 * copyOffset };
};

const paste: Recipe<'paste'> = (document, { text, at }) => {
  const clip = readClip(text).value;
  if (!clip || Object.keys(clip.nodes).length === 0) return undefined;
  return insertClip(document, clip, at ?? lowerLeft(document));
};

const duplicate: Recipe<'duplicate'> = (document, { selection }) => {
  const clip = clipOf(document, selection);
  const places = Object.values(clip.layout.nodes);
  if (places.length === 0) return undefined;
  const at = { x: Math.min(...places.map((p) => p.x)), y: Math.min(...places.map((p) => p.y)) };
  return insertClip(document, copyOf(clip), { x: at.x + copyOffset, y: at.y + copyOffset });
};

/** Copies share nothing with their original: a draft must not be put into itself. */
const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const place: Recipe<'place'> = (document, { placements }) => {
  for (const [node, placement] of Object.entries(placements)) {
    if (Object.hasOwn(document.nodes, node)) document.layout.nodes[node] = { ...placement };
  }
};

const chooseOrder: Recipe<'chooseOrder'> = (document, { network, order }) => {
  const { plan } = withChosen(document, network, order);
  if (plan) document.plan = plan;
  else delete document.plan;
};

export function change(document: GraphDocument, command: Change, check: Check): Selection | undefined {
  switch (command.type) {
    case 'edits':
      applyEdits(document, command.edits, spotNear);
      return undefined;
    case 'addNode':
      return addNode(document, command, check);
    case 'connect':
      return connect(document, command, check);
    case 'delete':
      return remove(document, command, check);
    case 'move':
      return move(document, command, check);
    case 'setParam':
      return setParam(document, command, check);
    case 'setLabel':
      return setLabel(document, command, check);
    case 'setDim':
      if (command.size === undefined) delete document.dims[command.name];
      else setDim(document, command.name, command.size);
      return undefined;
    case 'setRun':
      return setRun(document, command, check);
    case 'rename':
      document.name = command.name.slice(0, 200);
      return undefined;
    case 'describe':
      return describe(document, command, check);
    case 'paste':
      return paste(document, command, check);
    case 'duplicate':
      return duplicate(document, command, check);
    case 'place':
      return place(document, command, check);
    case 'chooseOrder':
      return chooseOrder(document, command, check);
  }
}

/** Commands in a row with one gesture are one step of the history; `undefined` never merges. */
export function gestureOf(command: Change): string | undefined {
  switch (command.type) {
    case 'move':
      return `move ${Object.keys(command.positions).sort().join(' ')}`;
    case 'setParam':
      return `setParam ${command.node} ${command.key}`;
    case 'setLabel':
      return `setLabel ${command.node}`;
    case 'setDim':
      return command.size === undefined ? undefined : `setDim ${command.name}`;
    case 'setRun':
      return `setRun ${Object.keys(command.run).sort().join(' ')}`;
    case 'rename':
    case 'describe':
      return command.type;
    default:
      return undefined;
  }
}
