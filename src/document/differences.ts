/** How one version of a document computes something else than another: what people would say of it, in order. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Json } from '../base/edit.ts';
import { type Patch, patchesBetween } from '../base/patches.ts';

export type Difference =
  /** A parameter of a node; undefined where it takes its default. `block`: of a block's own drawing. */
  | {
      readonly kind: 'param';
      readonly block: string | undefined;
      readonly node: string;
      readonly param: string;
      readonly was: Json | undefined;
      readonly is: Json | undefined;
    }
  /** A size with a name: of the document, or of a block. */
  | {
      readonly kind: 'dim';
      readonly block: string | undefined;
      readonly name: string;
      readonly was: Json | undefined;
      readonly is: Json | undefined;
    }
  /** A setting of the run. */
  | {
      readonly kind: 'run';
      readonly name: string;
      readonly was: Json | undefined;
      readonly is: Json | undefined;
    }
  /** Nodes that are new and gone, and wires that lead elsewhere, over all drawings. */
  | {
      readonly kind: 'drawing';
      readonly added: number;
      readonly removed: number;
      readonly rewired: boolean;
    };

/** Parts of a drawing that say nothing of what is computed, and what searches have found. */
const aside: ReadonlySet<string> = new Set(['name', 'description', 'layout', 'lesson', 'plan']);

/** From `before` to `after`; nothing for what only looks different. */
export function differences(before: GraphDocument, after: GraphDocument): readonly Difference[] {
  if (before === after) return [];
  const changes = patchesBetween(before, after).flatMap(split).map(placed);
  const told = changes.flatMap(({ block, path, change }): readonly Difference[] => {
    const [part, name, inner, param] = path;
    if (name === undefined) return [];
    const values = { was: at(before, change.path), is: at(after, change.path) };
    if (part === 'dims' || part === 'numbers') return [{ kind: 'dim', block, name, ...values }];
    if (part === 'run') return [{ kind: 'run', name, ...values }];
    if (part === 'nodes' && inner === 'params' && param !== undefined) {
      const from = change.path.slice(0, change.path.length - path.length + 4);
      return [{ kind: 'param', block, node: name, param, was: at(before, from), is: at(after, from) }];
    }
    return [];
  });
  const nodes = changes.filter(({ path }) => path[0] === 'nodes' && path.length === 2);
  const removed = nodes.filter(({ change }) => change.gone).length;
  const added = nodes.filter(({ change }) => at(before, change.path) === undefined).length;
  const replaced = nodes.length - removed - added;
  const rewired = changes.some(({ path }) => path[0] === 'edges');
  const drawing: Difference = {
    kind: 'drawing',
    added: added + replaced,
    removed: removed + replaced,
    rewired,
  };
  const isRedrawn = nodes.length > 0 || rewired;
  return [...unique(told), ...(isRedrawn ? [drawing] : [])];
}

interface Change {
  readonly block: string | undefined;
  /** Within its drawing. */
  readonly path: readonly string[];
  readonly change: Patch;
}

function placed(change: Patch): Change {
  const [first, block, ...rest] = change.path;
  return first === 'blocks' && block !== undefined
    ? { block, path: rest, change }
    : { block: undefined, path: change.path, change };
}

const records: ReadonlySet<string> = new Set([
  'blocks',
  'nodes',
  'edges',
  'dims',
  'numbers',
  'run',
  'params',
]);

/** A record that came or went as a whole, as one change for each of its entries: blocks, parameters, sizes. */
function split(patch: Patch): readonly Patch[] {
  const { path, value } = patch;
  const [part = '', , own] = placed(patch).path;
  if (aside.has(part) || (part === 'nodes' && own === 'label')) return [];
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  const isWhole =
    path.length === 0 || (path.length === 2 && path[0] === 'blocks') || records.has(path.at(-1) ?? '');
  if (!isRecord || !isWhole) return [patch];
  return Object.entries(value).flatMap(([key, inner]) => split({ path: [...path, key], value: inner }));
}

function at(document: unknown, path: readonly string[]): Json | undefined {
  let value: unknown = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value as Json | undefined;
}

/** Of a parameter that is a record several parts may have changed. */
const unique = (found: readonly Difference[]): readonly Difference[] =>
  found.filter(
    (d, i) =>
      d.kind !== 'param' ||
      found.findIndex(
        (e) => e.kind === 'param' && e.block === d.block && e.node === d.node && e.param === d.param,
      ) === i,
  );
