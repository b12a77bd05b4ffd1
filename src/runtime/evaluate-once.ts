/** A graph without training: what every port holds for the first values of the parameters. */
import type { Outcome } from '../base/diagnostic.ts';
import type { Compiled } from '../compiler/types.ts';
import type { Engine } from '../numeric/engine.ts';
import type { TensorValue } from './events.ts';
import { inspect } from './inspect.ts';

export interface EvaluateOptions {
  readonly seed?: number;
  readonly memoryLimit?: number;
  /** `node.port`; all ports when left out. */
  readonly ports?: readonly string[];
}

/** Values by `node.port`. Data sets give the rows that the first training step would take. */
export async function evaluateOnce(
  compiled: Compiled,
  engine: Engine,
  options: EvaluateOptions = {},
): Promise<Outcome<Readonly<Record<string, TensorValue>>>> {
  const { value, diagnostics } = await inspect(compiled, engine, options);
  return { value: value?.values, diagnostics };
}
