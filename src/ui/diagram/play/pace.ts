/** How long each step of a film takes: longer where the cost is, and altogether not too long. */

/** Of a step that costs nothing, and what one that costs everything takes more, in seconds. */
const [leastSeconds, mostMore] = [0.9, 2.6];
/** The steps of a long path are quicker, so that all of them take no more than this without their costs. */
const patience = 24;

/** Seconds of each step; `shares` are their parts of the cost, from 0 to 1. */
export function paceOf(shares: readonly number[]): readonly number[] {
  const least = Math.min(leastSeconds, patience / Math.max(1, shares.length));
  return shares.map((share) => least + mostMore * Math.sqrt(share));
}

/** Seconds from the beginning to a time counted in steps. */
export function secondsAt(pace: readonly number[], time: number): number {
  const k = Math.floor(time);
  const before = pace.slice(0, k).reduce((sum, s) => sum + s, 0);
  return before + (time - k) * (pace[k] ?? 0);
}

/** The time, counted in steps, after so many seconds; at most the number of steps. */
export function timeAt(pace: readonly number[], seconds: number): number {
  let left = seconds;
  for (const [k, takes] of pace.entries()) {
    if (left < takes) return k + Math.max(0, left) / takes;
    left -= takes;
  }
  return pace.length;
}
