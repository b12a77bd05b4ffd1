/** Each tensor of the graph and where it is taken from: a row that can be changed. */
import type { WeightMap, WeightMatch } from '../../worker/torch-exchange.ts';
import { useT } from '../locale.ts';
import { torchWords } from './torch-words.ts';

interface WeightRowsProps {
  readonly match: WeightMatch;
  readonly map: WeightMap;
  onMap(map: WeightMap): void;
}

const shapeText = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

export function WeightRows({ match, map, onMap }: WeightRowsProps) {
  const t = useT();
  const { taken, missing, left } = match;
  const names = [...new Set([...taken.flatMap(({ from }) => from), ...left.map(({ name }) => name)])].sort();
  // What is not found comes first: it wants looking at.
  const rows = [
    ...missing.map((one) => ({ ...one, from: one.from ?? [], transpose: false, isMissing: true as const })),
    ...taken.map((one) => ({ ...one, isMissing: false as const })),
  ];
  /** What is missing stays so: a map that does not name it would take its namesake. */
  const known: WeightMap = { ...Object.fromEntries(missing.map(({ name }) => [name, null])), ...map };
  /** Once it is written to its end: the row is another one then. */
  function commit(row: (typeof rows)[number], written: string): void {
    const from = written.split(' + ').filter((name) => name !== '');
    const [first = null] = from;
    if (from.join() === row.from.join() || !from.every((name) => names.includes(name))) return;
    onMap({ ...known, [row.name]: from.length > 1 ? from : first });
  }
  return (
    <>
      <Found match={match} />
      <datalist id="weight-names">
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <div className="torch-rows">
        <table>
          <thead>
            <tr>
              <th>{t(torchWords.here)}</th>
              <th>{t(torchWords.shape)}</th>
              <th>{t(torchWords.there)}</th>
              <th>{t(torchWords.transposed)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.name} data-missing={row.isMissing || undefined}>
                <td>
                  <code>{row.name}</code>
                </td>
                <td>
                  <code>{shapeText(row.shape)}</code>
                  {row.isMissing && (
                    <span className="torch-why">
                      {row.was
                        ? t(torchWords.otherShape, { shape: shapeText(row.was) })
                        : t(row.from.length > 0 ? torchWords.absent : torchWords.nothing)}
                    </span>
                  )}
                </td>
                <td>
                  <input
                    key={row.from.join(' + ')}
                    list="weight-names"
                    aria-label={t(torchWords.sourceOf, { name: row.name })}
                    placeholder={t(torchWords.nothing)}
                    defaultValue={row.from.join(' + ')}
                    spellCheck={false}
                    autoComplete="off"
                    onBlur={({ target }) => commit(row, target.value)}
                    onKeyDown={({ key, currentTarget }) => {
                      if (key === 'Enter') commit(row, currentTarget.value);
                    }}
                  />
                </td>
                <td>
                  {row.shape.length === 2 && !row.isMissing && (
                    <input
                      type="checkbox"
                      aria-label={t(torchWords.transposeOf, { name: row.name })}
                      checked={row.transpose}
                      // A matrix that is not square fits in one way only.
                      disabled={row.shape[0] !== row.shape[1]}
                      onChange={({ target }) =>
                        onMap({ ...known, [row.name]: { from: [...row.from], transpose: target.checked } })
                      }
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {left.length > 0 && <Unused left={left} />}
    </>
  );
}

/** How many, and how. */
function Found({ match: { taken, missing } }: Pick<WeightRowsProps, 'match'>) {
  const t = useT();
  const by = (way: (typeof taken)[number]['by']) => taken.filter((one) => one.by === way).length;
  const ways = [
    { says: torchWords.byMap, count: by('map') },
    { says: torchWords.byName, count: by('name') },
    { says: torchWords.byOrder, count: by('order') },
  ].flatMap(({ says, count }) => (count > 0 ? [t(says, { count })] : []));
  return (
    <p>
      {t(torchWords.found, { count: taken.length, all: taken.length + missing.length })}{' '}
      <span className="soft">{ways.join(' · ')}</span>
    </p>
  );
}

/** Of the file. */
function Unused({ left }: Pick<WeightMatch, 'left'>) {
  const t = useT();
  return (
    <details className="torch-left">
      <summary>{t(torchWords.left, { count: left.length })}</summary>
      <ul>
        {left.map(({ name, shape }) => (
          <li key={name}>
            <code>
              {name} {shapeText(shape)}
            </code>
          </li>
        ))}
      </ul>
    </details>
  );
}
