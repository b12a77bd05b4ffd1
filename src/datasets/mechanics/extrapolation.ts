/**
 * Solutions of r″ = a(r) to nearly all digits: Störmer's rule with ever more substeps, extrapolated to step 0
 * (E. Hairer, S. P. Nørsett and G. Wanner, "Solving Ordinary Differential Equations I", II.9 and II.14). The
 * error of the rule is a series in the squared substep, so eight columns are of order 16.
 */
export interface Motion {
  readonly position: Float64Array;
  readonly velocity: Float64Array;
}

/** Writes r″ at these positions into `out`, and returns it. */
export type Acceleration = (position: Float64Array, out: Float64Array) => Float64Array;

const COLUMNS = 8;
/** Substeps of each row: 2, 4 … 16. */
const SUBSTEPS = Array.from({ length: COLUMNS }, (_, j) => 2 * (j + 1));
/** Of the larger of 1 and the size of what is extrapolated. Below it, rounding decides. */
const TOLERANCE = 1e-13;

/** Störmer's rule over `duration` in n equal substeps: positions, then velocities. */
function stoermer(acceleration: Acceleration, { position, velocity }: Motion, duration: number, n: number) {
  const h = duration / n;
  const a = acceleration(position, new Float64Array(position.length));
  const x = Float64Array.from(position);
  const step = velocity.map((v, i) => h * (v + (h / 2) * (a[i] as number)));
  for (let k = 1; ; k++) {
    for (let i = 0; i < x.length; i++) x[i] = (x[i] as number) + (step[i] as number);
    acceleration(x, a);
    if (k === n) break;
    for (let i = 0; i < x.length; i++) step[i] = (step[i] as number) + h * h * (a[i] as number);
  }
  return [...x, ...step.map((d, i) => d / h + (h / 2) * (a[i] as number))];
}

/** One step of the whole `duration`: where it leads, and the last correction in units of the tolerance. */
function attempt(acceleration: Acceleration, from: Motion, duration: number) {
  let row: number[][] = [];
  let correction = 0;
  for (const [j, n] of SUBSTEPS.entries()) {
    const next = [stoermer(acceleration, from, duration, n)];
    for (let k = 1; k <= j; k++) {
      const below = (n / (SUBSTEPS[j - k] as number)) ** 2 - 1;
      const [left, above] = [next[k - 1] as number[], row[k - 1] as number[]];
      next.push(left.map((value, i) => value + (value - (above[i] as number)) / below));
    }
    row = next;
  }
  const [best, before] = [row[COLUMNS - 1] as number[], row[COLUMNS - 2] as number[]];
  best.forEach((value, i) => {
    correction = Math.max(correction, Math.abs(value - (before[i] as number)) / Math.max(1, Math.abs(value)));
  });
  const half = best.length / 2;
  return {
    to: { position: Float64Array.from(best.slice(0, half)), velocity: Float64Array.from(best.slice(half)) },
    error: correction / TOLERANCE,
  };
}

/** Where the motion is after `duration` ≥ 0. A step below 1e-6 is taken as it is: no motion is followed into a collision. */
export function extrapolate(acceleration: Acceleration, from: Motion, duration: number): Motion {
  let state = from;
  let left = duration;
  let step = duration;
  while (left > 0) {
    const h = Math.min(step, left);
    const { to, error } = attempt(acceleration, state, h);
    // NaN compares false: such a step is made smaller.
    const isGood = error <= 1 || h <= 1e-6;
    if (isGood) [state, left] = [to, h === left ? 0 : left - h];
    const factor = error > 0 ? 0.9 * error ** (-1 / (2 * COLUMNS - 1)) : 2;
    step = h * (Number.isFinite(error) ? Math.max(0.2, Math.min(2, factor)) : 0.2);
  }
  return state;
}
