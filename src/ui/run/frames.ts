/**
 * What pictures were made of while a run went on: values of their inputs after some of its steps, bounded in number
 * and in memory. A long run is thinned: what is kept stays spread over all of it, the newest always there.
 */
import type { TensorValue } from '../../worker/protocol.ts';

export interface RecordedFrame {
  /** Training steps before it. */
  readonly step: number;
  /** By port, `node.port`. A value that is as it was is the same object. */
  readonly values: Readonly<Record<string, TensorValue>>;
}

export interface RecordedFrames {
  /** In the order of their steps; the same object while nothing has come. */
  all(): readonly RecordedFrame[];
  add(frame: RecordedFrame): void;
}

/** As many as play for some ten seconds. */
const mostFrames = 400;
/** Numbers in all: 16 MiB. */
const mostNumbers = 2 ** 21;

export function createFrames(limits = { frames: mostFrames, numbers: mostNumbers }): RecordedFrames {
  let kept: readonly RecordedFrame[] = [];
  /** Steps between two that are kept, the newest aside. */
  let apart = 0;
  const last = () => kept.at(-1);

  function thin(): void {
    apart = Math.max(1, 2 * apart, ((last()?.step ?? 0) - (kept[0]?.step ?? 0)) / (limits.frames / 2));
    const newest = last();
    const spread: RecordedFrame[] = [];
    for (const frame of kept)
      if (frame.step - (spread.at(-1)?.step ?? -Infinity) >= apart || frame === newest) spread.push(frame);
    kept = spread;
  }

  return {
    all: () => kept,
    add({ step, values }) {
      // A run that had to begin again from an earlier state tells steps again.
      if (step <= (last()?.step ?? -1)) kept = kept.filter((frame) => frame.step < step);
      const before = last()?.values ?? {};
      const frame = { step, values: shared(values, before) };
      const previous = kept.at(-2);
      const isClose = previous !== undefined && (last()?.step ?? 0) - previous.step < apart;
      kept = [...(isClose ? kept.slice(0, -1) : kept), frame];
      while (kept.length > 2 && (kept.length > limits.frames || numbersIn(kept) > limits.numbers)) {
        const length = kept.length;
        thin();
        if (kept.length === length) kept = kept.slice(1);
      }
    },
  };
}

/** Values that have not changed are the objects that they were: they take no memory again. */
function shared(values: RecordedFrame['values'], before: RecordedFrame['values']): RecordedFrame['values'] {
  return Object.fromEntries(
    Object.entries(values).map(([port, value]) => {
      const old = before[port];
      const isSame =
        old !== undefined &&
        old.count === value.count &&
        old.data.every((x, i) => Object.is(x, value.data[i]));
      return [port, isSame ? old : value];
    }),
  );
}

function numbersIn(frames: readonly RecordedFrame[]): number {
  const values = new Set(frames.flatMap((frame) => Object.values(frame.values)));
  let numbers = 0;
  for (const { data } of values) numbers += data.length;
  return numbers;
}

/** Adds what a frame has of these ports; false where that is nothing. */
export function recordPorts(
  frames: RecordedFrames,
  { step, values }: RecordedFrame,
  ports: readonly string[],
): boolean {
  const seen = ports.flatMap((port) => (values[port] ? [[port, values[port]] as const] : []));
  if (seen.length === 0) return false;
  frames.add({ step, values: Object.fromEntries(seen) });
  return true;
}
