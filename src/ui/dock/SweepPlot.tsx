/** Where the runs of a sweep ended, against the setting that it went over; a line for each value of a second one. */
import type { SettingValue } from '../../document/sweep.ts';
import { useT } from '../locale.ts';
import { formatNumber } from '../parts/numbers.ts';
import type { PastRun } from '../run/past-runs.ts';
import { sweepWords as words } from '../strings/sweep-words.ts';
import { testName, useMetricTitle } from './Figures.tsx';
import { runColour } from './run-colour.ts';

const [WIDTH, HEIGHT] = [250, 150];
const PAD = { left: 46, right: 12, top: 8, bottom: 30 };

/** The runs that go over the same settings as the newest that was swept. */
function sweptTogether(runs: readonly PastRun[]) {
  const names = (run: PastRun) => Object.keys(run.tried ?? {}).join('\n');
  const newest = runs.findLast(({ tried }) => tried !== undefined);
  return newest ? runs.filter((run) => run.tried && names(run) === names(newest)) : [];
}

export function SweepPlot({ runs }: { readonly runs: readonly PastRun[] }) {
  const t = useT();
  const metricTitle = useMetricTitle();
  const swept = sweptTogether(runs);
  const [x = '', second] = Object.keys(swept[0]?.tried ?? {});
  const base = Object.keys(swept[0]?.metrics ?? {})[0] ?? '';
  const metric = swept.some(({ metrics }) => metrics[testName(base)] !== undefined) ? testName(base) : base;
  const values = distinct(swept.map(({ tried }) => tried?.[x]));
  if (values.length < 2) return null;
  const heights = swept.map(({ metrics }) => metrics[metric] ?? Number.NaN).filter(Number.isFinite);
  const [least, most] = [Math.min(...heights), Math.max(...heights)];
  const across = (value: SettingValue | undefined) =>
    PAD.left + ((WIDTH - PAD.left - PAD.right) * values.indexOf(settingText(value))) / (values.length - 1);
  const up = (value: number) =>
    HEIGHT - PAD.bottom - ((HEIGHT - PAD.top - PAD.bottom) * (value - least)) / (most - least || 1);
  const lines = distinct(swept.map(({ tried }) => (second === undefined ? '' : tried?.[second])));
  const title = t(words.plot, { metric: metricTitle(metric), setting: x });
  return (
    <figure className="sweep-plot">
      <figcaption>{title}</figcaption>
      <svg width={WIDTH} height={HEIGHT} role="img" aria-label={title}>
        {[least, most].map((value) => (
          <text key={value} x={PAD.left - 6} y={up(value) + 4} textAnchor="end">
            {formatNumber(value, 3)}
          </text>
        ))}
        {values.map((value) => (
          <text key={value} x={across(value)} y={HEIGHT - 12} textAnchor="middle">
            {value}
          </text>
        ))}
        {lines.map((line, k) => {
          const points = swept
            .filter(({ tried }) => second === undefined || settingText(tried?.[second]) === line)
            .flatMap(({ tried, metrics }) => {
              const y = metrics[metric];
              return y === undefined || !Number.isFinite(y) ? [] : [{ x: across(tried?.[x]), y: up(y) }];
            });
          const stroke = second === undefined ? 'var(--accent)' : runColour(k);
          return (
            <g key={line} stroke={stroke} fill={stroke}>
              <polyline points={points.map((p) => `${p.x},${p.y}`).join(' ')} fill="none" />
              {points.map((p) => (
                <circle key={p.x} cx={p.x} cy={p.y} r="3" />
              ))}
              {second !== undefined && points[0] && <title>{`${second} = ${line}`}</title>}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

const settingText = (value: SettingValue | undefined): string => (value === undefined ? '' : String(value));

const distinct = (values: readonly (SettingValue | undefined)[]): readonly string[] => [
  ...new Set(values.map(settingText)),
];
