/** Collects the metrics of each step until they are worth a message. */
import type { MetricsLog } from '../numeric/engine.ts';
import type { RunEvent } from './events.ts';

export interface Recorder {
  /** The metrics of `count` steps from the `from`-th on. */
  add(from: number, log: MetricsLog, count: number): void;
  /** So much was added that it is worth a message of its own: a run of any length takes the same memory. */
  isFull(): boolean;
  /** A `progress` event of all that was added since the last; undefined when that is nothing. */
  flush(): RunEvent | undefined;
}

/** Steps. Most runs have fewer between two reports. */
const MOST = 65_536;

export function createRecorder(): Recorder {
  let from = 0;
  let columns: Record<string, number[]> = {};
  let size = 0;
  return {
    add(first, log, count) {
      if (size === 0) from = first;
      size += count;
      for (const [name, values] of Object.entries(log)) {
        columns[name] ??= [];
        for (let i = 0; i < count; i++) columns[name].push(values[i] as number);
      }
    },
    isFull: () => size >= MOST,
    flush() {
      if (size === 0) return undefined;
      const event: RunEvent = { type: 'progress', from, metrics: columns };
      columns = {};
      size = 0;
      return event;
    },
  };
}
