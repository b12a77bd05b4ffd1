/** The newest figure of each metric; of a run that is over, with every digit it has. */
import type { Text } from '../../base/text.ts';
import { formatNumber } from '../canvas/numbers.ts';
import { useT } from '../locale.ts';
import { dock, metricNames } from '../strings/dock.ts';

interface FiguresProps {
  readonly metrics: Readonly<Record<string, number>>;
  readonly final: boolean;
}

export function Figures({ metrics, final }: FiguresProps) {
  const t = useT();
  const names = Object.keys(metrics).filter((name) => !heldBackOf(name, metrics));
  if (names.length === 0) return null;
  const show = (name: string) => {
    const value = metrics[name];
    if (value === undefined) return '';
    return (
      <output data-metric={name} data-value={value}>
        {final ? String(value) : formatNumber(value, 5)}
      </output>
    );
  };
  const held = names.some((name) => testName(name) in metrics);
  return (
    <table className="figures">
      <thead>
        <tr>
          <th scope="col">{t(dock.metric)}</th>
          <th scope="col">{t(dock.training)}</th>
          {held && <th scope="col">{t(dock.heldBack)}</th>}
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name}>
            <th scope="row">{t(metricTitle(name))}</th>
            <td>{show(name)}</td>
            {held && <td>{show(testName(name))}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const testName = (name: string): string => `test${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Whether this is the held-back side of another metric here. */
const heldBackOf = (name: string, metrics: object): boolean =>
  Object.keys(metrics).some((other) => testName(other) === name);

export const metricTitle = (name: string): Text => metricNames[name] ?? { en: name, zh: name };
