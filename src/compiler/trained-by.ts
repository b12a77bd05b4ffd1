/** Which parameters a gradient of a loss reaches, and its gradients by them. */

import type { Builder } from '../ir/builder.ts';
import { gradient } from '../ir/gradient.ts';
import { differentiableArgs } from '../ir/ops/index.ts';
import type { Op, ScanOp, ValueId } from '../ir/program.ts';
import { argumentsOfInputs } from '../ir/scan-parts.ts';
import type { StateSpec } from './types.ts';

/** `tags`: by what an optimizer may find it. */
export type DeclaredState = StateSpec & { readonly value: ValueId; readonly tags?: readonly string[] };

/** Values by which y has a derivative. Of a scan only what the results that are read depend on. */
function reached(ops: readonly Op[], ys: readonly ValueId[]): Set<ValueId> {
  const found = new Set(ys);
  const read = new Map<ValueId, number[]>();
  for (let value = Math.max(...ys); value >= 0; value--) {
    if (!found.has(value)) continue;
    const op = ops[value] as Op;
    if (op.kind === 'result') read.set(op.arg, [...(read.get(op.arg) ?? []), op.index]);
    const args =
      op.kind === 'scan'
        ? argumentsNeeded(op, read.get(value) ?? []).map((k) => op.args[k] as ValueId)
        : differentiableArgs(op);
    for (const arg of args) found.add(arg);
  }
  return found;
}

/** Positions of the arguments of a scan that some of its results depend on: through the carries, in any iteration. */
function argumentsNeeded(op: ScanOp, results: readonly number[]): number[] {
  const positions = argumentsOfInputs(op);
  const wanted = new Set(results);
  let args: number[] = [];
  for (let before = -1; before < wanted.size; ) {
    before = wanted.size;
    const values = [...wanted].map((index) => op.body.outputs[index]?.value as ValueId);
    args =
      values.length === 0 ? [] : [...reached(op.body.ops, values)].flatMap((id) => positions.get(id) ?? []);
    for (const k of args) if (k < op.carries) wanted.add(k);
  }
  return args;
}

export function trainedBy(ir: Builder, loss: ValueId, state: Iterable<DeclaredState>): DeclaredState[] {
  const found = reached(ir.ops, [loss]);
  return [...state].filter(({ trainable, value }) => trainable && found.has(value));
}

/** By the name of each parameter. */
export function gradientsBy(ir: Builder, loss: ValueId, state: Iterable<DeclaredState>): [string, ValueId][] {
  const parameters = trainedBy(ir, loss, state);
  const values = parameters.map(({ value }) => value);
  return gradient(ir, loss, values).map((found, i) => [(parameters[i] as DeclaredState).name, found]);
}
