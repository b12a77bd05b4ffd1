/** Rows with what the model says of them, the worst mistakes first. */
import { useState } from 'react';
import type { JudgedRows } from '../../worker/protocol.ts';
import { useT } from '../locale.ts';
import { formatCount } from '../parts/numbers.ts';
import { usageWords as words } from '../strings/use-words.ts';
import { classColour } from './class-colour.ts';
import { Features } from './Features.tsx';
import { className, type JudgedRow, worstFirst } from './judge.ts';

/** A cell of the confusion matrix whose rows alone are shown. */
export type Chosen = Pick<JudgedRow, 'truth' | 'predicted'> | undefined;

interface ExamplesProps {
  readonly held: JudgedRows;
  readonly judged: readonly JudgedRow[];
  readonly chosen: Chosen;
  onChosen(chosen: Chosen): void;
}

/** As many as anybody looks through. */
const MOST = 60;

export function Examples({ held, judged, chosen, onChosen }: ExamplesProps) {
  const t = useT();
  const [mistakesOnly, setMistakesOnly] = useState(true);
  const isWrong = ({ truth, predicted }: JudgedRow) => truth !== predicted;
  const isChosen = (row: JudgedRow) =>
    chosen ? row.truth === chosen.truth && row.predicted === chosen.predicted : !mistakesOnly || isWrong(row);
  const shown = worstFirst(judged.filter(isChosen));
  return (
    <>
      <div className="use-choice">
        {chosen ? (
          <>
            <span>
              {t(words.chosenCell, {
                truth: className(held, chosen.truth),
                predicted: className(held, chosen.predicted),
              })}
            </span>
            <button type="button" className="button small" onClick={() => onChosen(undefined)}>
              {t(words.allRows)}
            </button>
          </>
        ) : (
          <label>
            <input
              type="checkbox"
              checked={mistakesOnly}
              onChange={(event) => setMistakesOnly(event.target.checked)}
            />
            {t(words.onlyMistakes)}
          </label>
        )}
        {shown.length > MOST && (
          <span>{t(words.firstOf, { shown: MOST, count: formatCount(shown.length) })}</span>
        )}
      </div>
      {shown.length === 0 ? (
        <p className="dock-empty">{t(words.noMistakes)}</p>
      ) : (
        <ul className="use-examples">
          {shown.slice(0, MOST).map((row) => (
            <Example key={row.index} held={held} row={row} />
          ))}
        </ul>
      )}
    </>
  );
}

function Example({ held, row }: { readonly held: JudgedRows; readonly row: JudgedRow }) {
  const t = useT();
  const { index, confidence } = row;
  const [truth, predicted] = [className(held, row.truth), className(held, row.predicted)];
  const share = (100 * confidence).toFixed(0);
  const isRight = row.truth === row.predicted;
  return (
    <li data-right={isRight || undefined} style={{ borderTopColor: classColour(row.predicted) }}>
      <Features held={held} index={index} />
      <p>
        {isRight ? t(words.isRight, { predicted, share }) : t(words.isClass, { predicted, share, truth })}
      </p>
      <p className="soft">{t(words.rowNumber, { row: held.rows[index] ?? index })}</p>
    </li>
  );
}
