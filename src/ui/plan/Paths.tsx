/** The contraction paths side by side: all at once, greedy, found now, found in the background, and the user's own; the bars are logarithmic. */

import { byteText } from '../../base/bytes.ts';
import type { PathResult } from '../../contraction/index.ts';
import { useT } from '../locale.ts';
import { operations } from './figures.ts';
import { words } from './plan-strings.ts';

export type PathName = 'greedy' | 'found' | 'kept' | 'own';

/** The page computes in float32. */
export const bytesPerElement = 4;

interface PathsProps {
  readonly paths: Readonly<Partial<Record<PathName, PathResult>>>;
  readonly chosen: PathName;
  readonly onChosen: (name: PathName) => void;
  readonly searching: boolean;
}

export function Paths({ paths, chosen, onChosen, searching }: PathsProps) {
  const t = useT();
  const given = (['greedy', 'found', 'kept', 'own'] as const).flatMap((name) => {
    const result = paths[name];
    return result ? [{ name, result }] : [];
  });
  const naive = given[0]?.result.naiveFlops ?? 1;
  const least = Math.min(naive, ...given.map(({ result }) => result.flops));
  const span = Math.log2(naive / least) || 1;
  const part = (flops: number) => 6 + 94 * Math.min(1, Math.max(0, Math.log2(flops / least) / span));
  return (
    <fieldset className="plan-paths">
      <legend className="visually-hidden">{t(words.paths)}</legend>
      <div className="plan-path" title={t(words.naiveHint)}>
        <span className="plan-path-name">{t(words.naive)}</span>
        <span className="plan-figure">{operations(naive)}</span>
        <span className="plan-bar">
          <span style={{ width: `${part(naive)}%` }} />
        </span>
        <span className="plan-peak">–</span>
      </div>
      {given.map(({ name, result }) => (
        <label key={name} className={name === chosen ? 'plan-path chosen' : 'plan-path'}>
          <span className="plan-path-name">
            <input type="radio" name="plan-path" checked={name === chosen} onChange={() => onChosen(name)} />
            {t(words[name])}
          </span>
          <span className="plan-figure">{operations(result.flops)}</span>
          <span className="plan-bar">
            <span style={{ width: `${part(result.flops)}%` }} />
          </span>
          <span className="plan-peak">{byteText(result.peakElements * bytesPerElement)}</span>
        </label>
      ))}
      <p className="soft plan-units">
        {t(words.operations)} · {t(words.peak)}
        {searching && ` · ${t(words.searching)}`}
      </p>
    </fieldset>
  );
}
