/** The clock of a document's pictures: play and pause, one step, speed, and where it is. */
import { useStore } from 'zustand';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { formatCount } from '../parts/numbers.ts';
import { type Along, alongOf, type ClockState, frameOf, placesOf, speeds } from './picture-clock.ts';
import { words } from './picture-strings.ts';
import { useClock } from './use-picture.ts';
import './pictures.css';

export function ClockBar() {
  const t = useT();
  const clock = useClock();
  const state = useStore(clock.store);
  const along = alongOf(state);
  if (!along) return <p className="picture-note">{t(words.still)}</p>;
  const last = placesOf(state) - 1;
  const place = placeIn(t, state, along);
  return (
    <div className="clock-frame">
      <fieldset className="clock" aria-label={t(words.clock)}>
        <button
          type="button"
          className="icon-button"
          aria-label={t(words.back)}
          title={t(words.back)}
          onClick={() => clock.step(-1)}
        >
          <Icon name="step-back" />
        </button>
        <button type="button" className="button small" aria-pressed={state.isPlaying} onClick={clock.toggle}>
          <Icon name={state.isPlaying ? 'pause' : 'run'} />{' '}
          <span className="clock-word">{t(state.isPlaying ? words.pause : words.play)}</span>
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={t(words.on)}
          title={t(words.on)}
          onClick={() => clock.step(1)}
        >
          <Icon name="step" />
        </button>
        <input
          type="range"
          className="clock-slider"
          aria-label={t(words.scrub)}
          aria-valuetext={place}
          min={0}
          max={last}
          // Whole places by keys; a pointer and the clock go in between.
          step="any"
          value={state[along] * last}
          onChange={(event) => clock.seek(Number(event.target.value) / last)}
          onKeyDown={(event) => {
            const by =
              event.key === 'ArrowRight' || event.key === 'ArrowUp'
                ? 1
                : event.key === 'ArrowLeft' || event.key === 'ArrowDown'
                  ? -1
                  : 0;
            if (by === 0) return;
            event.preventDefault();
            clock.step(by);
          }}
        />
        <output className="clock-place">{place}</output>
        <select
          className="input"
          aria-label={t(words.speed)}
          title={t(words.speed)}
          value={state.speed}
          onChange={(event) => clock.setSpeed(Number(event.target.value))}
        >
          {speeds.map((speed) => (
            <option key={speed} value={speed}>
              {t(words.times, { speed })}
            </option>
          ))}
        </select>
        {state.moments > 1 && state.steps.length > 1 && <AlongChoice along={along} go={clock.go} />}
      </fieldset>
    </div>
  );
}

function AlongChoice({ along, go }: { readonly along: Along; readonly go: (along: Along) => void }) {
  const t = useT();
  return (
    <fieldset className="segments" aria-label={t(words.along)}>
      {(['time', 'run'] as const).map((one) => (
        <button key={one} type="button" aria-pressed={along === one} onClick={() => go(one)}>
          {t(one === 'time' ? words.alongTime : words.alongRun)}
        </button>
      ))}
    </fieldset>
  );
}

function placeIn(t: ReturnType<typeof useT>, state: ClockState, along: Along): string {
  if (along === 'run') return t(words.recorded, { step: formatCount(state.steps[frameOf(state)] ?? 0) });
  const last = state.moments - 1;
  return t(words.moment, { at: Math.round(state.time * last), last });
}
