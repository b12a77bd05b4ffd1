/**
 * Times the contenders in turn, again and again, so that whatever else the machine does hits all alike.
 */
export const ROUNDS = 5;

export interface Timed {
  readonly name: string;
  /** Seconds per step, by the form of the question (`''` for the plain one). */
  time(milliseconds: number): Promise<Readonly<Record<string, number>>>;
}

/**
 * Seconds per step of each contender and form, round by round, and what went wrong meanwhile. The round
 * before the first warms up and is not counted, but for a contender whose one step outlasts all its time:
 * it gets no other.
 */
export async function timeInTurn(
  contenders: readonly Timed[],
  milliseconds: number,
): Promise<{ seconds: Record<string, number[]>; faults: Record<string, string> }> {
  const seconds: Record<string, number[]> = {};
  const faults: Record<string, string> = {};
  const slow = new Set<string>();
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { name, time } of contenders) {
      if (slow.has(name) || name in faults) continue;
      try {
        for (const [form, value] of Object.entries(await time(milliseconds / ROUNDS))) {
          if (value * 1000 > milliseconds) slow.add(name);
          if (round === 0 && !slow.has(name)) continue;
          const key = form === '' ? name : `${name} ${form}`;
          seconds[key] = [...(seconds[key] ?? []), value];
        }
      } catch (error) {
        faults[name] = error instanceof Error ? error.message : String(error);
      }
    }
  }
  return { seconds, faults };
}
