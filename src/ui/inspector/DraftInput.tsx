/**
 * A box for text that stands for a value. What parses is applied at every keystroke; what does not is
 * said under the box and applied nowhere. The draft is forgotten as soon as the value changes elsewhere,
 * by an undo for instance.
 */
import { type KeyboardEvent, useId, useState } from 'react';
import type { Text } from '../../base/text.ts';
import { useT } from '../locale.ts';

export type DraftReading = { readonly value: unknown } | { readonly problem: Text };

export interface DraftInputProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: unknown;
  readonly format: (value: unknown) => string;
  readonly parse: (text: string) => DraftReading;
  readonly onValue: (value: unknown) => void;
  /** What an arrow key makes of the value; undefined: nothing. */
  readonly nudge?: (value: unknown, by: number) => unknown;
  readonly rows?: number;
  readonly placeholder?: string;
  readonly math?: boolean;
  readonly numeric?: boolean;
  /** Said under the box while all is well. */
  readonly note?: string;
  /** A value that was good may be so no longer: what is wrong with it is told too. */
  readonly mayExpire?: boolean;
}

const keyOf = (value: unknown): string => JSON.stringify(value) ?? '';

export function DraftInput(props: DraftInputProps) {
  const { value, format, parse, onValue, nudge, rows, note } = props;
  const t = useT();
  const ownId = useId();
  const id = props.id ?? ownId;
  const [draft, setDraft] = useState<{ text: string; of: string }>();
  const current = draft !== undefined && draft.of === keyOf(value) ? draft.text : undefined;
  const text = current ?? format(value);
  const reading = current === undefined && !props.mayExpire ? undefined : parse(text);
  const problem = reading && 'problem' in reading ? reading.problem : undefined;

  const change = (next: string) => {
    const read = parse(next);
    const changed = 'value' in read && keyOf(read.value) !== keyOf(value);
    setDraft({ text: next, of: keyOf(changed ? read.value : value) });
    if (changed) onValue(read.value);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (!nudge || direction === 0) return;
    const next = nudge(value, direction * (event.shiftKey ? 10 : 1));
    if (next === undefined) return;
    event.preventDefault();
    change(format(next));
  };
  const shared = {
    id,
    className: props.math ? 'input math' : 'input',
    value: text,
    placeholder: props.placeholder,
    spellCheck: false,
    autoComplete: 'off',
    'aria-label': props.label,
    'aria-invalid': problem !== undefined,
    'aria-describedby': (problem ?? note) ? `${id}-note` : undefined,
    onBlur: () => {
      if (!problem) setDraft(undefined);
    },
  };
  return (
    <div className="draft">
      {rows ? (
        <textarea {...shared} rows={rows} onChange={(event) => change(event.target.value)} />
      ) : (
        <input
          {...shared}
          inputMode={props.numeric ? 'decimal' : 'text'}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
      {(problem ?? note) && (
        <p className={problem ? 'field-note bad' : 'field-note'} id={`${id}-note`} aria-live="polite">
          {problem ? t(problem) : note}
        </p>
      )}
    </div>
  );
}
