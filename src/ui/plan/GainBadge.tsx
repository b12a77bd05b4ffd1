/** A sign on the panel's tab that contraction paths were improved in the background, and by how much. */
import { useT } from '../locale.ts';
import { useSessionState } from '../session/hooks.ts';
import { factor } from './figures.ts';
import { gainWords } from './gain-words.ts';

/** Gains below this are not worth a sign. */
const leastShown = 1.005;

export function GainBadge() {
  const t = useT();
  const gain = useSessionState((s) => s.gain);
  if (gain < leastShown) return null;
  const says = t(gainWords.gain, { gain: factor(gain) });
  return (
    <span className="badge good" role="img" aria-label={says} title={says}>
      {factor(gain)}×
    </span>
  );
}
