/** A graph without training: what every port holds for the first values of the parameters. */
import type { Outcome } from '../base/diagnostic.ts';
import type { Compiled } from '../compiler/types.ts';
import type { Engine } from '../numeric/engine.ts';
import { loadData } from './data.ts';
import { diagnosticOf } from './engine-faults.ts';
import type { TensorValue } from './events.ts';
import { initialise } from './initialise.ts';
import { valuesOf } from './session.ts';
import { createSessions } from './sessions.ts';

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
  const seed = options.seed ?? compiled.run.seed;
  const { value: data = [], diagnostics } = await loadData(compiled.data);
  if (diagnostics.length > 0) return { diagnostics };
  const sessions = createSessions(compiled, engine, { data, seed }, options.memoryLimit);
  try {
    const forward = await sessions.open('forward');
    const ports = options.ports ?? Object.keys(compiled.forward.values);
    const values = await valuesOf(forward, initialise(compiled.state, seed), 0, ports);
    return { value: values, diagnostics: [] };
  } catch (error) {
    return { diagnostics: [diagnosticOf(error, compiled.forward.plan)] };
  } finally {
    sessions.dispose();
  }
}
