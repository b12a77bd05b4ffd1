/**
 * What each command does to the document. A recipe changes a draft in place and returns the selection
 * it leaves behind, if it sets one; one that finds nothing to do leaves the draft alone.
 */

import type { DataRecord, GraphDocument, GraphLevel } from '../../graph-schema/document.ts';
import type { Json, PortRef } from '../base/edit.ts';
import { freshId, idPrefix } from '../base/ids.ts';
import { newLabels } from '../catalogue/new-labels.ts';
import type { Registry } from '../catalogue/registry.ts';
import { applyEdits } from '../document/apply-edits.ts';
import { group } from '../document/blocks/group.ts';
import { renamePort } from '../document/blocks/rename-port.ts';
import { ungroup } from '../document/blocks/ungroup.ts';
import { entry, type OpenLevel, usesOf } from '../document/levels.ts';
import { newEdgeId, removeNode, setDim, setEdge } from '../document/mutate.ts';
import { clipOf, copyOffset, insertClip, readClip } from './clipboard.ts';
import { withChosen } from './document-paths.ts';
import type { Change, Command, Point, Selection, Trial } from './editor-types.ts';
import type { LevelView } from './level-view.ts';
import { markNode } from './mark-node.ts';
import { giveOwnLabels, labelsOf } from './own-labels.ts';
import {
  type CardSizes,
  freeSpot,
  placeAdded,
  spotForInstance,
  spotOnWire,
  typicalSizes,
} from './placement.ts';

/** What a command is about: a draft of the document, and the level of it that is shown. */
export interface ChangeContext {
  readonly document: GraphDocument;
  readonly level: OpenLevel;
  /** The checker: it alone knows the ports of a node. */
  readonly trial: Trial;
  readonly registry: Registry;
  /** How large the cards of the level are, as a trial has seen it. */
  measure(view: LevelView): CardSizes;
}

type Of<T extends Command['type']> = Extract<Command, { readonly type: T }>;
type Recipe<T extends Command['type']> = (target: ChangeContext, command: Of<T>) => Selection | undefined;

const addNode: Recipe<'addNode'> = ({ document, level: { graph }, trial, registry, measure }, command) => {
  for (const [name, size] of Object.entries(command.symbols ?? {}))
    if (!Object.hasOwn(graph.dims, name) && !Object.hasOwn(document.dims, name)) setDim(document, name, size);
  for (const [name, record] of Object.entries(command.data ?? {})) putData(document, name, record);
  const id = command.node ?? idPrefix(command.nodeType);
  const isTaken = (name: string) => Object.hasOwn(graph.nodes, name);
  const node = command.node !== undefined && !isTaken(id) ? id : freshId(idPrefix(id), isTaken);
  const series = registry.find(command.nodeType)?.labels;
  graph.nodes[node] = {
    type: command.nodeType,
    params: { ...(command.params as Record<string, Json>) },
    ...(series && { label: newLabels(labelsOf(graph))(series) }),
  };
  const wires = command.connect;
  const cut = wires?.edge === undefined ? undefined : entry(graph.edges, wires.edge);
  const ends = cut && { from: { ...cut.from }, to: { ...cut.to } };
  let seen = trial(graph);
  if (wires) {
    const from = ends?.from ?? wires.from;
    const to = ends?.to ?? wires.to;
    const ports = seen.node(node);
    const toPort = wires.toPort ?? ports?.inputs[0]?.name;
    const fromPort = wires.fromPort ?? ports?.outputs[0]?.name;
    const tie = (a: PortRef | undefined, b: PortRef | undefined) =>
      a && b && setEdge(graph, newEdgeId(graph), a, b);
    // The wire that is cut goes last, so that neither half takes its id.
    tie(from, toPort === undefined ? undefined : { node, port: toPort });
    tie(fromPort === undefined ? undefined : { node, port: fromPort }, to);
    if (wires.edge !== undefined) delete graph.edges[wires.edge];
    // What a card says of its wires makes it wider.
    seen = trial(graph);
  }
  const ground = { graph, sizes: measure(seen) };
  const size = ground.sizes(node);
  const { at, hold } = command;
  const corner = { x: at.x - (hold?.x ?? 0) * size.width, y: at.y - (hold?.y ?? 0) * size.height };
  const spot = ends ? spotOnWire(ground, ends, size, hold && { at }) : freeSpot(ground, size, corner);
  graph.layout.nodes[node] = { ...spot };
  return { nodes: [node], edges: [] };
};

