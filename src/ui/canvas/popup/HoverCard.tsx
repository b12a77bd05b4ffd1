/**
 * What opens beside a wire or a troubled card under the pointer or the focus: what it carries, its
 * numbers, and, where something does not fit, the story with its fixes as buttons.
 */
import { useLayoutEffect, useRef, useState } from 'react';
import type { Diagnostic } from '../../../base/diagnostic.ts';
import type { Point } from '../../../editor/index.ts';
import { FixButtons } from '../../parts/FixButtons.tsx';
import { useRemedies } from '../../parts/fetched-words.ts';
import { LearnMore } from '../../parts/LearnMore.tsx';
import { StateLabel } from '../../parts/StateLabel.tsx';
import { useDrawnNames } from '../../parts/use-drawn-names.ts';
import { RibbonLabel } from '../../ribbon/RibbonLabel.tsx';
import { strings } from '../canvas-strings.ts';
import { useCanvas } from '../context.ts';
import { useStoreValue } from '../model/stores.ts';
import type { ViewModel } from '../model/view-model.ts';
import type { TensorValue } from '../props.ts';
import { ValuePicture } from './ValuePicture.tsx';

export interface HoverTarget extends Point {
  readonly kind: 'node' | 'edge';
  readonly id: string;
}

function Story({ diagnostic }: { readonly diagnostic: Diagnostic }) {
  const drawn = useDrawnNames();
  const remedyOf = useRemedies();
  const { code, message, severity } = diagnostic;
  return (
    <div className={`tl-diagnostic tl-diagnostic-${severity}`}>
      <p className="tl-diagnostic-message">{drawn(message)}</p>
      <p className="tl-diagnostic-remedy">{drawn(remedyOf(diagnostic))}</p>
      <FixButtons diagnostic={diagnostic} />
      <LearnMore code={code} />
    </div>
  );
}

interface Props {
  readonly target: HoverTarget;
  readonly model: ViewModel;
  onEnter(): void;
  onLeave(): void;
}

const gap = 18;

export function HoverCard({ target, model, onEnter, onLeave }: Props) {
  const { hues, locale, values } = useCanvas();
  const edge = target.kind === 'edge' ? model.wire(target.id) : undefined;
  const node = target.kind === 'node' ? model.card(target.id) : undefined;
  const value = useStoreValue(values, (all): TensorValue | undefined => all[edge?.data?.valueKey ?? '']);
  const frame = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Point>(target);
  const diagnostics = (edge?.data ?? node?.data)?.diagnostics ?? [];
  const type = edge?.data?.type;

  useLayoutEffect(() => {
    const box = frame.current;
    const around = box?.offsetParent;
    if (!box || !around) return;
    const below = target.y + gap + box.offsetHeight < around.clientHeight;
    setPlace({
      x: Math.max(8, Math.min(target.x - box.offsetWidth / 2, around.clientWidth - box.offsetWidth - 8)),
      y: below ? target.y + gap : Math.max(8, target.y - gap - box.offsetHeight),
    });
  }, [target]);

  if ((!edge && !node) || (!edge && diagnostics.length === 0)) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only stays open while the pointer is on it.
    <div
      ref={frame}
      className={`tl-hover-card${diagnostics[0]?.severity === 'error' ? ' tl-hover-card-bad' : ''}`}
      style={{ left: place.x, top: place.y }}
      // Mouse events, as those of cards and wires are: pointer events would come before the card is left.
      onMouseEnter={onEnter}
      onMouseLeave={onLeave}
    >
      {type && (
        <div className="tl-hover-card-type">
          <RibbonLabel
            type={type}
            hues={hues}
            mismatched={edge?.data?.mismatched ?? []}
            full
            scalar={strings.scalar[locale]}
          />
        </div>
      )}
      {diagnostics.slice(0, 3).map((diagnostic) => (
        <Story key={`${diagnostic.code} ${diagnostic.message.en}`} diagnostic={diagnostic} />
      ))}
      {edge && value && diagnostics.length === 0 && (
        <>
          <ValuePicture value={value} locale={locale} />
          <StateLabel />
        </>
      )}
      {edge && !value && diagnostics.length === 0 && (
        <p className="tl-hover-card-none">{strings.noValues[locale]}</p>
      )}
    </div>
  );
}
