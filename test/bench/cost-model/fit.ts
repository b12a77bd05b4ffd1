/** Positive parameters of a model of times that span orders of magnitude. */

/** The factor of the first trial steps, and where the search ends. */
const coarsest = 8;
const finest = 1.0005;

/**
 * The parameters that minimise Σ |log(predicted / measured)|, which a few odd times do not pull away, by a
 * pattern search: each parameter in turn is multiplied or divided by a factor where that helps, and the
 * factor shrinks when nothing does.
 */
export function fitParameters<T>(
  observations: readonly { readonly given: T; readonly measured: number }[],
  start: readonly number[],
  predict: (given: T, parameters: readonly number[]) => number,
): number[] {
  const error = (parameters: readonly number[]) =>
    observations.reduce((sum, o) => sum + Math.abs(Math.log(predict(o.given, parameters) / o.measured)), 0);
  let parameters = [...start];
  let least = error(parameters);
  for (let factor = coarsest; factor > finest; ) {
    let better = false;
    for (const j of parameters.keys()) {
      for (const by of [factor, 1 / factor]) {
        const trial = parameters.map((value, i) => (i === j ? value * by : value));
        const found = error(trial);
        if (found >= least) continue;
        [parameters, least, better] = [trial, found, true];
      }
    }
    if (!better) factor = Math.sqrt(factor);
  }
  return parameters;
}
