/**
 * What a wire being drawn may be plugged into. Direction, own node and loops are decided at once for
 * every port; whether the sizes agree is found by checking the document with the wire in it, for one
 * port at a time, when somebody asks. Verdicts are kept, and there is a limit to how many are sought.
 */

import type { GraphDocument, GraphEdge } from '../../graph-schema/document.ts';
import { type Diagnostic, isError } from '../base/diagnostic.ts';
import type { PortRef } from '../base/edit.ts';
import { freshId, idPrefix } from '../base/ids.ts';
import { portKey } from '../base/path.ts';
import { setEdge } from '../compiler/fixes/apply-edits.ts';
import type { Checked } from '../compiler/types.ts';
import { reachable } from './reachable.ts';
import type { Check } from './types.ts';

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
  'bad-param',
  'operand-count',
];

/** The document with one more wire, made without touching anything else. */
function withWire(document: GraphDocument, from: PortRef, to: PortRef): GraphDocument {
  const trial = { ...document, edges: { ...document.edges } };
  setEdge(
    trial,
    freshId('e', (id) => Object.hasOwn(trial.edges, id)),
    from,
    to,
  );
  return trial;
}

/** The first error that `after` has and `before` had not. */
export function newProblem(before: Checked, after: Checked): Diagnostic | undefined {
  const known = new Set(before.diagnostics.map(identity));
  return after.diagnostics.find((d) => isError(d) && !unfinished.includes(d.code) && !known.has(identity(d)));
}

export function fitsWith(check: Check, checked: Checked, document: GraphDocument, end: WireEnd): Fits {
  const forward = end.direction === 'output';
  const loop = reachable(document, end.node, forward ? 'upstream' : 'downstream');
  const taken = new Set(Object.values(document.edges).map((edge) => key(edge.to)));

  const candidates: PortRef[] = [];
  for (const node of Object.keys(document.nodes)) {
    const ports = checked.nodes[node];
    if (!ports || loop.has(node)) continue;
    for (const { name } of forward ? ports.inputs : ports.outputs) candidates.push({ node, port: name });
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
      const trial = forward ? withWire(document, end, port) : withWire(document, port, end);
      const problem = newProblem(checked, check(trial));
      const verdict = problem ? { fits: false, problem } : { fits: true };
      verdicts.set(key(port), verdict);
      return verdict;
    },
  };
}

/** The document with a new, unwired node of this type, and that node's id. */
function withNode(
  document: GraphDocument,
  type: string,
): { readonly trial: GraphDocument; readonly node: string } {
  const node = freshId(idPrefix(type), (id) => Object.hasOwn(document.nodes, id));
  return { trial: { ...document, nodes: { ...document.nodes, [node]: { type, params: {} } } }, node };
}

/** Of these node types, those that a held wire fits, each with the first port that takes it. */
export function fittingTypesWith(
  check: Check,
  checked: Checked,
  document: GraphDocument,
  end: WireEnd,
  types: readonly string[],
): readonly { readonly type: string; readonly port: string }[] {
  const forward = end.direction === 'output';
  return types.flatMap((type) => {
    const { trial, node } = withNode(document, type);
    const ports = check(trial).nodes[node];
    const port = (forward ? ports?.inputs : ports?.outputs)?.find(({ name }) => {
      const other = { node, port: name };
      const wired = forward ? withWire(trial, end, other) : withWire(trial, other, end);
      return newProblem(checked, check(wired)) === undefined;
    });
    return port ? [{ type, port: port.name }] : [];
  });
}

/** By which input and which output a node lies in a wire. */
export interface Insertion {
  readonly toPort: string;
  readonly fromPort: string;
}

/** The ports by which a node of this type goes into a wire; undefined where it does not. */
export function insertionWith(
  check: Check,
  checked: Checked,
  document: GraphDocument,
  edge: string,
  type: string,
): Insertion | undefined {
  const wire = document.edges[edge];
  if (!wire) return undefined;
  const { trial, node } = withNode(document, type);
  return between(check, checked, trial, wire, node);
}

/** The same for a node that is there and has no wires yet. */
export function insertionOfNodeWith(
  check: Check,
  checked: Checked,
  document: GraphDocument,
  edge: string,
  node: string,
): Insertion | undefined {
  const wire = document.edges[edge];
  const isWired = Object.values(document.edges).some(
    ({ from, to }) => from.node === node || to.node === node,
  );
  return wire && !isWired ? between(check, checked, document, wire, node) : undefined;
}

/** The first ports by which an unwired node goes between the ends of a wire without a new error. */
function between(
  check: Check,
  checked: Checked,
  trial: GraphDocument,
  wire: GraphEdge,
  node: string,
): Insertion | undefined {
  const ports = check(trial).nodes[node];
  for (const { name: toPort } of ports?.inputs ?? []) {
    for (const { name: fromPort } of ports?.outputs ?? []) {
      const half = withWire(trial, wire.from, { node, port: toPort });
      const whole = withWire(half, { node, port: fromPort }, wire.to);
      if (newProblem(checked, check(whole)) === undefined) return { toPort, fromPort };
    }
  }
  return undefined;
}
