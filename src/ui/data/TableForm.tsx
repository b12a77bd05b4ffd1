/** A table as it was found: its columns with what stands in them, and what each is taken for. */
import { useMemo, useState } from 'react';
import { byteText } from '../../base/bytes.ts';
import { rowsThatFit } from '../../datasets/room.ts';
import { type Choices, columnsOf, recipeFor } from '../../datasets/table/recipe.ts';
import type { TableForm as WrittenForm } from '../../datasets/table/sniff.ts';
import type { FieldKind } from '../../datasets/table/survey.ts';
import type { SurveyedTable } from '../../datasets/table/survey-table.ts';
import { shareHeldBack } from '../../document/with-own-data.ts';
import { useT } from '../locale.ts';
import { BrokenLines } from './BrokenLines.tsx';
import { Columns } from './Columns.tsx';
import { dataWords } from './data-words.ts';
import { Choice, Count, FormFoot, type FormProps } from './FormFoot.tsx';

interface TableFormProps extends FormProps {
  readonly table: SurveyedTable;
  /** The file is to be read otherwise. */
  onForm(form: Partial<WrittenForm>): void;
}

type Normalisation = 'none' | 'standard' | 'minmax';

/** `random`, `stratified`, or a column that orders or groups rows: `order:day`. */
type SplitChoice = 'random' | 'stratified' | `order:${string}` | `group:${string}`;

export function TableForm({ table, onForm, onMake, ...foot }: TableFormProps) {
  const t = useT();
  const { survey, form } = table;
  const [kinds, setKinds] = useState<Readonly<Record<string, FieldKind>>>({});
  const [target, setTarget] = useState(survey.target ?? '');
  const [split, setSplit] = useState<SplitChoice>();
  const usualShare = shareHeldBack(survey.rows);
  const [share, setShare] = useState(usualShare);
  const [sample, setSample] = useState(survey.rows);
  const [normalise, setNormalise] = useState<Normalisation>('standard');
  const [missing, setMissing] = useState<'drop' | 'mean'>('drop');
  const kindOf = (name: string): FieldKind | undefined =>
    (Object.hasOwn(kinds, name) ? kinds[name] : undefined) ??
    survey.fields.find((field) => field.name === name)?.kind;

  const isClass = target !== '' && kindOf(target) === 'class';
  const chosen: SplitChoice = split ?? (isClass ? 'stratified' : 'random');
  const [by, column] = chosen.split(/:(.*)/s);
  const others = survey.fields.filter(({ name }) => name !== target).slice(0, 200);
  const used = survey.fields.filter(({ name }) => kindOf(name) !== 'ignored').slice(0, 1000);
  const splits: (readonly [SplitChoice, string])[] = [
    ['random', t(dataWords.random)],
    ...(isClass ? [['stratified', t(dataWords.stratified)] as const] : []),
    ...others
      .filter(({ name }) => kindOf(name) === 'date' || kindOf(name) === 'number')
      .map(({ name }) => [`order:${name}`, t(dataWords.order, { column: name })] as const),
    ...others
      .filter(({ name }) => kindOf(name) !== 'date')
      .map(({ name }) => [`group:${name}`, t(dataWords.group, { column: name })] as const),
  ];

  const choices: Choices = {
    kinds,
    target: target === '' ? null : target,
    ...(by === 'order' && { order: column }),
    ...(by === 'group' && { group: column }),
    missing,
  };
  const { width, most } = useRoom(table, choices);
  const rows = Math.min(sample, most);
  const make = () =>
    onMake({ kind: 'table', choices: { ...choices, sample: rows } }, { test: share, splitBy: by, normalise });

  return (
    <>
      <p className="soft">{t(dataWords.rows, { rows: survey.rows })}</p>
      <Columns
        survey={survey}
        kindOf={kindOf}
        target={target}
        onKind={(name, kind) => setKinds({ ...kinds, [name]: kind })}
      />
      <BrokenLines survey={survey} />
      {most < survey.rows && (
        <p className="data-room" role="status">
          {t(dataWords.tooMany, { width, bytes: byteText(4 * width * survey.rows), most })}
        </p>
      )}
      <div className="data-choices">
        <Choice
          label={t(dataWords.target)}
          value={target}
          options={[['', t(dataWords.nothing)], ...used.map(({ name }) => [name, name] as const)]}
          onChange={setTarget}
        />
        <Choice<SplitChoice> label={t(dataWords.split)} value={chosen} options={splits} onChange={setSplit} />
        <Count
          label={t(dataWords.share)}
          value={share}
          min={0}
          max={0.9}
          step={Math.min(0.05, usualShare)}
          onChange={setShare}
        />
        <Count key={most} label={t(dataWords.sample)} value={rows} min={2} max={most} onChange={setSample} />
        <Choice<Normalisation>
          label={t(dataWords.normalise)}
          value={normalise}
          options={(['none', 'standard', 'minmax'] as const).map((kind) => [kind, t(dataWords[kind])])}
          onChange={setNormalise}
        />
        <Choice<'drop' | 'mean'>
          label={t(dataWords.gaps)}
          value={missing}
          options={(['drop', 'mean'] as const).map((kind) => [kind, t(dataWords[kind])])}
          onChange={setMissing}
        />
        <WrittenChoices form={form} onForm={onForm} />
      </div>
      <FormFoot {...foot} onAdd={make} />
    </>
  );
}

/** Numbers that a row comes to, and how many rows there is room for: those of the file, or a sample of them. */
function useRoom({ survey, form }: SurveyedTable, choices: Choices) {
  // As text: the choices are another object each time.
  const chosen = JSON.stringify(choices);
  return useMemo(() => {
    const columns = columnsOf(recipeFor(survey, form, JSON.parse(chosen) as Choices));
    const width = columns.reduce((sum, { axes }) => sum + (axes[0]?.size ?? 1), 0);
    return { width, most: Math.min(survey.rows, rowsThatFit(width)) };
  }, [survey, form, chosen]);
}

interface WrittenChoicesProps {
  readonly form: WrittenForm;
  onForm(form: Partial<WrittenForm>): void;
}

/** How the file is written, where that was guessed wrongly. */
function WrittenChoices({ form, onForm }: WrittenChoicesProps) {
  const t = useT();
  return (
    <>
      <Choice
        label={t(dataWords.separated)}
        value={form.delimiter}
        options={[
          [',', t(dataWords.comma)],
          [';', t(dataWords.semicolon)],
          ['\t', t(dataWords.tab)],
          ['|', t(dataWords.bar)],
          [' ', t(dataWords.space)],
        ]}
        onChange={(delimiter) => onForm({ delimiter })}
      />
      <Choice
        label={t(dataWords.decimal)}
        value={form.decimal}
        options={[
          ['.', t(dataWords.point)],
          [',', t(dataWords.decimalComma)],
        ]}
        onChange={(decimal) => onForm({ decimal })}
      />
      <label className="data-check">
        <input
          type="checkbox"
          checked={form.header}
          onChange={({ target: box }) => onForm({ header: box.checked })}
        />
        {t(dataWords.header)}
      </label>
    </>
  );
}
