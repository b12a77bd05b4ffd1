/** The precision that a run computes in. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Dtype } from '../ir/plan.ts';
import type { EngineName } from '../numeric/engine.ts';

/** What an engine computes in where nobody says otherwise. */
export const dtypeOf: Readonly<Record<EngineName, Dtype>> = { wasm: 'float32', reference: 'float64' };

/** What was asked for, else what a run has begun with, else what the document says. */
export const chooseDtype = (
  engine: EngineName,
  document: Pick<GraphDocument, 'run'>,
  asked?: Dtype,
  begun?: Dtype,
): Dtype => asked ?? begun ?? document.run?.dtype ?? dtypeOf[engine];
