/** Tensors and layers that are networks of small tensors. */
import type { AnyNodeDefinition } from '../define.ts';
import { factoredLinear } from '../nodes/factored-linear.ts';
import { mpsClassifier } from '../nodes/mps-classifier.ts';
import { orthonormalParameter } from '../nodes/orthonormal-parameter.ts';
import { tensorNetwork } from '../nodes/tensor-network.ts';

export const networks: readonly AnyNodeDefinition[] = [
  tensorNetwork,
  factoredLinear,
  mpsClassifier,
  orthonormalParameter,
];
