/**
 * The newest figure of each metric; of a run that is over, with every digit it has. The sides carry the
 * colours of their curves: this is the charts' legend too.
 */
import type { Text } from '../../base/text.ts';
import { useT } from '../locale.ts';
import { formatNumber } from '../parts/numbers.ts';
import { dock, metricNames } from '../strings/dock.ts';

interface FiguresProps {
  readonly metrics: Readonly<Record<string, number>>;
  readonly final: boolean;
}

export function Figures({ metrics, final }: FiguresProps) {
  const t = useT();
  const names = Object.keys(metrics);
  const bases = names.filter((name) => !names.some((other) => testName(other) === name));
  if (bases.length === 0) return null;
  return (
    <table className="figures">
      {bases.map((base) => {
        const sides = [
          { name: base, side: 'train', says: t(dock.training) },
          { name: testName(base), side: 'test', says: t(dock.heldBack) },
        ].filter(({ name }) => name in metrics);
        return (
          <tbody key={base}>
            {sides.map(({ name, side, says }, i) => (
              <tr key={name}>
                {i === 0 && (
                  <th scope="rowgroup" rowSpan={sides.length}>
                    {t(metricTitle(base))}
                  </th>
                )}
                <th scope="row" className={`legend ${side}`}>
                  {says}
                </th>
                <td>
                  <output data-metric={name} data-value={metrics[name]}>
                    {final ? String(metrics[name]) : formatNumber(metrics[name] ?? Number.NaN, 5)}
                  </output>
                </td>
              </tr>
            ))}
          </tbody>
        );
      })}
    </table>
  );
}

const testName = (name: string): string => `test${name.charAt(0).toUpperCase()}${name.slice(1)}`;

export const metricTitle = (name: string): Text => metricNames[name] ?? { en: name, zh: name };
