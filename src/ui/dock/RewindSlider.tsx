/** Which step of the run everything shows: a slider through training. */
import { useT } from '../locale.ts';
import { formatCount } from '../parts/numbers.ts';
import { rewindOf } from '../run/rewind.ts';
import { isOn, type RunState } from '../run/run-state.ts';
import { useSession, useSessionState } from '../session/hooks.ts';
import { rewindWords as words } from '../strings/rewind-words.ts';

/** By Page Up and Page Down it goes on a twentieth of the run. */
const PAGES = 20;

export function RewindSlider({ run }: { readonly run: RunState }) {
  const t = useT();
  const session = useSession();
  const shown = useSessionState((s) => s.trained?.step);
  const { begun, step: last, rewinding, best } = run;
  if (isOn(run) || shown === undefined || last <= begun) return null;
  const step = Math.min(last, rewinding ?? shown);
  const to = rewindOf(session);
  const said = t(words.shows, { step: formatCount(step), last: formatCount(last) });
  return (
    <div className="rewind" title={t(words.sliderHint)}>
      <p data-busy={rewinding === undefined ? undefined : true}>
        {said}
        {best && best.step !== step && best.step > begun && (
          <button
            type="button"
            className="link-button"
            title={t(words.toBestHint)}
            onClick={() => to(best.step)}
          >
            {t(words.toBest, { step: formatCount(best.step) })}
          </button>
        )}
        {step !== last && (
          <button type="button" className="link-button" onClick={() => to(last)}>
            {t(words.toEnd)}
          </button>
        )}
      </p>
      <input
        type="range"
        min={begun}
        max={last}
        value={step}
        aria-label={t(words.slider)}
        aria-valuetext={said}
        onChange={(event) => to(Number(event.target.value))}
        onKeyDown={(event) => {
          const pages = event.key === 'PageUp' ? 1 : event.key === 'PageDown' ? -1 : 0;
          if (pages === 0) return;
          event.preventDefault();
          to(step + pages * Math.max(1, Math.round((last - begun) / PAGES)));
        }}
      />
    </div>
  );
}
