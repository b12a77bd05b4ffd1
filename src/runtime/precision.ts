/** The precision that each engine computes in. */
import type { Dtype } from '../ir/plan.ts';
import type { EngineName } from '../numeric/engine.ts';

export const dtypeOf: Readonly<Record<EngineName, Dtype>> = { wasm: 'float32', reference: 'float64' };