/** Another object, so that what follows from the data is found out anew. */
function putData(document: GraphDocument, id: string, record: DataRecord): void {
  document.data = Object.assign(Object.create(null) as object, document.data, { [id]: record });
}

const setData: Recipe<'setData'> = ({ document }, { id, record }) => {
  putData(document, id, record);
  return undefined;
};

const connect: Recipe<'connect'> = ({ level: { graph } }, { from, to }) => {
  const there = Object.values(graph.edges).some(
    (e) =>
      e.from.node === from.node &&
      e.from.port === from.port &&
      e.to.node === to.node &&
      e.to.port === to.port,
  );
  if (!there) setEdge(graph, newEdgeId(graph), from, to);
  return undefined;
};

const reconnect: Recipe<'reconnect'> = ({ level: { graph } }, { edge, from, to }) => {
  if (!Object.hasOwn(graph.edges, edge)) return undefined;
  delete graph.edges[edge];
  setEdge(graph, edge, from, to);
  return undefined;
};

const insert: Recipe<'insert'> = ({ level: { graph }, trial, measure }, command) => {
  const { node, edge, toPort, fromPort } = command;
  const wire = entry(graph.edges, edge);
  if (!wire || !Object.hasOwn(graph.nodes, node)) return undefined;
  const ends = { from: { ...wire.from }, to: { ...wire.to } };
  delete graph.edges[edge];
  setEdge(graph, edge, ends.from, { node, port: toPort });
  setEdge(graph, newEdgeId(graph), { node, port: fromPort }, ends.to);
  const place = graph.layout.nodes[node];
  if (!place) return undefined;
  const ground = { graph, sizes: measure(trial(graph)) };
  const size = ground.sizes(node);
  const at = { x: place.x + size.width / 2, y: place.y + size.height / 2 };
  graph.layout.nodes[node] = { ...place, ...spotOnWire(ground, ends, size, { at, self: node }) };
  return undefined;
};

const remove: Recipe<'delete'> = ({ level: { graph } }, { selection }) => {
  for (const edge of selection.edges) delete graph.edges[edge];
  for (const node of selection.nodes) if (Object.hasOwn(graph.nodes, node)) removeNode(graph, node);
  return undefined;
};

const move: Recipe<'move'> = ({ level: { graph } }, { positions }) => {
  for (const [node, { x, y }] of Object.entries(positions)) {
    if (!Object.hasOwn(graph.nodes, node)) continue;
    graph.layout.nodes[node] ??= { x: 0, y: 0 };
    Object.assign(graph.layout.nodes[node], { x: Math.round(x), y: Math.round(y) });
  }
  return undefined;
};

const setParam: Recipe<'setParam'> = ({ level: { graph } }, { node, key, value }) => {
  const params = entry(graph.nodes, node)?.params;
  if (!params) return undefined;
  if (value === undefined) delete params[key];
  else params[key] = value as Json;
  return undefined;
};

const setLabel: Recipe<'setLabel'> = ({ level: { graph } }, { node, label }) => {
  const target = entry(graph.nodes, node);
  if (!target) return undefined;
  if (label === '') delete target.label;
  else target.label = label.slice(0, 200);
  return undefined;
};

const mark: Recipe<'mark'> = ({ level: { graph } }, { node, ...marks }) => {
  const target = entry(graph.nodes, node);
  if (target) markNode(target, marks);
  return undefined;
};

const setLevelDim: Recipe<'setDim'> = ({ level: { graph } }, { name, size }) => {
  if (size === undefined) delete graph.dims[name];
  else setDim(graph, name, size);
  return undefined;
};

