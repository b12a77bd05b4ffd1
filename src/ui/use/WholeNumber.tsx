/** A box for a whole number between two others. */

/** Of a seed. */
export const MOST_SEED = 0xffff_ffff;

interface WholeNumberProps {
  readonly label: string;
  readonly least: number;
  readonly most: number;
  readonly value: number;
  onValue(value: number): void;
}

/** A whole number; what is none is not taken. */
export function WholeNumber({ label, least, most, value, onValue }: WholeNumberProps) {
  return (
    <label>
      <span>{label}</span>
      <input
        className="input"
        type="number"
        min={least}
        max={most}
        value={value}
        onChange={(event) => {
          const next = event.target.valueAsNumber;
          if (Number.isInteger(next) && next >= least && next <= most) onValue(next);
        }}
      />
    </label>
  );
}
