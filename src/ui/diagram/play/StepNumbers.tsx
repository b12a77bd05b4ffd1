/** What a step has made: its numbers where they are few, else as colours; its first index down, the others across. */
import { useMemo } from 'react';
import { useT } from '../../locale.ts';
import { MatrixHeat } from '../../parts/Heat.tsx';
import { formatNumber } from '../../parts/numbers.ts';
import { diagramWords as words } from '../../strings/diagram-words.ts';

interface StepNumbersProps {
  readonly step: number;
  readonly data: readonly number[];
  /** The size of its first index; 1 of a number. */
  readonly rows: number;
}

/** Rows and columns up to which numbers are written. */
const mostWritten = 4;

export function StepNumbers({ step, data, rows }: StepNumbersProps) {
  const t = useT();
  const columns = data.length / rows;
  const table = useMemo(
    () => Array.from({ length: rows }, (_, i) => data.slice(i * columns, (i + 1) * columns)),
    [data, rows, columns],
  );
  const says = t(words.makes, { step });
  if (rows > mostWritten || columns > mostWritten) return <MatrixHeat rows={table} label={says} />;
  return (
    <table className="diagram-numbers" aria-label={says}>
      <tbody>
        {table.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row of a tensor is known by its position.
          <tr key={i}>
            {row.map((x, j) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: so is its column.
              <td key={j} title={String(x)}>
                {formatNumber(x, 3)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
