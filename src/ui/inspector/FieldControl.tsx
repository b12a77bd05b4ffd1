/** One parameter of a node as a form control, chosen by what the node type's schema says of it. */
import type { Field } from '../../catalogue/fields.ts';
import { useT } from '../locale.ts';
import { lazily } from '../parts/lazily.tsx';
import { inspector } from '../strings/inspector.ts';
import { DraftInput } from './DraftInput.tsx';
import { formatField, parseField } from './parse-fields.ts';
import { formatNumbers } from './parse-numbers.ts';

const GroupsControl = lazily(async () => (await import('./GroupsControl.tsx')).GroupsControl);
const PointsPad = lazily(async () => (await import('../data/PointsPad.tsx')).PointsPad);

/** Longer lists are not written out in a text box. */
const MOST_NUMBERS = 20_000;

const inMathLetters = ['axes', 'names', 'expression', 'order'];

interface FieldControlProps {
  readonly field: Field;
  readonly id: string;
  readonly value: unknown;
  /** Sizes of the tensor the field's numbers fill, where they are known. */
  readonly shape: readonly number[] | undefined;
  /** Names of numbers of the block around, which a number may be. */
  readonly numbers?: readonly string[];
  /** The names of what the node contracts, by which an order speaks of it. */
  readonly operands: readonly string[];
  readonly onValue: (value: unknown) => void;
}

export function FieldControl(props: FieldControlProps) {
  const { field, id, value, numbers = [], operands, onValue } = props;
  const t = useT();
  if (field.kind === 'boolean')
    return (
      <input
        id={id}
        type="checkbox"
        className="switch"
        role="switch"
        aria-checked={value === true}
        checked={value === true}
        onChange={(event) => onValue(event.target.checked)}
      />
    );
  if (field.kind === 'choice')
    return (
      <select
        id={id}
        className="input"
        value={String(value)}
        onChange={(event) => onValue(event.target.value)}
      >
        {field.choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {t(choice.label)}
          </option>
        ))}
      </select>
    );
  if (field.widget === 'groups') return <GroupsControl id={id} value={value} onValue={onValue} />;
  if (field.widget === 'points') return <PointsPad id={id} value={value} onValue={onValue} />;
  if (field.widget === 'values') return <ValuesControl {...props} />;
  if (field.widget === 'flags') return <FlagsControl {...props} />;
  const numeric = field.kind === 'number' || field.kind === 'integer';
  return (
    <DraftInput
      id={id}
      value={value}
      format={(v) => formatField(field, v)}
      parse={(text) => parseField(field, text, { numbers, operands })}
      onValue={onValue}
      numeric={numeric}
      math={field.widget !== undefined && inMathLetters.includes(field.widget)}
      mayExpire={field.widget === 'order'}
      {...(field.widget === 'json' && { rows: 3 })}
      {...((numeric || field.kind === 'size' || field.widget === 'per-axis') && { nudge })}
      {...(field.widget === 'axes' && { placeholder: 'i 3, j 4' })}
      {...(field.widget === 'expression' && { placeholder: 'ij,jk->ik' })}
    />
  );
}

/** Arrows change a whole number by one, any other by a unit of its second digit. */
function nudge(value: unknown, by: number): unknown {
  if (typeof value !== 'number') return undefined;
  if (Number.isInteger(value)) return value + by;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Number((value + by * unit).toPrecision(12));
}

/** Which of a few names stand in a list. */
function FlagsControl({ field, id, value, onValue }: FieldControlProps) {
  const t = useT();
  const chosen = (value ?? []) as readonly string[];
  return (
    <div className="flags" id={id}>
      {field.choices.map(({ value: name, label }) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            onChange={(event) => {
              const next = field.choices.map((choice) => choice.value);
              onValue(
                next.filter((other) => (other === name ? event.target.checked : chosen.includes(other))),
              );
            }}
          />
          {t(label)}
        </label>
      ))}
    </div>
  );
}

function ValuesControl({ field, id, value, shape, onValue }: FieldControlProps) {
  const t = useT();
  const values = (value ?? []) as readonly number[];
  const needed = shape?.reduce((n, size) => n * size, 1);
  const note =
    needed === undefined || values.length === 0
      ? t(inspector.count, { count: values.length })
      : t(inspector.countOf, { count: values.length, needed });
  if (values.length > MOST_NUMBERS) return <p className="field-note">{note}</p>;
  return (
    <DraftInput
      id={id}
      value={value}
      rows={Math.min(8, Math.max(2, needed === undefined ? 2 : needed / (shape?.at(-1) ?? 1)))}
      format={(v) => formatNumbers((v ?? []) as readonly number[], shape?.at(-1) ?? values.length)}
      parse={(text) => parseField(field, text, { needed })}
      onValue={onValue}
      note={note}
    />
  );
}
