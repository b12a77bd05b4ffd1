/** What a random document wires to convolutions, pooling and norms, and with which parameters: see sound-nodes.ts. */
import { type Chooser, type Output, ofRank, type Params } from './sound-chooser.ts';

/** One number for both axes, or a pair. */
const perAxis = (grower: Chooser, least: number): number | number[] =>
  grower.chance(70) ? least + grower.below(3) : [least + grower.below(3), least + grower.below(3)];

export function imageInputs(
  grower: Chooser,
  type: string,
  outputs: readonly Output[],
): Readonly<Record<string, Output>> | undefined {
  switch (type) {
    case 'conv1d':
    case 'conv2d':
    case 'transposed-conv1d':
    case 'transposed-conv2d': {
      const weight = grower.chance(15) && ofRank(grower, outputs, type.endsWith('1d') ? [3] : [4]);
      return {
        x: ofRank(grower, outputs, type.endsWith('1d') ? [2, 3] : [3, 4]),
        ...(weight && { weight }),
      };
    }
    case 'max-pool':
    case 'average-pool':
    case 'adaptive-pool':
    case 'upsample':
      return { x: ofRank(grower, outputs, [1, 2, 3, 4]) };
    case 'batch-norm':
    case 'group-norm':
      return { x: ofRank(grower, outputs, [2, 3, 4]) };
    case 'instance-norm':
      return { x: ofRank(grower, outputs, [3, 4]) };
    default:
      return undefined;
  }
}

/** `name`: that of an axis of what is wired. */
export function imageParams(grower: Chooser, type: string, name: string): Params | undefined {
  const few = grower.chance(50);
  switch (type) {
    case 'conv1d':
    case 'conv2d':
      return {
        channels: grower.size(),
        kernel: type === 'conv1d' ? 1 + grower.below(3) : perAxis(grower, 1),
        stride: 1 + grower.below(2),
        padding: grower.pick([0, 1, 'valid', 'same']),
        dilation: 1 + grower.below(2),
        groups: grower.pick([1, 1, 2, 'depthwise']),
        bias: few,
      };
    case 'transposed-conv1d':
    case 'transposed-conv2d':
      return {
        channels: grower.size(),
        kernel: type === 'transposed-conv1d' ? 1 + grower.below(3) : perAxis(grower, 1),
        stride: 1 + grower.below(2),
        padding: grower.below(2),
        outputPadding: grower.below(2),
        groups: grower.pick([1, 1, 2, 'depthwise']),
        bias: few,
      };
    case 'max-pool':
    case 'average-pool':
      return {
        kernel: perAxis(grower, 1),
        ...(few && { stride: perAxis(grower, 1) }),
        padding: grower.below(2),
        ceil: grower.chance(30),
        rank: grower.pick([1, 2, 2]),
      };
    case 'adaptive-pool':
      return {
        size: perAxis(grower, 1),
        take: grower.pick(['average', 'max']),
        rank: grower.pick([1, 2, 2]),
      };
    case 'upsample':
      return {
        factor: perAxis(grower, 1),
        mode: grower.pick(['nearest', 'linear']),
        alignCorners: few,
        rank: grower.pick([1, 2, 2]),
      };
    case 'batch-norm':
      return {
        ...(grower.chance(30) && { channel: name }),
        momentum: grower.pick([0, 0.1, 1]),
        learned: few,
      };
    case 'group-norm':
      return { groups: 1 + grower.below(2), ...(grower.chance(30) && { channel: name }), learned: few };
    case 'instance-norm':
      return { learned: few };
    default:
      return undefined;
  }
}
