/** Fields of the lesson's editor: words in both languages, numbers, choices. What cannot stand there is said under it. */
import { type ReactNode, useId } from 'react';
import { type Text, text } from '../../../base/text.ts';
import { visible } from '../../../base/visible.ts';
import { DraftInput } from '../../inspector/DraftInput.tsx';
import { parseNumber } from '../../inspector/parse-fields.ts';
import { localeName, useT } from '../../locale.ts';
import type { JsonPlace } from '../json-at.ts';
import { editorWords } from './editor-words.ts';
import { useEdit } from './use-lesson-edit.ts';

interface FieldProps {
  readonly path: JsonPlace;
  readonly label: Text;
}

interface WrittenProps extends FieldProps {
  readonly format?: (value: unknown) => string;
  /** Gives the value, or undefined where the text is none. */
  readonly read?: (text: string) => { readonly value: unknown } | undefined;
  /** Said where the text is none. */
  readonly needs?: Text;
  readonly rows?: number;
  readonly note?: string;
  readonly numeric?: boolean;
}

const written = (value: unknown): string => (value === undefined ? '' : String(value));
const asText = (value: string) => ({ value });

/** A box for what is written; every good draft is applied at once. */
export function WrittenField({ path, label, read = asText, ...more }: WrittenProps) {
  const t = useT();
  const id = useId();
  const { at, set, faultOf } = useEdit();
  return (
    <div className="lesson-field">
      <label htmlFor={id}>{t(label)}</label>
      <DraftInput
        id={id}
        value={at(path)}
        format={more.format ?? written}
        parse={(draft) => {
          const found = read(draft);
          if (!found) return { problem: more.needs ?? editorWords.unreadable };
          const problem = faultOf(path, found.value);
          return problem ? { problem } : found;
        }}
        onValue={(value) => set(path, value, true)}
        {...(more.rows !== undefined && { rows: more.rows })}
        {...(more.note !== undefined && { note: more.note })}
        {...(more.numeric && { numeric: true })}
      />
    </div>
  );
}

/** A number that may be left out. */
export const NumberField = (props: FieldProps) => (
  <WrittenField
    {...props}
    numeric
    needs={editorWords.needsNumber}
    read={(draft) => {
      if (draft.trim() === '') return { value: undefined };
      const read = parseNumber(draft);
      return 'value' in read ? read : undefined;
    }}
  />
);

/** Any value of a parameter: JSON, or a word that is none. */
export const ValueField = (props: FieldProps) => (
  <WrittenField
    {...props}
    format={(value) => (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value))}
    read={(draft) => {
      if (draft.trim() === '') return { value: undefined };
      try {
        return { value: JSON.parse(draft) as unknown };
      } catch {
        return { value: draft.trim() };
      }
    }}
  />
);

interface PairProps extends FieldProps {
  /** Of the box: more than one for texts with paragraphs. */
  readonly rows?: number;
  /** May be left out as a whole. */
  readonly optional?: boolean;
}

const languages = { en: text('English', localeName.en), zh: text('简体中文', localeName.zh) } as const;

/** The same words in both languages; one that is missing is told. */
export function PairField({ path, label, rows, optional = false }: PairProps) {
  const t = useT();
  const { at } = useEdit();
  const pair = at(path) as { readonly en?: string; readonly zh?: string } | undefined;
  const note = (own: string | undefined, other: string | undefined) =>
    own || !other ? undefined : t(editorWords.untranslated);
  return (
    <fieldset className="lesson-pair">
      <legend>{t(label)}</legend>
      {(['en', 'zh'] as const).map((locale) => {
        const other = pair?.[locale === 'en' ? 'zh' : 'en'] ?? '';
        const said = note(pair?.[locale], other);
        return (
          <LocaleField
            key={locale}
            path={path}
            locale={locale}
            {...(rows !== undefined && { rows })}
            {...(said !== undefined && { note: said })}
            other={other}
            optional={optional}
          />
        );
      })}
    </fieldset>
  );
}

interface LocaleProps {
  readonly path: JsonPlace;
  readonly locale: 'en' | 'zh';
  readonly other: string;
  readonly optional: boolean;
  readonly rows?: number;
  readonly note?: string;
}

function LocaleField({ path, locale, other, optional, rows, note }: LocaleProps) {
  const t = useT();
  const id = useId();
  const { at, set, faultOf } = useEdit();
  const pair = (at(path) ?? { en: '', zh: '' }) as Readonly<Record<'en' | 'zh', string>>;
  const withWords = (words: string) =>
    optional && words === '' && other === '' ? undefined : { ...pair, [locale]: words };
  return (
    <div className="lesson-field">
      <label htmlFor={id}>{t(languages[locale])}</label>
      <DraftInput
        id={id}
        value={pair[locale]}
        format={written}
        parse={(draft) => {
          const problem = faultOf(path, withWords(draft));
          return problem ? { problem } : { value: draft };
        }}
        onValue={(value) => set(path, withWords(String(value)), true)}
        {...(rows !== undefined && { rows })}
        {...(note !== undefined && { note })}
      />
    </div>
  );
}

export interface FieldOption {
  readonly value: string;
  readonly title: string;
}

interface ChoiceProps {
  readonly label: Text;
  readonly value: string;
  readonly options: readonly FieldOption[];
  readonly onChange: (value: string) => void;
  readonly note?: ReactNode;
}

/** One of several; what is written there and is none of them stays to be seen. */
export function ChoiceField({ label, value, options, onChange, note }: ChoiceProps) {
  const t = useT();
  const id = useId();
  const known = options.some((option) => option.value === value);
  return (
    <div className="lesson-field">
      <label htmlFor={id}>{t(label)}</label>
      <div>
        <select id={id} className="input" value={value} onChange={(event) => onChange(event.target.value)}>
          {!known && <option value={value}>{visible(value)}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.title}
            </option>
          ))}
        </select>
        {note}
      </div>
    </div>
  );
}

/** What is spoken of at a path and is not in the document. */
export function Missing({ path }: { readonly path: JsonPlace }) {
  const t = useT();
  const { missing } = useEdit();
  return missing(path).map(({ what, name }) => (
    <p key={`${what.en} ${name}`} className="field-note bad" role="alert">
      {t(editorWords.notThere, { what, name: visible(name) })}
    </p>
  ));
}
