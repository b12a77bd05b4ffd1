/** A potential as it is laid into the plane of a picture. */
import type { Mark, Plane } from '../model/picture-scene.ts';
import type { Tensor } from '../model/tensors.ts';

export interface LaidGround {
  readonly plane: Plane;
  ground(time: number): readonly Mark[];
  /** Places on the potential as points of the plane, coordinates along the last axis. */
  readonly lift: (tensor: Tensor) => Tensor;
}
