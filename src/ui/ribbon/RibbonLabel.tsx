/** What a ribbon carries, in words: `i 3 · j 4`, each index in its hue. */
import type { ReactNode } from 'react';
import { visible } from '../../base/visible.ts';
import type { ShownAxis, ShownType } from '../../compiler/types.ts';
import { axisName } from '../../tensor/axes-text.ts';
import { type Hues, paintOf } from './index-hues.ts';
import { isBatch, ribbonOf } from './ribbon-threads.ts';

interface Props {
  readonly type: ShownType;
  readonly hues: Hues;
  readonly mismatched?: readonly string[];
  /** With size symbols as they are written, `B = 64`, and nothing bundled. */
  readonly full?: boolean;
  /** Only the mismatched. */
  readonly brief?: boolean;
  readonly scalar: string;
  /** What stands for the size of an axis, by its position; the size in words when left out. */
  readonly sizeOf?: (axis: ShownAxis, position: number, words: string) => ReactNode;
}

/** Beside an axis's name: an index that is named as its size, `d = 32`, is not named twice. */
export function sizeText({ name, written, size }: ShownAxis, full: boolean): string {
  if (size === undefined) return written || '?';
  if (!full || written === '' || written === String(size)) return String(size);
  return written === name ? `= ${size}` : `${written} = ${size}`;
}

/** The batch stays quiet: where there is little room it goes by its symbol, if it has one. */
const shortName = (axis: ShownAxis): string =>
  isBatch(axis) && axisName.test(axis.written) ? axis.written : axis.name;

/** How wide the label will be, in pixels, so that short wires can do without. */
export const labelWidth = (type: ShownType): number =>
  type.axes.length === 0
    ? 46
    : ribbonOf(type).threads.reduce(
        (sum, t) => sum + 11 + 7 * ((t.axis ? shortName(t.axis).length : 2) + sizeTextOf(t.axis).length),
        14,
      );

const sizeTextOf = (axis: ShownAxis | undefined): string => (axis ? sizeText(axis, false) : '');

export function RibbonLabel({
  type,
  hues,
  mismatched = [],
  full = false,
  brief = false,
  scalar,
  sizeOf = (_axis, _position, words) => words,
}: Props) {
  if (type.axes.length === 0) return <span className="tl-label-scalar">{scalar}</span>;
  const { threads } = ribbonOf(type);
  const single = full ? type.axes : threads.flatMap((t) => (t.axis ? [t.axis] : []));
  const shown = brief ? type.axes.filter((axis) => mismatched.includes(axis.name)) : single;
  const hidden = brief ? 0 : type.axes.length - shown.length;
  return (
    <>
      {shown.map((axis, i) => {
        const bad = mismatched.includes(axis.name);
        const color = bad ? 'var(--bad)' : isBatch(axis) ? 'var(--tl-quiet)' : paintOf(hues, axis.name).color;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a tensor's axes are known by their position.
          <span key={i} className="tl-label-axis">
            <i className={isBatch(axis) ? 'tl-index tl-index-quiet' : 'tl-index'} style={{ color }}>
              {visible(full ? axis.name : shortName(axis))}
            </i>
            <b style={bad ? { color } : undefined}>
              {sizeOf(axis, type.axes.indexOf(axis), sizeText(axis, full))}
            </b>
          </span>
        );
      })}
      {hidden > 0 && <span className="tl-label-more">+{hidden}</span>}
    </>
  );
}
