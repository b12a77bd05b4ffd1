/** What each kind of data ends with: to add it, or not to. */
import { useT } from '../locale.ts';
import type { Making } from './data-messages.ts';
import { dataWords } from './data-words.ts';

/** What the forms of all kinds of data get. */
export interface FormProps {
  readonly isMaking: boolean;
  /** What the button says that ends it. */
  readonly add: string;
  onCancel(): void;
  /** `node`: parameters of the data set node. */
  onMake(making: Making, node?: Readonly<Record<string, unknown>>): void;
}

interface FormFootProps extends Pick<FormProps, 'isMaking' | 'add' | 'onCancel'> {
  onAdd(): void;
}

export function FormFoot({ isMaking, add, onCancel, onAdd }: FormFootProps) {
  const t = useT();
  return (
    <div className="dialog-foot row">
      <button type="button" className="button" onClick={onCancel}>
        {t(dataWords.cancel)}
      </button>
      <button type="button" className="button primary" disabled={isMaking} onClick={onAdd}>
        {add}
      </button>
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [value: T, label: string])[];
  onChange(value: T): void;
}

/** One of a few. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <label className="data-choice">
      <span>{label}</span>
      <select value={value} onChange={({ target }) => onChange(target.value as T)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}

interface CountProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  onChange(value: number): void;
}

export function Count({ label, value, min, max, step = 1, onChange }: CountProps) {
  return (
    <label className="data-choice">
      <span>{label}</span>
      <input
        type="number"
        defaultValue={value}
        {...{ min, max, step }}
        onChange={({ target }) => {
          const number = target.valueAsNumber;
          if (number >= min && number <= max) onChange(number);
        }}
      />
    </label>
  );
}
