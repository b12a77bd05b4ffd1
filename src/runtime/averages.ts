/** Averages of weights in the place of the weights: what a model is evaluated with where an optimizer keeps them. */
import type { StateSpec } from '../compiler/types.ts';
import type { State } from './initialise.ts';

/**
 * The state that evaluations and predictions compute with; the same one where nothing stands in for anything. Of a
 * parameter, or one of its repeats, of which no step has been averaged yet, it is itself.
 */
export function evaluatedState(state: State, specs: readonly StateSpec[]): State {
  const averaged = specs.flatMap(({ name, of = '', standsIn }) => {
    const [own, average] = [state.get(of), state.get(name)];
    const counts = standsIn === undefined ? undefined : state.get(standsIn);
    if (!own || !average || !counts) return [];
    const values = Float64Array.from(own);
    const size = values.length / counts.length;
    for (let i = 0; i < values.length; i++)
      if ((counts[Math.floor(i / size)] as number) > 0) values[i] = average[i] as number;
    return [[of, values] as const];
  });
  return averaged.length === 0 ? state : new Map([...state, ...averaged]);
}
