/** Whether the goal of a lesson's step is reached. */
import { dimSize, type GraphDocument } from '../../../graph-schema/document.ts';
import type { Goal } from '../../../graph-schema/lesson.ts';
import { escapeId, portKey } from '../../base/path.ts';
import { registryOf } from '../../catalogue/index.ts';
import { drawings, nodeAt } from '../levels.ts';
import type { CheckedDocument, MeasuredState } from './lesson-state.ts';
import { measuredFigure } from './measured-figure.ts';

/** What is not known, or not there, meets no goal. */
export function met(goal: Goal, at: CheckedDocument, measured: MeasuredState): boolean {
  const { document, checked } = at;
  switch (goal.kind) {
    case 'param':
      return isWithin(goal, paramAt(document, goal.node, goal.param));
    case 'dim': {
      const dim = Object.hasOwn(document.dims, goal.name) ? document.dims[goal.name] : undefined;
      return isWithin(goal, dim && dimSize(dim));
    }
    case 'wire':
      return hasWire(document, goal) === goal.present;
    case 'node':
      return isWithin(hasBounds(goal) ? goal : { atLeast: 1 }, countOf(document, goal.type));
    case 'ran':
      return measured.steps >= (goal.steps ?? 1);
    case 'check':
      return measured.checks.some(({ node, met: isMet }) => node === goal.node && isMet === goal.met);
    case 'figure':
      return isWithin(goal, measuredFigure(goal.figure, at, measured));
    case 'problem': {
      const found = checked.diagnostics.some(({ code, severity }) =>
        goal.code === undefined ? severity === 'error' : code === goal.code,
      );
      return found === goal.present;
    }
    case 'guessed':
      return measured.guessed;
    case 'all':
      return goal.of.every((part) => met(part, at, measured));
    case 'any':
      return goal.of.some((part) => met(part, at, measured));
  }
}

interface Bounds {
  readonly equals?: unknown;
  readonly not?: unknown;
  readonly atLeast?: number | undefined;
  readonly atMost?: number | undefined;
}

const hasBounds = ({ equals, not, atLeast, atMost }: Bounds): boolean =>
  [equals, not, atLeast, atMost].some((bound) => bound !== undefined);

function isWithin({ equals, not, atLeast, atMost }: Bounds, value: unknown): boolean {
  if (value === undefined) return false;
  if (equals !== undefined && !isSame(value, equals)) return false;
  if (not !== undefined && isSame(value, not)) return false;
  if (atLeast === undefined && atMost === undefined) return true;
  return (
    typeof value === 'number' &&
    value >= (atLeast ?? Number.NEGATIVE_INFINITY) &&
    value <= (atMost ?? Number.POSITIVE_INFINITY)
  );
}

/** Of values of JSON; records are the same whatever the order of their keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => Object.hasOwn(right, key) && isSame(value, right[key]))
  );
}

/** As it is written, or as it is when nothing is written; `axes.0.size` leads into records and lists. */
function paramAt(document: GraphDocument, path: string, param: string): unknown {
  const node = nodeAt(document, path);
  if (!node) return undefined;
  const keys = param.split('.');
  const read = registryOf(document).of(node)?.params.safeParse(node.params);
  return inside(node.params, keys) ?? (read?.success ? inside(read.data, keys) : undefined);
}

const inside = (value: unknown, [key, ...rest]: readonly string[]): unknown => {
  if (key === undefined) return value;
  const isRecord = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isRecord ? inside((value as Record<string, unknown>)[key], rest) : undefined;
};

function hasWire({ edges }: GraphDocument, { from, to }: Extract<Goal, { kind: 'wire' }>): boolean {
  const key = (end: { readonly node: string; readonly port: string }) =>
    portKey(escapeId(end.node), end.port);
  return Object.values(edges).some(
    (edge) => key(edge.to) === to && (from === undefined || key(edge.from) === from),
  );
}

/** In the document and in its blocks, each once. */
const countOf = (document: GraphDocument, type: string): number =>
  drawings(document)
    .flatMap(({ nodes }) => Object.values(nodes))
    .filter((node) => node.type === type).length;