/** A run's settings that are set to undefined go back to what the program chooses. */
const setRun: Recipe<'setRun'> = ({ document }, { run }) => {
  const settings: Record<string, unknown> = { ...document.run, ...run };
  for (const key of Object.keys(settings)) if (settings[key] === undefined) delete settings[key];
  document.run = settings;
  return undefined;
};

const describe: Recipe<'describe'> = ({ document }, { description }) => {
  if (description === '') delete document.description;
  else document.description = description.slice(0, 20_000);
  return undefined;
};

const setLesson: Recipe<'setLesson'> = ({ document }, { lesson }) => {
  if (lesson === undefined) delete document.lesson;
  else document.lesson = lesson;
  return undefined;
};

const lowerLeft = (graph: GraphLevel): Point => {
  const places = Object.values(graph.layout.nodes);
  return places.length === 0
    ? { x: 0, y: 0 }
    : { x: Math.min(...places.map((p) => p.x)), y: Math.max(...places.map((p) => p.y)) + 4 * copyOffset };
};

const paste: Recipe<'paste'> = ({ document, level, registry }, { text, at }) => {
  const clip = readClip(text).value;
  if (!clip || Object.keys(clip.nodes).length === 0) return undefined;
  const there = labelsOf(level.graph);
  const pasted = insertClip(document, level, clip, at ?? lowerLeft(level.graph));
  giveOwnLabels(level.graph, pasted, there, registry);
  return pasted;
};

const duplicate: Recipe<'duplicate'> = ({ document, level, registry }, { selection }) => {
  const clip = clipOf(document, level.graph, selection);
  const places = Object.values(clip.layout.nodes);
  if (places.length === 0) return undefined;
  const at = { x: Math.min(...places.map((p) => p.x)), y: Math.min(...places.map((p) => p.y)) };
  const there = labelsOf(level.graph);
  const copies = insertClip(document, level, copyOf(clip), { x: at.x + copyOffset, y: at.y + copyOffset });
  giveOwnLabels(level.graph, copies, there, registry);
  return copies;
};

/** Copies share nothing with their original: a draft must not be put into itself. */
const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const place: Recipe<'place'> = ({ level: { graph } }, { placements }) => {
  for (const [node, placement] of Object.entries(placements)) {
    if (Object.hasOwn(graph.nodes, node)) graph.layout.nodes[node] = { ...placement };
  }
  return undefined;
};

const choosePath: Recipe<'choosePath'> = ({ document }, { network, path }) => {
  const { plan } = withChosen(document, network, path);
  if (plan) document.plan = plan;
  else delete document.plan;
  return undefined;
};

/** The place of the leftmost of these nodes that is fed from outside, or of the leftmost. */
function entryOf({ edges, layout }: GraphLevel, nodes: readonly string[]): Point | undefined {
  const chosen = new Set(nodes);
  const fed = new Set(
    Object.values(edges).flatMap(({ from, to }) =>
      chosen.has(to.node) && !chosen.has(from.node) ? [to.node] : [],
    ),
  );
  const among = fed.size > 0 ? nodes.filter((id) => fed.has(id)) : nodes;
  const places = among.flatMap((id) => layout.nodes[id] ?? []);
  // Of two rows the upper is read first.
  const [first] = places.sort((p, q) => p.y - q.y || p.x - q.x);
  return first && { x: first.x, y: first.y };
}

const groupNodes: Recipe<'group'> = ({ document, level, registry, trial, measure }, { selection, name }) => {
  const { graph } = level;
  const entry = entryOf(graph, selection.nodes);
  const sizes = measure(trial(graph));
  const instance = group(document, level, selection.nodes, registry, name);
  if (instance === undefined) return undefined;
  // Of the instance nothing is known yet: its block is as new as it is.
  const ground = { graph, sizes: (id: string) => (id === instance ? typicalSizes(id) : sizes(id)) };
  if (entry) graph.layout.nodes[instance] = { ...spotForInstance(ground, instance, entry) };
  return { nodes: [instance], edges: [] };
};

