/** Which parameters a loss depends on, and its gradients by them. */
import type { Builder } from '../ir/builder.ts';
import { gradient, sources } from '../ir/gradient.ts';
import type { ValueId } from '../ir/program.ts';
import type { StateSpec } from './types.ts';

export type DeclaredState = StateSpec & { readonly value: ValueId };

export function trainedBy(ir: Builder, loss: ValueId, state: Iterable<DeclaredState>): DeclaredState[] {
  const needed = sources(ir.ops, loss);
  return [...state].filter(({ trainable, value }) => trainable && needed.has(value));
}

/** By the name of each parameter. */
export function gradientsBy(ir: Builder, loss: ValueId, state: Iterable<DeclaredState>): [string, ValueId][] {
  const parameters = trainedBy(ir, loss, state);
  const values = parameters.map(({ value }) => value);
  return gradient(ir, loss, values).map((slope, i) => [(parameters[i] as DeclaredState).name, slope]);
}
