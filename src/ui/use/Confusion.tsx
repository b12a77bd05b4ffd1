/** Which classes are taken for which; a cell opens the rows behind it. */
import type { JudgedRows } from '../../worker/protocol.ts';
import { useT } from '../locale.ts';
import { usageWords as words } from '../strings/use-words.ts';
import type { Chosen } from './Examples.tsx';
import { className, confusion, type JudgedRow } from './judge.ts';

interface ConfusionProps {
  readonly held: JudgedRows;
  readonly judged: readonly JudgedRow[];
  onCell(cell: NonNullable<Chosen>): void;
}

export function Confusion({ held, judged, onCell }: ConfusionProps) {
  const t = useT();
  const counts = confusion(judged, held.classes);
  const classes = [...counts.keys()];
  const greatest = (cells: readonly number[]) => Math.max(1, ...cells);
  const right = greatest(classes.map((k) => counts[k]?.[k] ?? 0));
  const wrong = greatest(counts.flatMap((row, truth) => row.filter((_, predicted) => truth !== predicted)));
  return (
    <div className="use-confusion">
      <table>
        <thead>
          <tr>
            <td className="soft">
              {t(words.truth)} ↓ {t(words.predicted)} →
            </td>
            {classes.map((k) => (
              <th key={k} scope="col">
                {className(held, k)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((row, truth) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number.
            <tr key={truth}>
              <th scope="row">{className(held, truth)}</th>
              {row.map((count, predicted) => {
                const token = truth === predicted ? '--good' : '--bad';
                const share = (100 * count) / (truth === predicted ? right : wrong);
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a class is its number.
                  <td key={predicted}>
                    <button
                      type="button"
                      disabled={count === 0}
                      aria-label={t(words.cellOf, {
                        count,
                        truth: className(held, truth),
                        predicted: className(held, predicted),
                      })}
                      style={{
                        background: `color-mix(in srgb, var(${token}) ${(0.6 * share).toFixed(0)}%, transparent)`,
                      }}
                      onClick={() => onCell({ truth, predicted })}
                    >
                      {count || ''}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