const ungroupNode: Recipe<'ungroup'> = ({ document, level, registry }, { node }) => {
  const nodes = ungroup(document, level, node, registry);
  return nodes && { nodes, edges: [] };
};

const renameBlockPort: Recipe<'renamePort'> = ({ document, level }, { node, name }) =>
  renamePort(document, level, node, name) ? { nodes: [name], edges: [] } : undefined;

const renameBlock: Recipe<'renameBlock'> = ({ document }, { block, name }) => {
  const target = entry(document.blocks, block);
  if (!target) return undefined;
  if (name === '') delete target.name;
  else target.name = name.slice(0, 200);
  return undefined;
};

const describeBlock: Recipe<'describeBlock'> = ({ document }, { block, description }) => {
  const target = entry(document.blocks, block);
  if (!target) return undefined;
  if (description === '') delete target.description;
  else target.description = description.slice(0, 20_000);
  return undefined;
};

const setBlockNumber: Recipe<'setBlockNumber'> = ({ document }, { block, name, number }) => {
  const numbers = entry(document.blocks, block)?.numbers;
  if (!numbers) return undefined;
  if (number === undefined) delete numbers[name];
  else numbers[name] = number;
  return undefined;
};

const deleteBlock: Recipe<'deleteBlock'> = ({ document }, { block }) => {
  if (usesOf(document, block) === 0) delete document.blocks[block];
  return undefined;
};

const applyFix: Recipe<'edits'> = ({ document, level, trial, measure }, { edits }) => {
  const added = applyEdits(document, edits);
  if (added.length === 0) return undefined;
  const sizes = added.some(({ graph }) => graph === level.graph) ? measure(trial(level.graph)) : typicalSizes;
  placeAdded(added, (graph) => ({ graph, sizes: graph === level.graph ? sizes : typicalSizes }));
  return undefined;
};

const rename: Recipe<'rename'> = ({ document }, { name }) => {
  document.name = name.slice(0, 200);
  return undefined;
};

const restore: Recipe<'restore'> = ({ document }, { document: version }) => {
  const { name } = document;
  for (const key of Object.keys(document)) if (!Object.hasOwn(version, key)) delete document[key];
  Object.assign(document, version, { name });
  return undefined;
};

const recipes: { readonly [T in Change['type']]: Recipe<T> } = {
  edits: applyFix,
  addNode,
  connect,
  reconnect,
  insert,
  delete: remove,
  move,
  setParam,
  setLabel,
  mark,
  setData,
  setDim: setLevelDim,
  setRun,
  rename,
  restore,
  describe,
  setLesson,
  paste,
  duplicate,
  place,
  choosePath,
  group: groupNodes,
  ungroup: ungroupNode,
  renamePort: renameBlockPort,
  renameBlock,
  describeBlock,
  setBlockNumber,
  deleteBlock,
};

export const change = (target: ChangeContext, command: Change): Selection | undefined =>
  (recipes[command.type] as Recipe<typeof command.type>)(target, command as never);

/** Commands in a row with one gesture are one step of the history; `undefined` never merges. */
export function gestureOf(command: Change): string | undefined {
  switch (command.type) {
    case 'move':
      return `move ${Object.keys(command.positions).sort().join(' ')}`;
    case 'setParam':
      return `setParam ${command.node} ${command.key}`;
    case 'setLabel':
      return `setLabel ${command.node}`;
    case 'mark':
      return command.tags && `mark ${command.node}`;
    case 'setDim':
      return command.size === undefined ? undefined : `setDim ${command.name}`;
    case 'setRun':
      return `setRun ${Object.keys(command.run).sort().join(' ')}`;
    case 'setLesson':
      return command.field === undefined ? undefined : `setLesson ${command.field}`;
    case 'renameBlock':
    case 'describeBlock':
      return `${command.type} ${command.block}`;
    case 'setBlockNumber':
      return command.number === undefined ? undefined : `setBlockNumber ${command.block} ${command.name}`;
    case 'rename':
    case 'restore':
    case 'describe':
      return command.type;
    default:
      return undefined;
  }
}
