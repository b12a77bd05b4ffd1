/** The panel on the left: every kind of node, the document's own blocks last, to click or to drag onto the canvas. */
import { useState } from 'react';
import type { Text } from '../../base/text.ts';
import { type AnyNodeDefinition, categories } from '../../catalogue/index.ts';
import { DRAG_TYPE, setDraggedKey } from '../canvas/props.ts';
import { useT } from '../locale.ts';
import { addable, definitionKey } from '../parts/definitions.ts';
import { useDocs } from '../parts/fetched-words.ts';
import { Icon } from '../parts/Icon.tsx';
import { NodeGlyph } from '../parts/NodeGlyph.tsx';
import { SheetHead } from '../parts/SheetHead.tsx';
import { search } from '../parts/search.ts';
import { useCatalogue } from '../parts/use-catalogue.ts';
import { useNodeFinder } from '../parts/use-node-finder.ts';
import { useEditorState, useSession } from '../session/hooks.ts';
import { toggleLesson } from '../session/lesson-actions.ts';
import { categoryNames, workbench } from '../strings/workbench.ts';
import { addNode, drawEquation } from './add-node.ts';

/** `lesson`: the document has one, which can stand in this place. */
export function Palette({ lesson }: { readonly lesson: boolean }) {
  const t = useT();
  const session = useSession();
  const [query, setQuery] = useState('');
  const document = useEditorState((s) => s.document);
  const block = useEditorState((s) => s.view.block);
  useCatalogue();
  const docOf = useDocs();
  const finder = useNodeFinder();
  const all = addable(document, block);
  const isAsked = query.trim() !== '';
  const found = search(
    isAsked ? [...all, ...(finder?.withSettings(all) ?? [])] : all,
    query,
    (definition) => {
      const { type, title, preset } = definition;
      const also = finder?.otherNames(definition) ?? [];
      // With settings it is what these names say; its title and doc are those of the type.
      if (preset && also.length > 0) return { names: [], also };
      const doc = docOf(definition);
      return { names: [title.en, title.zh, type], also, text: doc ? `${doc.en} ${doc.zh}` : '' };
    },
  );
  const equation = finder?.equationIn(query);
  const draw = () => equation && finder && drawEquation(session, finder, equation);
  // The best that is found stands first.
  const shown = isAsked ? [...new Set(found.map(({ category }) => category))] : categories;
  return (
    <nav className="palette panel" aria-label={t(workbench.nodes)}>
      <SheetHead title={t(workbench.nodes)} />
      {lesson && (
        <button type="button" className="button palette-lesson" onClick={() => toggleLesson(session)}>
          <Icon name="left" /> {t(workbench.toLesson)}
        </button>
      )}
      <input
        type="search"
        className="input palette-search"
        aria-label={t(workbench.searchNodes)}
        placeholder={t(workbench.searchNodes)}
        value={query}
        autoComplete="off"
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          if (equation) draw();
          else if (found[0]) addNode(session, found[0]);
        }}
      />
      <div className="palette-list">
        {equation && (
          <button type="button" className="palette-item" onClick={draw}>
            {t(workbench.drawEquation, { equation })}
          </button>
        )}
        {shown.map((category) => {
          const members = found.filter((d) => d.category === category);
          return (
            members.length > 0 && (
              <section key={category}>
                <h3>{t(categoryNames[category])}</h3>
                <ul>
                  {members.map((definition) => (
                    <PaletteItem
                      key={definitionKey(definition)}
                      definition={definition}
                      doc={docOf(definition)}
                    />
                  ))}
                </ul>
              </section>
            )
          );
        })}
        {found.length === 0 && !equation && <p className="soft pad">{t(workbench.noSuchNode)}</p>}
      </div>
      <p className="palette-hint">{t(workbench.paletteHint)}</p>
    </nav>
  );
}

interface PaletteItemProps {
  readonly definition: AnyNodeDefinition;
  readonly doc: Text | undefined;
}

function PaletteItem({ definition, doc }: PaletteItemProps) {
  const t = useT();
  const session = useSession();
  return (
    <li>
      <button
        type="button"
        className="palette-item"
        draggable
        title={doc && t(doc)}
        aria-label={t(workbench.addNode, { title: definition.title })}
        onClick={() => addNode(session, definition)}
        onDragStart={(event) => {
          event.dataTransfer.setData(DRAG_TYPE, definitionKey(definition));
          event.dataTransfer.effectAllowed = 'copy';
          setDraggedKey(definitionKey(definition));
        }}
        onDragEnd={() => setDraggedKey(undefined)}
      >
        <NodeGlyph definition={definition} />
        <span className="palette-title">{t(definition.title)}</span>
      </button>
    </li>
  );
}
