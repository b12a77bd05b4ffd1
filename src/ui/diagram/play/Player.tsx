/** Play, pause, steps, speed, and a time line that is longer where the cost is. */
import { useT } from '../../locale.ts';
import { Icon } from '../../parts/Icon.tsx';
import { diagramWords as words } from '../../strings/diagram-words.ts';
import { secondsAt, timeAt } from './pace.ts';
import { stepAt } from './StepFigures.tsx';
import { type FilmClock, useCalm } from './use-film-clock.ts';

const speeds = [0.5, 1, 2, 4];

interface PlayerProps {
  readonly clock: FilmClock;
  /** Seconds of each step. */
  readonly pace: readonly number[];
}

export function Player({ clock, pace }: PlayerProps) {
  const t = useT();
  const isCalm = useCalm();
  const { time, playing, speed } = clock;
  const whole = secondsAt(pace, pace.length);
  const step = stepAt(time);
  return (
    <div className="diagram-player">
      <button
        type="button"
        className="icon-button"
        aria-label={t(words.back)}
        title={t(words.back)}
        disabled={time === 0}
        onClick={clock.back}
      >
        <Icon name="left" />
      </button>
      {!isCalm && (
        <button
          type="button"
          className="icon-button"
          aria-label={t(playing ? words.pause : words.play)}
          title={t(playing ? words.pause : words.play)}
          onClick={clock.toggle}
        >
          <Icon name={playing ? 'pause' : 'run'} />
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={t(words.forward)}
        title={t(words.forward)}
        disabled={time === pace.length}
        onClick={clock.forward}
      >
        <Icon name="right" />
      </button>
      <div className="diagram-time">
        <input
          type="range"
          min={0}
          max={whole}
          step="any"
          value={secondsAt(pace, time)}
          aria-label={t(words.time)}
          aria-valuetext={
            step < 0 ? t(words.before) : t(words.stepOf, { step: step + 1, steps: pace.length })
          }
          onChange={(event) => clock.seek(timeAt(pace, Number(event.target.value)))}
          onKeyDown={(event) => {
            const to = keyTo(event.key, time, pace.length);
            if (to === undefined) return;
            event.preventDefault();
            clock.seek(to);
          }}
        />
        <span className="diagram-ticks" aria-hidden="true">
          {pace.slice(0, -1).map((_, k) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tick is known by its step.
            <i key={k} style={{ left: `${(100 * secondsAt(pace, k + 1)) / whole}%` }} />
          ))}
        </span>
      </div>
      {!isCalm && (
        <select
          className="input diagram-speed"
          aria-label={t(words.speed)}
          value={speed}
          onChange={(event) => clock.setSpeed(Number(event.target.value))}
        >
          {speeds.map((each) => (
            <option key={each} value={each}>
              {each}×
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Keys on the time line go from step to step. */
function keyTo(key: string, time: number, end: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowUp') return Math.floor(time) + 1;
  if (key === 'ArrowLeft' || key === 'ArrowDown') return Math.ceil(time) - 1;
  if (key === 'Home') return 0;
  return key === 'End' ? end : undefined;
}
