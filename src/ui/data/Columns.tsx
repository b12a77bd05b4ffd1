/** The columns of a table with their kinds, what stands in them at a glance, and the first rows. */
import type { FieldKind, FieldSurvey, TableSurvey } from '../../datasets/table/survey.ts';
import { useT } from '../locale.ts';
import { formatNumber as figure } from '../parts/numbers.ts';
import { dataWords } from './data-words.ts';

/** Columns and rows that are drawn: what is further is scrolled to in no reasonable time. */
const SHOWN = 60;
const ROWS = 5;

interface ColumnsProps {
  readonly survey: TableSurvey;
  kindOf(name: string): FieldKind | undefined;
  readonly target: string;
  onKind(name: string, kind: FieldKind): void;
}

const kinds = ['number', 'class', 'date', 'ignored'] as const;

export function Columns({ survey, kindOf, target, onKind }: ColumnsProps) {
  const t = useT();
  const fields = survey.fields.slice(0, SHOWN);
  const all = survey.fields.length;
  return (
    <>
      <section className="data-columns" aria-label={t(dataWords.column)}>
        <table>
          <thead>
            <tr>
              {fields.map(({ name }) => (
                <th key={name} scope="col" data-target={name === target || undefined} title={name}>
                  {name}
                </th>
              ))}
            </tr>
            <tr>
              {fields.map(({ name }) => (
                <td key={name}>
                  <select
                    aria-label={t(dataWords.kind, { column: name })}
                    value={kindOf(name)}
                    onChange={({ target: { value } }) => onKind(name, value as FieldKind)}
                  >
                    {kinds.map((kind) => (
                      <option key={kind} value={kind}>
                        {t(dataWords[kind])}
                      </option>
                    ))}
                  </select>
                </td>
              ))}
            </tr>
            <tr>
              {fields.map((field) => (
                <td key={field.name} data-kind={kindOf(field.name)}>
                  <Glance field={field} kind={kindOf(field.name)} />
                </td>
              ))}
            </tr>
          </thead>
          <tbody>
            {survey.first.slice(0, ROWS).map((row, r) => (
              // Rows of a file have no names, and never change places.
              // biome-ignore lint/suspicious/noArrayIndexKey: see above.
              <tr key={r}>
                {fields.map(({ name }, c) => (
                  <td key={name} data-kind={kindOf(name)}>
                    {row[c]?.slice(0, 60)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {all > SHOWN && <p className="soft">{t(dataWords.columnsMany, { shown: SHOWN, all })}</p>}
    </>
  );
}

const HEIGHT = 28;

function Glance({ field, kind }: { readonly field: FieldSurvey; readonly kind: FieldKind | undefined }) {
  const t = useT();
  const { range, histogram, values, missing, others } = field;
  const isNumber = kind === 'number' && range && histogram;
  return (
    <div className="data-glance">
      {isNumber ? (
        <>
          <Bars counts={histogram} label={t(dataWords.histogram, words(range))} />
          <span className="soft">
            {figure(range.min)} … {figure(range.max)}
          </span>
        </>
      ) : (
        <>
          <Bars counts={(values ?? []).slice(0, 12).map(([, count]) => count)} label="" />
          <span className="soft">
            {values ? t(dataWords.values, { count: values.length }) : t(dataWords.manyValues)}
          </span>
        </>
      )}
      {missing > 0 && <span className="data-gap">{t(dataWords.missing, { count: missing })}</span>}
      {kind === 'number' && others > 0 && (
        <span className="data-gap">{t(dataWords.noNumbers, { count: others })}</span>
      )}
    </div>
  );
}

const words = ({ min, max, mean }: NonNullable<FieldSurvey['range']>) => ({
  from: figure(min),
  to: figure(max),
  mean: figure(mean),
});

function Bars({ counts, label }: { readonly counts: readonly number[]; readonly label: string }) {
  const most = Math.max(1, ...counts);
  const width = 100 / Math.max(1, counts.length);
  return (
    <svg
      className="data-bars"
      viewBox={`0 0 100 ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {counts.map((count, i) => {
        const height = (HEIGHT * count) / most;
        // Bars have no names, and never change places.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above.
        return <rect key={i} x={i * width} y={HEIGHT - height} width={0.85 * width} height={height} />;
      })}
    </svg>
  );
}
