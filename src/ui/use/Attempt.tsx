/** Features that one gives by hand – drawn, pointed at or typed – and what the model says of them at once. */
import { useState } from 'react';
import type { JudgedRows } from '../../worker/protocol.ts';
import { useT } from '../locale.ts';
import { usageWords as words } from '../strings/use-words.ts';
import { classColour } from './class-colour.ts';
import { elementsIn, rangeOf, viewOf } from './feature-view.ts';
import { className, type JudgedRow, likeliest, rowOf } from './judge.ts';
import { NumbersForm } from './NumbersForm.tsx';
import { Pad } from './Pad.tsx';
import { Plane } from './Plane.tsx';
import { usePrediction } from './use-prediction.ts';

/** More numbers are not typed by hand. */
const MOST_TYPED = 64;

export function Attempt({
  held,
  judged,
}: {
  readonly held: JudgedRows;
  readonly judged: readonly JudgedRow[];
}) {
  const t = useT();
  const [column] = held.features;
  const width = elementsIn(column?.axes ?? []);
  const [given, setGiven] = useState(() => new Float32Array(column ? rowOf(column.data, 0, width) : []));
  const [next, setNext] = useState(1);
  const said = usePrediction(held, given);
  if (!column || held.features.length > 1) return <p className="dock-empty">{t(words.severalColumns)}</p>;
  const view = viewOf(column.axes);
  const names = view.kind === 'numbers' ? view.names : ['x₁', 'x₂'];
  const takeExample = () => {
    setGiven(new Float32Array(rowOf(column.data, next % held.rows.length, width)));
    setNext(next + 1);
  };
  return (
    <div className="use-attempt">
      {view.kind === 'image' && (
        <Pad view={view} range={rangeOf(column.data)} drawn={given} onDrawn={setGiven} />
      )}
      {view.kind === 'point' && <Plane held={held} judged={judged} point={given} onPoint={setGiven} />}
      <div className="use-side">
        {view.kind !== 'image' && width <= MOST_TYPED && (
          <NumbersForm names={names} numbers={given} onNumbers={setGiven} />
        )}
        <div className="use-buttons">
          <button type="button" className="button small" onClick={takeExample}>
            {t(words.takeExample)}
          </button>
          {view.kind === 'image' && (
            <button type="button" className="button small" onClick={() => setGiven(new Float32Array(width))}>
              {t(words.clear)}
            </button>
          )}
        </div>
      </div>
      {said?.[0] && <Chances held={held} chances={said[0]} />}
    </div>
  );
}

/** Of more classes the likeliest are shown. */
const MOST_CLASSES = 12;

function Chances({ held, chances }: { readonly held: JudgedRows; readonly chances: readonly number[] }) {
  const t = useT();
  const best = likeliest(chances);
  const shown = [...chances.keys()]
    .sort((a, b) => (chances[b] ?? 0) - (chances[a] ?? 0))
    .slice(0, MOST_CLASSES)
    .sort((a, b) => a - b);
  return (
    <section className="use-chances" aria-label={t(words.says)} aria-live="polite">
      {shown.map((k) => {
        const share = (100 * (chances[k] ?? 0)).toFixed(1);
        const name = className(held, k);
        return (
          <p key={k} data-best={k === best || undefined} title={t(words.probability, { of: name, share })}>
            <span>{name}</span>
            <i style={{ width: `${share}%`, background: classColour(k) }} />
            <span className="soft">{share} %</span>
          </p>
        );
      })}
    </section>
  );
}
