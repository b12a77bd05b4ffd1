/** The level's dimensions: sizes with a name. A change of one is felt on every wire that uses it. */
import { useState } from 'react';
import { dimSize } from '../../../graph-schema/document.ts';
import { fill, type Text } from '../../base/text.ts';
import { axisName } from '../../tensor/axes-text.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { inspector } from '../strings/inspector.ts';
import { DraftInput, type DraftReading } from './DraftInput.tsx';
import { nudgeWhole, parseWhole } from './parse-sizes.ts';
import { Scrub } from './Scrub.tsx';

interface DimsProps {
  readonly title?: Text;
  readonly hint?: Text;
}

export function Dims({ title = inspector.dims, hint = inspector.dimsHint }: DimsProps) {
  const t = useT();
  const editor = useEditor();
  const dims = useEditorState((s) => s.view.graph.dims);
  // What merges into one step of the history ends where the selection is set, even to what it is.
  const settle = () => editor.dispatch({ type: 'select', selection: editor.getState().selection });
  const setDim = (name: string, size: number | undefined) => editor.dispatch({ type: 'setDim', name, size });
  return (
    <section className="part">
      <h3>{t(title)}</h3>
      <p className="doc">{t(hint)}</p>
      <ul className="dims">
        {Object.entries(dims).map(([name, dim]) => (
          <li key={name}>
            <span className="math">{name}</span>
            <Scrub size={dimSize(dim)} onStart={settle} onSize={(size) => setDim(name, size)} onEnd={settle}>
              <DraftInput
                label={t(inspector.dimSize, { name })}
                value={dimSize(dim)}
                format={(v) => (v === undefined ? '' : String(v))}
                placeholder={t(inspector.free)}
                parse={(text) => parseWhole(text, 1)}
                onValue={(size) => setDim(name, size as number)}
                nudge={(v, by) => nudgeWhole(v, by, 1)}
                numeric
              />
            </Scrub>
            <button
              type="button"
              className="icon-button"
              aria-label={t(inspector.removeDim, { name })}
              onClick={() => setDim(name, undefined)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <NewDim taken={Object.keys(dims)} onAdd={(name) => setDim(name, 1)} />
    </section>
  );
}

function NewDim({ taken, onAdd }: { readonly taken: readonly string[]; onAdd(name: string): void }) {
  const t = useT();
  const [name, setName] = useState('');
  const read = readName(name.trim(), taken);
  return (
    <form
      className="new-dim"
      onSubmit={(event) => {
        event.preventDefault();
        if (!('value' in read)) return;
        onAdd(name.trim());
        setName('');
      }}
    >
      <input
        className="input math"
        aria-label={t(inspector.dimName)}
        placeholder="B"
        value={name}
        maxLength={50}
        autoComplete="off"
        aria-invalid={name !== '' && 'problem' in read}
        onChange={(event) => setName(event.target.value)}
      />
      <button type="submit" className="button" disabled={'problem' in read}>
        <Icon name="plus" /> {t(inspector.addDim)}
      </button>
      {name !== '' && 'problem' in read && <p className="field-note bad">{t(read.problem)}</p>}
    </form>
  );
}

function readName(name: string, taken: readonly string[]): DraftReading {
  if (!axisName.test(name)) return { problem: inspector.badName };
  if (taken.includes(name)) return { problem: fill(inspector.nameTaken, { name }) };
  return { value: name };
}
