/** Averages of weights in the place of the weights: what a model is evaluated with where an optimizer keeps them. */
import type { StateSpec } from '../compiler/types.ts';
import type { State } from './initialise.ts';

/** The state that evaluations compute with; the same one where nothing stands in for anything. */
export function evaluatedState(state: State, specs: readonly StateSpec[]): State {
  const averages = specs.filter(({ standsIn }) => standsIn);
  if (averages.length === 0) return state;
  const others = averages.flatMap(({ name, of }) => {
    const values = state.get(name);
    return of === undefined || !values ? [] : [[of, values] as const];
  });
  return new Map([...state, ...others]);
}
