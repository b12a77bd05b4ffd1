/** Collects the metrics of each step until they are worth a message. */
import type { RunEvent } from './events.ts';

export interface Recorder {
  add(step: number, metrics: Readonly<Record<string, number>>): void;
  /** A `progress` event of all that was added since the last; undefined when that is nothing. */
  flush(): RunEvent | undefined;
}

export function createRecorder(): Recorder {
  let from = 0;
  let columns: Record<string, number[]> = {};
  let size = 0;
  return {
    add(step, metrics) {
      if (size === 0) from = step;
      size++;
      for (const [name, value] of Object.entries(metrics)) {
        columns[name] ??= [];
        columns[name].push(value);
      }
    },
    flush() {
      if (size === 0) return undefined;
      const event: RunEvent = { type: 'progress', from, metrics: columns };
      columns = {};
      size = 0;
      return event;
    },
  };
}
