/**
 * What a wire being drawn may be plugged into. Direction, own node and loops are decided at once for
 * every port; whether the sizes agree is found by checking the document with the wire in it, for one
 * port at a time, when somebody asks. Verdicts are kept, and there is a limit to how many are sought.
 */

import type { GraphEdge, GraphLevel } from '../../graph-schema/document.ts';
import { type Diagnostic, isError } from '../base/diagnostic.ts';
import type { Json, PortRef } from '../base/edit.ts';
import { freshId, idPrefix } from '../base/ids.ts';
import { portKey } from '../base/path.ts';
import { recordWith } from '../base/record.ts';
import { newEdgeId, setEdge } from '../document/mutate.ts';
import type { Insertion, Trial } from './editor-types.ts';
import type { LevelView } from './level-view.ts';
import { reachable } from './reachable.ts';

/** The end of a wire that is held: an output looks for inputs, an input for outputs. */
export interface WireEnd extends PortRef {
  readonly direction: 'output' | 'input';
}

export interface Verdict {
  readonly fits: boolean;
  /** The first thing that would be wrong. */
  readonly problem?: Diagnostic;
}

export interface Fits {
  /** Ports that may take the wire, whatever the sizes say; free ones first. */
  readonly candidates: readonly PortRef[];
  isCandidate(port: PortRef): boolean;
  /** The verdict if it has been sought already. */
  known(port: PortRef): Verdict | undefined;
  /** Whether the sizes agree; undefined for a port that is no candidate or beyond the limit. */
  verdict(port: PortRef): Verdict | undefined;
}

const trialLimit = 200;
const key = (port: PortRef): string => portKey(port.node, port.port);
/** By what is said and where; a wire that takes the place of another has another id, and no other fault. */
const identity = (d: Diagnostic): string =>
  [d.code, d.node, d.port, d.axis, d.param, d.message.en].join('\u0000');

/** What is not yet said is no misfit: other inputs, open sizes, parameters without a default. */
const unfinished: readonly Diagnostic['code'][] = [
  'missing-input',
  'size-open',
  'unknown-dim',
  'bad-param',
  'operand-count',
];

/** The drawing with one more wire, made without touching anything else. */
function withWire(graph: GraphLevel, from: PortRef, to: PortRef): GraphLevel {
  const wired = { ...graph, edges: recordWith(graph.edges) };
  setEdge(wired, newEdgeId(wired), from, to);
  return wired;
}

/** The first error that `after` has and `before` had not. */
export function newProblem(
  before: Pick<LevelView, 'diagnostics'>,
  after: Pick<LevelView, 'diagnostics'>,
): Diagnostic | undefined {
  const known = new Set(before.diagnostics.map(identity));
  return after.diagnostics.find((d) => isError(d) && !unfinished.includes(d.code) && !known.has(identity(d)));
}

export function fitsWith(trial: Trial, view: LevelView, end: WireEnd): Fits {
  const { graph } = view;
  const forward = end.direction === 'output';
  const loop = reachable(graph, end.node, forward ? 'upstream' : 'downstream');
  const taken = new Set(Object.values(graph.edges).map((edge) => key(edge.to)));

  const candidates: PortRef[] = [];
  for (const node of Object.keys(graph.nodes)) {
    const ports = loop.has(node) ? undefined : view.node(node);
    for (const { name } of (forward ? ports?.inputs : ports?.outputs) ?? [])
      candidates.push({ node, port: name });
  }
  if (forward) candidates.sort((a, b) => Number(taken.has(key(a))) - Number(taken.has(key(b))));

  const names = new Set(candidates.map(key));
  const verdicts = new Map<string, Verdict>();
  return {
    candidates,
    isCandidate: (port) => names.has(key(port)),
    known: (port) => verdicts.get(key(port)),
    verdict(port) {
      const known = verdicts.get(key(port));
      if (known || !names.has(key(port)) || verdicts.size >= trialLimit) return known;
      const problem = newProblem(
        view,
        trial(forward ? withWire(graph, end, port) : withWire(graph, port, end)),
      );
      const verdict = problem ? { fits: false, problem } : { fits: true };
      verdicts.set(key(port), verdict);
      return verdict;
    },
  };
}

/** A node that is yet to be made: its type, and the parameters that it begins with. */
export interface NewNode {
  /** The id that it gets, or, where that is taken, what its id begins with. */
  readonly node?: string;
  readonly nodeType: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Sizes that the document learns with it. */
  readonly symbols?: Readonly<Record<string, number>> | undefined;
}

/** The drawing with a new, unwired node, and that node's id. */
function withNode(
  graph: GraphLevel,
  { nodeType, params }: NewNode,
): { readonly wider: GraphLevel; readonly node: string } {
  const node = freshId(idPrefix(nodeType), (id) => Object.hasOwn(graph.nodes, id));
  const made = { type: nodeType, params: { ...(params as Record<string, Json>) } };
  return { wider: { ...graph, nodes: recordWith(graph.nodes, { [node]: made }) }, node };
}

/** The first port by which a new node takes a held wire; undefined where it does not fit. */
export function fittingPortWith(
  trial: Trial,
  view: LevelView,
  end: WireEnd,
  made: NewNode,
): string | undefined {
  const forward = end.direction === 'output';
  const { wider, node } = withNode(view.graph, made);
  const ports = trial(wider).node(node);
  return (forward ? ports?.inputs : ports?.outputs)?.find(({ name }) => {
    const other = { node, port: name };
    const wired = forward ? withWire(wider, end, other) : withWire(wider, other, end);
    return newProblem(view, trial(wired)) === undefined;
  })?.name;
}

/** The ports by which a new node goes into a wire; undefined where it does not. */
export function insertionWith(
  trial: Trial,
  view: LevelView,
  edge: string,
  made: NewNode,
): Insertion | undefined {
  const wire = view.graph.edges[edge];
  if (!wire) return undefined;
  const { wider, node } = withNode(view.graph, made);
  return between(trial, view, wider, wire, node);
}

/** The same for a node that is there and has no wires yet. */
export function insertionOfNodeWith(
  trial: Trial,
  view: LevelView,
  edge: string,
  node: string,
): Insertion | undefined {
  const { graph } = view;
  const wire = graph.edges[edge];
  const isWired = Object.values(graph.edges).some(({ from, to }) => from.node === node || to.node === node);
  return wire && !isWired ? between(trial, view, graph, wire, node) : undefined;
}

/** The first ports by which an unwired node goes between the ends of a wire without a new error. */
function between(
  trial: Trial,
  view: LevelView,
  graph: GraphLevel,
  wire: GraphEdge,
  node: string,
): Insertion | undefined {
  const ports = trial(graph).node(node);
  for (const { name: toPort } of ports?.inputs ?? []) {
    for (const { name: fromPort } of ports?.outputs ?? []) {
      const half = withWire(graph, wire.from, { node, port: toPort });
      const whole = withWire(half, { node, port: fromPort }, wire.to);
      if (newProblem(view, trial(whole)) === undefined) return { toPort, fromPort };
    }
  }
  return undefined;
}
