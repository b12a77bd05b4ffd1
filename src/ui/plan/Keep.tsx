/** The path that is shown becomes the one that is followed, or the network is given back to the search. */
import { printContractionPath, type SsaPath } from '../../contraction/index.ts';
import { useT } from '../locale.ts';
import { useEditor } from '../session/hooks.ts';
import type { DrawnNetwork } from './drawn-network.ts';
import { factor } from './figures.ts';
import { gainWords } from './gain-words.ts';
import { words } from './plan-strings.ts';
import { keptPath } from './use-network.ts';

interface KeepProps {
  readonly drawn: DrawnNetwork;
  readonly path: SsaPath;
  /** The document has changed: what is followed now is to be shown. */
  readonly onDone: () => void;
}

export function Keep({ drawn, path, onDone }: KeepProps) {
  const t = useT();
  const editor = useEditor();
  const { compiled } = drawn;
  const kept = keptPath(drawn);
  const written = (p: SsaPath) =>
    printContractionPath(
      p,
      drawn.operands.map((_, k) => String(k)),
    );
  const isFollowed = (p: SsaPath | undefined) => p !== undefined && written(p) === written(path);
  const isChosen = isFollowed(drawn.path);
  const isKept = !drawn.path && isFollowed(kept?.path);
  const gain = kept && compiled ? compiled.first.flops / kept.flops : 1;
  const set = (next: SsaPath | undefined) => {
    for (const command of drawn.keep(next)) editor.dispatch(command);
    onDone();
  };
  return (
    <div className="plan-keep">
      {gain > 1 && <p className="plan-gain">{t(gainWords.gain, { gain: factor(gain) })}</p>}
      {isChosen && <p className="soft">{t(words.isChosen)}</p>}
      {isKept && gain <= 1 && <p className="soft">{t(words.isKept)}</p>}
      {!isChosen && !isKept && (
        <button type="button" className="button small" onClick={() => set(path)}>
          {t(words.keep)}
        </button>
      )}
      {(drawn.path || drawn.stale) && (
        <button type="button" className="button small" onClick={() => set(undefined)}>
          {t(words.release)}
        </button>
      )}
      {kept && compiled && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            editor.dispatch({ type: 'foundPaths', paths: { [compiled.key]: undefined } });
            onDone();
          }}
        >
          {t(words.forget)}
        </button>
      )}
      {drawn.stale && <p className="plan-warn">{t(words.stale)}</p>}
    </div>
  );
}
