/** Every node type of the product. To add one: write its file in nodes/, add it here. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { AnyNodeDefinition } from './define.ts';
import { accuracy } from './nodes/accuracy.ts';
import { activation } from './nodes/activation.ts';
import { adam } from './nodes/adam.ts';
import { add } from './nodes/add.ts';
import { attention } from './nodes/attention.ts';
import { averagePool } from './nodes/average-pool.ts';
import { concat } from './nodes/concat.ts';
import { contract } from './nodes/contract.ts';
import { conv1d } from './nodes/conv1d.ts';
import { conv2d } from './nodes/conv2d.ts';
import { crossEntropy } from './nodes/cross-entropy.ts';
import { dataset } from './nodes/dataset.ts';
import { delta } from './nodes/delta.ts';
import { directionalDerivative } from './nodes/directional-derivative.ts';
import { dropout } from './nodes/dropout.ts';
import { embedding } from './nodes/embedding.ts';
import { flatten } from './nodes/flatten.ts';
import { gradient } from './nodes/gradient.ts';
import { gradientFlow } from './nodes/gradient-flow.ts';
import { input } from './nodes/input.ts';
import { langevin } from './nodes/langevin.ts';
import { layerNorm } from './nodes/layer-norm.ts';
import { linear } from './nodes/linear.ts';
import { maxPool } from './nodes/max-pool.ts';
import { mse } from './nodes/mse.ts';
import { multiply } from './nodes/multiply.ts';
import { noise } from './nodes/noise.ts';
import { oneHot } from './nodes/one-hot.ts';
import { pad } from './nodes/pad.ts';
import { parameter } from './nodes/parameter.ts';
import { probe } from './nodes/probe.ts';
import { rearrange } from './nodes/rearrange.ts';
import { recurrent } from './nodes/recurrent.ts';
import { scale } from './nodes/scale.ts';
import { sgd } from './nodes/sgd.ts';
import { slice } from './nodes/slice.ts';
import { softmax } from './nodes/softmax.ts';
import { step } from './nodes/step.ts';
import { tensor } from './nodes/tensor.ts';
import { underdampedLangevin } from './nodes/underdamped-langevin.ts';
import { createRegistry, type Registry } from './registry.ts';

export const catalogue: readonly AnyNodeDefinition[] = [
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
  directionalDerivative,
  linear,
  embedding,
  conv1d,
  conv2d,
  maxPool,
  averagePool,
  recurrent,
  activation,
  softmax,
  layerNorm,
  attention,
  dropout,
  flatten,
  rearrange,
  mse,
  crossEntropy,
  sgd,
  adam,
  gradientFlow,
  langevin,
  underdampedLangevin,
  accuracy,
  probe,
];

type Own = Pick<GraphDocument, 'blocks' | 'data'>;

const registries = new WeakMap<Own['blocks'], { readonly data: Own['data']; readonly registry: Registry }>();

/** The node types of a document: the catalogue's and its own. Kept for as long as its blocks and data are the same. */
export function registryOf({ blocks, data }: Own): Registry {
  let known = registries.get(blocks);
  if (known?.data !== data || !known) {
    known = { data, registry: createRegistry(catalogue, blocks, data) };
    registries.set(blocks, known);
  }
  return known.registry;
}

export {
  type AnyNodeDefinition,
  type Category,
  categories,
  type NodeDefinition,
  type PortSpec,
} from './define.ts';
