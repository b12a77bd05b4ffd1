/** The inspector inside a block with nothing selected: the block itself, as all its uses share it. */

import { visible } from '../../base/visible.ts';
import { entry, usesOf } from '../../document/levels.ts';
import { useT } from '../locale.ts';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { blocks as words } from '../strings/block-words.ts';
import { Dims } from './Dims.tsx';
import { DraftInput } from './DraftInput.tsx';
import { NamedRows } from './NamedRows.tsx';
import { parseNumber } from './parse-fields.ts';

export function BlockPanel({ block: id }: { readonly block: string }) {
  const t = useT();
  const editor = useEditor();
  const document = useEditorState((s) => s.document);
  const block = entry(document.blocks, id);
  if (!block) return null;
  const uses = usesOf(document, id);
  return (
    <>
      <section className="part">
        <h2 className="panel-title">{visible(block.name || id)}</h2>
        <p className="doc">{uses > 1 ? t(words.uses, { count: uses }) : t(words.oneUse)}</p>
        <div className="field">
          <label htmlFor="block-name">{t(words.name)}</label>
          <input
            id="block-name"
            className="input"
            value={block.name ?? ''}
            placeholder={id}
            maxLength={200}
            autoComplete="off"
            onChange={(event) =>
              editor.dispatch({ type: 'renameBlock', block: id, name: event.target.value })
            }
          />
        </div>
        <textarea
          className="input description"
          aria-label={t(words.describe)}
          placeholder={t(words.describe)}
          value={block.description ?? ''}
          rows={2}
          maxLength={20_000}
          spellCheck={false}
          onChange={(event) =>
            editor.dispatch({ type: 'describeBlock', block: id, description: event.target.value })
          }
        />
      </section>
      <Dims title={words.blockDims} hint={words.blockDimsHint} />
      <Numbers block={id} numbers={block.numbers} />
    </>
  );
}

interface NumbersProps {
  readonly block: string;
  readonly numbers: Readonly<Record<string, number>>;
}

function Numbers({ block, numbers }: NumbersProps) {
  const t = useT();
  const editor = useEditor();
  const set = (name: string, number: number | undefined) =>
    editor.dispatch({ type: 'setBlockNumber', block, name, number });
  return (
    <NamedRows
      title={words.numbers}
      doc={words.numbersDoc}
      names={Object.keys(numbers)}
      words={{ name: words.numberName, example: 'p', add: words.addNumber }}
      removeLabel={(name) => t(words.removeNumber, { name })}
      onRemove={(name) => set(name, undefined)}
      onAdd={(name) => set(name, 1)}
    >
      {(name) => (
        <DraftInput
          label={name}
          value={numbers[name]}
          format={String}
          parse={parseNumber}
          onValue={(value) => set(name, value as number)}
          numeric
        />
      )}
    </NamedRows>
  );
}
