/** What was found in a table, in words and as JSON. */
import { visible } from '../base/visible.ts';
import type { Imported } from '../datasets/import-data.ts';
import type { BrokenLine, FieldSurvey } from '../datasets/table/survey.ts';
import type { SurveyedTable } from '../datasets/table/survey-table.ts';
import { figure, table } from './format.ts';

/** Lines that are told. */
const TOLD = 10;

export const surveyJson = ({ survey, form }: SurveyedTable) => ({
  form,
  target: survey.target,
  fields: survey.fields,
  broken: survey.broken,
  leftOut: survey.leftOut,
});

export function surveyText(
  imported: Exclude<Imported, { readonly fault: unknown }>,
  found?: SurveyedTable,
): string {
  const { own, dropped = 0 } = imported;
  const columns = Object.entries(own.columns).map(
    ([name, { shape, classes }]) =>
      `${visible(name)} [${[own.rows, ...shape].join(', ')}]${classes === undefined ? '' : `, ${classes} classes`}`,
  );
  const made = `${own.rows} rows: ${columns.join('; ')}`;
  if (!found) return made;
  const { fields, broken, leftOut } = found.survey;
  const rows = fields.map((field) => [field.name, field.kind, contentOf(field), gapsOf(field)]);
  const target = found.survey.target === undefined ? [] : [`target: ${visible(found.survey.target)}`];
  const gaps = dropped > 0 ? [`${dropped} rows with gaps are left out`] : [];
  const lines = leftOut > 0 ? [`${leftOut} broken lines are left out`] : [];
  return [
    table(rows),
    ...target,
    ...gaps,
    ...lines,
    ...broken.slice(0, TOLD).map((line) => `  ${brokenText(line)}`),
    ...(broken.length > TOLD ? ['  …'] : []),
    made,
  ].join('\n');
}

function contentOf({ kind, range, values }: FieldSurvey): string {
  if (kind === 'number' && range)
    return `${figure(range.min)} … ${figure(range.max)}, mean ${figure(range.mean)}`;
  if (!values) return 'many values';
  const shown = values.slice(0, 4).map(([value, count]) => `${value.slice(0, 20)} (${count})`);
  return `${shown.join(', ')}${values.length > 4 ? `, … ${values.length} values` : ''}`;
}

const gapsOf = ({ kind, missing, others }: FieldSurvey): string =>
  [missing > 0 && `${missing} missing`, kind === 'number' && others > 0 && `${others} no numbers`]
    .filter(Boolean)
    .join(', ');

function brokenText({ line, why, found, field }: BrokenLine): string {
  const reasons = {
    quote: 'a quote is not closed, or more stands behind it',
    long: 'it is too long',
    fields: `it has ${found} fields`,
    number: `“${visible(String(found))}” in ${visible(field ?? '')} is no number`,
  };
  return `line ${line}: ${reasons[why]}`;
}
