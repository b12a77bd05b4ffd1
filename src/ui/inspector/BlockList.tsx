/** The blocks of the document with their uses; a definition that nothing uses can go. */
import { usesOf } from '../../document/levels.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { useEditor, useEditorState } from '../session/hooks.ts';
import { blocks as words } from '../strings/block-words.ts';
import { categoryNames } from '../strings/workbench.ts';

export function BlockList() {
  const t = useT();
  const editor = useEditor();
  const document = useEditorState((s) => s.document);
  const all = Object.entries(document.blocks);
  if (all.length === 0) return null;
  return (
    <section className="part">
      <h3>{t(categoryNames.block)}</h3>
      <ul className="block-list">
        {all.map(([id, { name }]) => {
          const uses = usesOf(document, id);
          const title = name || id;
          return (
            <li key={id}>
              <span>{title}</span>
              <span className="soft">{uses === 0 ? t(words.noUse) : `${uses}×`}</span>
              {uses === 0 && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`${t(words.deleteUnused)}: ${title}`}
                  title={t(words.deleteUnused)}
                  onClick={() => editor.dispatch({ type: 'deleteBlock', block: id })}
                >
                  <Icon name="remove" />
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
