/** What is chosen of a text, of pictures and of arrays. */
import { useState } from 'react';
import { useT } from '../locale.ts';
import type { DataLook } from './data-messages.ts';
import { dataWords } from './data-words.ts';
import { Count, FormFoot, type FormProps } from './FormFoot.tsx';

type Of<K extends DataLook['kind']> = { readonly look: Extract<DataLook, { kind: K }> } & FormProps;

export function TextForm({ look, onMake, ...foot }: Of<'text'>) {
  const t = useT();
  const [length, setLength] = useState(64);
  return (
    <>
      <p className="soft">{t(dataWords.characters, { count: look.characters, kinds: look.kinds })}</p>
      <pre className="data-text">{look.start}</pre>
      <div className="data-choices">
        <Count label={t(dataWords.length)} value={length} min={1} max={4096} onChange={setLength} />
      </div>
      <FormFoot {...foot} onAdd={() => onMake({ kind: 'text', length })} />
    </>
  );
}

export function PicturesForm({ look, onMake, ...foot }: Of<'pictures'>) {
  const t = useT();
  const [size, setSize] = useState(32);
  const [colour, setColour] = useState(false);
  const most = Math.max(...look.classes.map(([, count]) => count));
  return (
    <>
      <p className="soft">{t(dataWords.pictures, { count: look.count, classes: look.classes.length })}</p>
      <ul className="data-classes">
        {look.classes.slice(0, 50).map(([name, count]) => (
          <li key={name}>
            <span>{name || '–'}</span>
            <span className="data-bar" style={{ width: `${(100 * count) / most}px` }} />
            <span className="soft">{count}</span>
          </li>
        ))}
      </ul>
      <div className="data-choices">
        <Count label={t(dataWords.size)} value={size} min={1} max={512} onChange={setSize} />
        <label className="data-check">
          <input type="checkbox" checked={colour} onChange={({ target }) => setColour(target.checked)} />
          {t(dataWords.colour)}
        </label>
      </div>
      <FormFoot
        {...foot}
        onAdd={() => onMake({ kind: 'pictures', form: { width: size, height: size, colour } })}
      />
    </>
  );
}

export function ArraysForm({ look, onMake, ...foot }: Of<'arrays'>) {
  const t = useT();
  const { rows, columns } = look.own;
  return (
    <>
      <p className="soft">{t(dataWords.rows, { rows })}</p>
      <ul className="data-classes">
        {Object.entries(columns).map(([name, { shape, classes }]) => (
          <li key={name}>
            <span>{name}</span>
            <span className="soft">
              [{[rows, ...shape].join(', ')}]
              {classes === undefined ? '' : ` · ${t(dataWords.values, { count: classes })}`}
            </span>
          </li>
        ))}
      </ul>
      <FormFoot {...foot} onAdd={() => onMake({ kind: 'arrays' })} />
    </>
  );
}
