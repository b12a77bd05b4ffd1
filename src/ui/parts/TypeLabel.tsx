/** A tensor's type in words: `i 3 · j d=64`, each index in the colour of its thread. */
import { visible } from '../../base/visible.ts';
import type { ShownType } from '../../compiler/types.ts';
import { useT } from '../locale.ts';
import { paintOf } from '../ribbon/index-hues.ts';
import { inspector } from '../strings/inspector.ts';
import { useHues } from './hues.ts';

export function TypeLabel({ type }: { readonly type: ShownType | undefined }) {
  const t = useT();
  const hues = useHues();
  if (!type) return <span className="type soft">{t(inspector.noType)}</span>;
  if (type.axes.length === 0) return <span className="type soft">{t(inspector.scalar)}</span>;
  return (
    <span className="type">
      {type.axes.map((axis) => {
        const size = axis.size === undefined ? '?' : String(axis.size);
        return (
          <span key={axis.name} className="type-axis">
            <i style={{ color: paintOf(hues, axis.name).color }}>{visible(axis.name)}</i>{' '}
            {axis.written === size ? size : `${axis.written}\u2009=\u2009${size}`}
          </span>
        );
      })}
    </span>
  );
}
