/**
 * The node types of the product: the common ones, which are always there, and those of packs, which the page
 * fetches when a document has nodes of them (packs.ts). To add one: write its file in nodes/, add it to a pack.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { type DataSet, datasets, installDataSets } from '../datasets/index.ts';
import type { AnyNodeDefinition } from './define.ts';
import { activation } from './nodes/activation.ts';
import { add } from './nodes/add.ts';
import { concat } from './nodes/concat.ts';
import { contract } from './nodes/contract.ts';
import { dataset, defineDataset } from './nodes/dataset.ts';
import { delta } from './nodes/delta.ts';
import { dropout } from './nodes/dropout.ts';
import { flatten } from './nodes/flatten.ts';
import { gradient } from './nodes/gradient.ts';
import { input } from './nodes/input.ts';
import { layerNorm } from './nodes/layer-norm.ts';
import { linear } from './nodes/linear.ts';
import { mse } from './nodes/mse.ts';
import { multiply } from './nodes/multiply.ts';
import { noise } from './nodes/noise.ts';
import { oneHot } from './nodes/one-hot.ts';
import { pad } from './nodes/pad.ts';
import { parameter } from './nodes/parameter.ts';
import { probe } from './nodes/probe.ts';
import { rearrange } from './nodes/rearrange.ts';
import { scale } from './nodes/scale.ts';
import { sgd } from './nodes/sgd.ts';
import { slice } from './nodes/slice.ts';
import { softmax } from './nodes/softmax.ts';
import { step } from './nodes/step.ts';
import { tensor } from './nodes/tensor.ts';
import { createRegistry, type Registry } from './registry.ts';

let common: readonly AnyNodeDefinition[] = [
  tensor,
  parameter,
  delta,
  noise,
  step,
  dataset,
  input,
  contract,
  add,
  multiply,
  scale,
  slice,
  pad,
  concat,
  oneHot,
  gradient,
  linear,
  activation,
  softmax,
  layerNorm,
  dropout,
  flatten,
  rearrange,
  mse,
  sgd,
  probe,
];

const packs = new Map<string, readonly AnyNodeDefinition[]>();
const listeners = new Set<() => void>();

/** All node types that are there now. */
export let catalogue: readonly AnyNodeDefinition[] = common;

/** Adds the node types and data sets of a pack; in which order packs come changes nothing. */
export function install(
  pack: string,
  types: readonly AnyNodeDefinition[],
  sets: readonly DataSet[] = [],
): void {
  if (packs.has(pack)) return;
  packs.set(pack, types);
  if (sets.length > 0) {
    installDataSets(sets);
    common = common.map((d) =>
      d.type === dataset.type ? (defineDataset(datasets) as AnyNodeDefinition) : d,
    );
  }
  const inOrder = [...packs].sort(([a], [b]) => (a < b ? -1 : 1));
  catalogue = [...common, ...inOrder.flatMap(([, added]) => added)];
  for (const listener of listeners) listener();
}

export const isInstalled = (pack: string): boolean => packs.has(pack);

/** Calls when node types have come; gives back how to end it. */
export function onInstalled(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

type Own = Pick<GraphDocument, 'blocks' | 'data'>;

interface Known {
  readonly data: Own['data'];
  readonly types: readonly AnyNodeDefinition[];
  readonly registry: Registry;
}
const registries = new WeakMap<Own['blocks'], Known>();

/** The node types of a document: the catalogue's and its own. Kept for as long as these are the same. */
export function registryOf({ blocks, data }: Own): Registry {
  let known = registries.get(blocks);
  if (known?.data !== data || known?.types !== catalogue) {
    known = { data, types: catalogue, registry: createRegistry(catalogue, blocks, data) };
    registries.set(blocks, known);
  }
  return known.registry;
}

export {
  type AnyNodeDefinition,
  type Category,
  categories,
  type NodeDefinition,
  type PictureKind,
  type PortSpec,
} from './define.ts';
