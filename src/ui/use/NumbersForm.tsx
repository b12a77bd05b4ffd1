/** A row of features typed by hand. */
import { useT } from '../locale.ts';
import { usageWords as words } from '../strings/use-words.ts';

interface NumbersFormProps {
  readonly names: readonly string[];
  readonly numbers: Float32Array;
  onNumbers(numbers: Float32Array<ArrayBuffer>): void;
}

export function NumbersForm({ names, numbers, onNumbers }: NumbersFormProps) {
  const t = useT();
  return (
    <div className="use-form">
      {names.map((name, i) => (
        <label key={name}>
          <span className="math">{name}</span>
          <input
            className="input"
            type="number"
            step="any"
            aria-label={t(words.value, { name })}
            value={Number((numbers[i] ?? 0).toPrecision(6))}
            onChange={(event) => {
              const value = event.target.valueAsNumber;
              if (Number.isFinite(value)) onNumbers(numbers.with(i, value));
            }}
          />
        </label>
      ))}
    </div>
  );
}
