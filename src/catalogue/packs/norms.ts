/** Node types that bring numbers to mean 0 and variance 1: over a batch, a group, an instance, a row. */
import type { AnyNodeDefinition } from '../define.ts';
import { batchNorm } from '../nodes/batch-norm.ts';
import { groupNorm } from '../nodes/group-norm.ts';
import { instanceNorm } from '../nodes/instance-norm.ts';
import { rmsNorm } from '../nodes/rms-norm.ts';

export const norms: readonly AnyNodeDefinition[] = [batchNorm, groupNorm, instanceNorm, rmsNorm];
