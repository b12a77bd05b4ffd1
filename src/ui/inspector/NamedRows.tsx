/** A list of things with names – sizes, numbers –: a row for each, and a form for a new name. */
import { type ReactNode, useState } from 'react';
import { fill, type Text } from '../../base/text.ts';
import { axisName } from '../../tensor/axes-text.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { inspector } from '../strings/inspector.ts';
import type { DraftReading } from './DraftInput.tsx';

interface NamedRowsProps {
  readonly title: Text;
  readonly doc: Text;
  readonly names: readonly string[];
  /** What is said of the form: what a name is for, an example of one, what its button does. */
  readonly words: { readonly name: Text; readonly example: string; readonly add: Text };
  removeLabel(name: string): string;
  onRemove(name: string): void;
  onAdd(name: string): void;
  /** The field of a row. */
  children(name: string): ReactNode;
}

export function NamedRows({ title, doc, names, children, removeLabel, onRemove, ...form }: NamedRowsProps) {
  const t = useT();
  return (
    <section className="part">
      <h3>{t(title)}</h3>
      <p className="doc">{t(doc)}</p>
      <ul className="dims">
        {names.map((name) => (
          <li key={name}>
            <span className="math">{name}</span>
            {children(name)}
            <button
              type="button"
              className="icon-button"
              aria-label={removeLabel(name)}
              onClick={() => onRemove(name)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <NewName taken={names} {...form} />
    </section>
  );
}

interface NewNameProps extends Pick<NamedRowsProps, 'words' | 'onAdd'> {
  readonly taken: readonly string[];
}

function NewName({ taken, words, onAdd }: NewNameProps) {
  const t = useT();
  const [draft, setDraft] = useState('');
  const name = draft.trim();
  const read = readName(name, taken);
  const isBad = draft !== '' && 'problem' in read;
  return (
    <form
      className="new-dim"
      onSubmit={(event) => {
        event.preventDefault();
        if (!('value' in read)) return;
        onAdd(name);
        setDraft('');
      }}
    >
      <input
        className="input math"
        aria-label={t(words.name)}
        placeholder={words.example}
        value={draft}
        maxLength={50}
        autoComplete="off"
        aria-invalid={isBad}
        onChange={(event) => setDraft(event.target.value)}
      />
      <button type="submit" className="button" disabled={'problem' in read}>
        <Icon name="plus" /> {t(words.add)}
      </button>
      {isBad && <p className="field-note bad">{t(read.problem)}</p>}
    </form>
  );
}

function readName(name: string, taken: readonly string[]): DraftReading {
  if (!axisName.test(name)) return { problem: inspector.badName };
  if (taken.includes(name)) return { problem: fill(inspector.nameTaken, { name }) };
  return { value: name };
}
