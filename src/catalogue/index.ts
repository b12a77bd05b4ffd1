/** Every node type of the product. To add one: write its file in nodes/, add it here. */
import type { NodeDefinition } from './define.ts';
import { accuracy } from './nodes/accuracy.ts';
import { activation } from './nodes/activation.ts';
import { adam } from './nodes/adam.ts';
import { add } from './nodes/add.ts';
import { contract } from './nodes/contract.ts';
import { crossEntropy } from './nodes/cross-entropy.ts';
import { dataset } from './nodes/dataset.ts';
import { delta } from './nodes/delta.ts';
import { directionalDerivative } from './nodes/directional-derivative.ts';
import { dropout } from './nodes/dropout.ts';
import { flatten } from './nodes/flatten.ts';
import { gradient } from './nodes/gradient.ts';
import { input } from './nodes/input.ts';
import { linear } from './nodes/linear.ts';
import { mse } from './nodes/mse.ts';
import { multiply } from './nodes/multiply.ts';
import { noise } from './nodes/noise.ts';
import { parameter } from './nodes/parameter.ts';
import { probe } from './nodes/probe.ts';
import { rearrange } from './nodes/rearrange.ts';
import { recurrent } from './nodes/recurrent.ts';
import { scale } from './nodes/scale.ts';
import { sgd } from './nodes/sgd.ts';
import { softmax } from './nodes/softmax.ts';
import { tensor } from './nodes/tensor.ts';

/** A definition whose parameters are checked before use: shared code holds them without knowing their type. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are opaque here and parsed by their own schema.
export type AnyNodeDefinition = NodeDefinition<any>;

export const catalogue: readonly AnyNodeDefinition[] = [
  tensor,
  parameter,
  delta,
  noise,
  dataset,
  input,
  contract,
  add,
  multiply,
  scale,
  gradient,
  directionalDerivative,
  linear,
  recurrent,
  activation,
  softmax,
  dropout,
  flatten,
  rearrange,
  mse,
  crossEntropy,
  sgd,
  adam,
  accuracy,
  probe,
];

const byType = new Map(catalogue.map((definition) => [definition.type, definition]));

export const findNodeType = (type: string): AnyNodeDefinition | undefined => byType.get(type);

export { type Category, categories, type NodeDefinition, type PortSpec } from './define.ts';
