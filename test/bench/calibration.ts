/**
 * A fixed piece of JavaScript work like a checker's: records are made, found by name in maps, sorted and summed.
 * How long it takes tells how fast a machine is at such work, so that figures of two machines can be compared.
 */

const RECORDS = 20_000;
const ROUNDS = 9;

interface Entry {
  readonly name: string;
  readonly next: string;
  readonly size: number;
}

/** The sum of what is found; it keeps the work from being left out. */
function work(): number {
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed;
  };
  const entries = new Map<string, Entry>();
  for (let i = 0; i < RECORDS; i++) {
    const name = `node${i}`;
    entries.set(name, { name, next: `node${random() % RECORDS}`, size: random() % 1000 });
  }
  const sorted = [...entries.values()].sort((a, b) => a.size - b.size || (a.name < b.name ? -1 : 1));
  return sorted.reduce((sum, entry, i) => sum + (i % 7) * (entries.get(entry.next)?.size ?? 0), 0);
}

/** Milliseconds of the median round; the first is not counted. */
export function calibrate(): number {
  const times: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const begin = performance.now();
    if (!(work() > 0)) throw new Error('internal: the calibration finds nothing');
    times.push(performance.now() - begin);
  }
  return times.slice(1).sort((a, b) => a - b)[ROUNDS >> 1] as number;
}
