/**
 * The newest figure of each metric; of a run that is over, with every digit it has. The sides carry the
 * colours of their curves: this is the charts' legend too.
 */
import type { PathText } from '../../base/path.ts';
import { useLocale, useT } from '../locale.ts';
import { nodeTitle } from '../parts/node-title.ts';
import { formatCount, formatNumber } from '../parts/numbers.ts';
import type { RunState } from '../run/run-state.ts';
import { useEditorState, useSessionState } from '../session/hooks.ts';
import { dock, metricNames } from '../strings/dock.ts';

interface FiguresProps {
  readonly run: Pick<RunState, 'phase' | 'step' | 'metrics'>;
}

interface Row {
  readonly side: 'train' | 'cards' | 'test';
  readonly says: string;
  readonly hint: string;
  readonly value: number | undefined;
  /** Its name as the run has it; none for what the cards show. */
  readonly metric?: string;
}

export function Figures({ run: { phase, step, metrics } }: FiguresProps) {
  const t = useT();
  const titleOf = useMetricTitle();
  const shown = useSessionState((s) => s.shown);
  const final = phase === 'finished' || phase === 'stopped';
  /** At rest the cards show the state that the run has left. */
  const cards = (final || phase === 'paused') && shown.step === step ? shown.metrics : {};
  const bases = basesOf(Object.keys(metrics));
  if (bases.length === 0) return null;
  return (
    <table className="figures">
      {bases.map((base) => {
        const rows: Row[] = [
          {
            side: 'train',
            says: t(dock.training, { step: formatCount(step) }),
            hint: t(dock.lastStepHint),
            value: metrics[base],
            metric: base,
          },
          { side: 'cards', says: t(dock.onCards), hint: t(dock.onCardsHint), value: cards[base] },
          {
            side: 'test',
            says: t(dock.validation),
            hint: t(dock.validationHint),
            value: metrics[testName(base)],
            metric: testName(base),
          },
        ];
        const sides = rows.filter(({ value }) => value !== undefined);
        return (
          <tbody key={base}>
            {sides.map(({ side, says, hint, value = Number.NaN, metric }, i) => (
              <tr key={side} title={hint}>
                {i === 0 && (
                  <th scope="rowgroup" rowSpan={sides.length}>
                    {titleOf(base)}
                  </th>
                )}
                <th scope="row" className={`legend ${side}`}>
                  {says}
                </th>
                <td>
                  {metric ? (
                    <output data-metric={metric} data-value={value}>
                      {final ? String(value) : formatNumber(value, 5)}
                    </output>
                  ) : (
                    <output data-on-cards={base}>{formatNumber(value)}</output>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

/** The metrics, those aside that are the held-back side of another. */
export const basesOf = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !names.some((other) => testName(other) === name));

/** The held-back side of a metric: `testLoss` of `loss`. */
export const testName = (name: string): string => `test${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** How a metric is called; where several nodes measure one, with the card's title: `loss:left` is `Loss · left`. */
export function useMetricTitle(): (name: string) => string {
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  return (name) => {
    const [, base = name, path] = /^([^:]+):(.+)$/.exec(name) ?? [];
    const title = metricNames[base]?.[locale] ?? base;
    return path === undefined ? title : `${title} · ${nodeTitle(document, path as PathText, locale)}`;
  };
}
