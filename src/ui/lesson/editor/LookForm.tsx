/** What a step speaks of: taken from what is selected on the canvas, and panels of the page. */

import type { GraphDocument } from '../../../../graph-schema/document.ts';
import type { Look } from '../../../../graph-schema/lesson.ts';
import { escapeId, type PathText } from '../../../base/path.ts';
import { registryOf } from '../../../catalogue/index.ts';
import { blockOf, entry, nodeAt } from '../../../document/levels.ts';
import { useLocale, useT } from '../../locale.ts';
import { Icon } from '../../parts/Icon.tsx';
import { nodeTitle } from '../../parts/node-title.ts';
import { useEditorState } from '../../session/hooks.ts';
import type { JsonPlace } from '../json-at.ts';
import { nodeIn, panelTitles } from '../use-look.ts';
import { editorWords } from './editor-words.ts';
import { ChoiceField, Missing } from './LessonFields.tsx';
import { useEdit } from './use-lesson-edit.ts';

type NodeLook = 'node' | 'picture' | 'network' | 'inside';

const ways: Readonly<
  Record<NodeLook, (typeof editorWords)['asCard' | 'asPicture' | 'asNetwork' | 'asInside']>
> = {
  node: editorWords.asCard,
  picture: editorWords.asPicture,
  network: editorWords.asNetwork,
  inside: editorWords.asInside,
};

/** In which ways a node can be shown. */
function waysOf(document: GraphDocument, path: PathText): readonly NodeLook[] {
  const node = nodeAt(document, path);
  const definition = node && registryOf(document).of(node);
  if (definition?.category === 'picture') return ['picture', 'node'];
  if (blockOf(node) !== undefined) return ['node'];
  return definition?.network === undefined ? ['node', 'inside'] : ['node', 'network', 'inside'];
}

const keyOf = (look: Look): string => JSON.stringify(look);

export function LookForm({ path }: { readonly path: JsonPlace }) {
  const t = useT();
  const { at, set } = useEdit();
  const document = useEditorState((s) => s.document);
  const selection = useEditorState((s) => s.selection);
  const isRoot = useEditorState((s) => s.view.way.length === 0);
  const looks = (at(path) ?? []) as readonly Look[];
  const known = new Set(looks.map(keyOf));
  const put = (next: readonly Look[]) => set(path, next.length === 0 ? undefined : next);
  const selected: readonly Look[] = isRoot
    ? [
        ...selection.nodes.map((id) => {
          const path = escapeId(id);
          return { [waysOf(document, path)[0] ?? 'node']: path } as Look;
        }),
        ...selection.edges.map((wire) => ({ wire })),
      ]
    : [];
  const fresh = selected.filter((look) => !known.has(keyOf(look)));
  const panels = (Object.keys(panelTitles) as (keyof typeof panelTitles)[]).filter(
    (panel) => !known.has(keyOf({ panel })),
  );
  return (
    <section className="lesson-part" aria-label={t(editorWords.look)}>
      <h4>{t(editorWords.look)}</h4>
      <ul className="lesson-look-list">
        {looks.map((look, i) => (
          <LookRow
            key={keyOf(look)}
            look={look}
            path={[...path, i]}
            onRemove={() => put(looks.toSpliced(i, 1))}
          />
        ))}
      </ul>
      <button
        type="button"
        className="button small"
        aria-disabled={fresh.length === 0}
        onClick={() => fresh.length > 0 && put([...looks, ...fresh])}
      >
        <Icon name="plus" /> {t(editorWords.takeSelection)}
      </button>
      {selected.length === 0 && <p className="field-note">{t(editorWords.nothingSelected)}</p>}
      {panels.length > 0 && (
        <ChoiceField
          label={editorWords.addPanel}
          value=""
          options={[
            { value: '', title: t(editorWords.choose) },
            ...panels.map((value) => ({ value, title: t(panelTitles[value]) })),
          ]}
          onChange={(panel) => panel !== '' && put([...looks, { panel: panel as (typeof panels)[number] }])}
        />
      )}
    </section>
  );
}

interface RowProps {
  readonly look: Look;
  readonly path: JsonPlace;
  readonly onRemove: () => void;
}

function LookRow({ look, path, onRemove }: RowProps) {
  const t = useT();
  const locale = useLocale();
  const { set } = useEdit();
  const document = useEditorState((s) => s.document);
  const titleOf = (path: PathText) => nodeTitle(document, path, locale);
  const wire = 'wire' in look ? entry(document.edges, look.wire) : undefined;
  const id = nodeIn(look) ?? '';
  const title =
    'panel' in look
      ? t(panelTitles[look.panel])
      : 'wire' in look
        ? wire
          ? `${titleOf(escapeId(wire.from.node))} → ${titleOf(escapeId(wire.to.node))}`
          : look.wire
        : titleOf(id);
  const choices = waysOf(document, id);
  return (
    <li>
      <span className="lesson-look-title">{title}</span>
      {id !== '' && choices.length > 1 && (
        <select
          className="input"
          aria-label={title}
          value={choices.find((way) => way in look) ?? 'node'}
          onChange={(event) => set(path, { [event.target.value]: id })}
        >
          {choices.map((way) => (
            <option key={way} value={way}>
              {t(ways[way])}
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={t(editorWords.remove, { title })}
        onClick={onRemove}
      >
        <Icon name="remove" />
      </button>
      <Missing path={path} />
    </li>
  );
}
