/** Draws a ribbon along its course: its threads side by side, or what stands for a type without any. */
import { memo } from 'react';
import type { ShownType } from '../../compiler/types.ts';
import { type Course, pathBeside } from './curve.ts';
import { type Hues, paintOf } from './index-hues.ts';
import { ribbonOf, type Thread } from './ribbon-threads.ts';

interface Props {
  readonly course: Course;
  /** Undefined where nothing is known: the wire is downstream of an error. */
  readonly type: ShownType | undefined;
  readonly hues: Hues;
  /** Names of the threads that do not fit. */
  readonly mismatched?: readonly string[];
  /** One plain line, for when threads would be thinner than a pixel. */
  readonly plain?: boolean;
}

export const paintThread = (thread: Thread, hues: Hues) =>
  thread.kind === 'index' ? paintOf(hues, thread.name) : { color: 'var(--tl-quiet)', dash: undefined };

/** One line for all threads: in the hue of the widest index, the batch standing back. */
export function plainStroke(
  type: ShownType,
  hues: Hues,
  mismatched: readonly string[],
): { readonly color: string; readonly width: number } {
  const { threads, height } = ribbonOf(type);
  const weight = (thread: Thread) => thread.width - (thread.kind === 'batch' ? 100 : 0);
  const widest = threads.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  const color = mismatched.length > 0 ? 'var(--bad)' : paintThread(widest, hues).color;
  return { color, width: Math.max(5, height * 0.8) };
}

export const RibbonPath = memo(function RibbonPath({
  course,
  type,
  hues,
  mismatched = [],
  plain = false,
}: Props) {
  if (!type) return <path className="tl-thread-unknown" d={pathBeside(course, 0)} />;
  const { threads } = ribbonOf(type);
  if (threads.length === 0) return <path className="tl-thread-scalar" d={pathBeside(course, 0)} />;
  if (plain) {
    const { color, width } = plainStroke(type, hues, mismatched);
    return <path className="tl-thread" d={pathBeside(course, 0)} stroke={color} strokeWidth={width} />;
  }
  return threads.map((thread, i) => {
    const bad = mismatched.includes(thread.name);
    const { color, dash } = paintThread(thread, hues);
    const mood = bad ? ' tl-thread-bad' : mismatched.length > 0 ? ' tl-thread-faded' : '';
    return (
      <path
        // biome-ignore lint/suspicious/noArrayIndexKey: a tensor's axes are known by their position.
        key={i}
        className={`tl-thread${mood}`}
        d={pathBeside(course, thread.offset)}
        stroke={bad ? 'var(--bad)' : color}
        strokeWidth={bad ? thread.width + 1 : thread.width}
        strokeDasharray={thread.kind === 'bundle' ? '2 2' : dash}
      />
    );
  });
});
