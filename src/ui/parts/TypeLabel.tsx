/** A tensor's type in words: `i 3 · j d=64`, each index in the colour of its thread. */
import { visible } from '../../base/visible.ts';
import type { ShownType } from '../../compiler/types.ts';
import { useT } from '../locale.ts';
import { paintOf } from '../ribbon/index-hues.ts';
import { sizeText } from '../ribbon/RibbonLabel.tsx';
import { inspector } from '../strings/inspector.ts';
import { useHues } from './hues.ts';

export function TypeLabel({ type }: { readonly type: ShownType | undefined }) {
  const t = useT();
  const hues = useHues();
  if (!type) return <span className="type soft">{t(inspector.noType)}</span>;
  if (type.axes.length === 0) return <span className="type soft">{t(inspector.scalar)}</span>;
  return (
    <span className="type">
      {type.axes.map((axis) => (
        <span key={axis.name} className="type-axis">
          <i style={{ color: paintOf(hues, axis.name).color }}>{visible(axis.name)}</i> {sizeText(axis, true)}
        </span>
      ))}
    </span>
  );
}
