/** What a step speaks of, as ways to it: it is lit on the canvas, and each name brings it into view again. */
import type { Look } from '../../../graph-schema/lesson.ts';
import { escapeId, type PathText } from '../../base/path.ts';
import { entry, nodeAt } from '../../document/levels.ts';
import { useLocale, useT } from '../locale.ts';
import { nodeTitle } from '../parts/node-title.ts';
import { useEditorState, useSession } from '../session/hooks.ts';
import { changeSettings } from '../settings.ts';
import { setApp } from '../store.ts';
import { words } from './lesson-words.ts';
import { dockTabOf, nodeIn, panelTitles, pointOut, pointOutNode } from './use-look.ts';

export function Looks({ looks }: { readonly looks: readonly Look[] }) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const nodeLook = (path: PathText) =>
    nodeAt(document, path) && {
      key: `node ${path}`,
      title: nodeTitle(document, path, locale),
      show: () => pointOutNode(session, path),
    };
  const ways = looks.flatMap((look) => {
    if ('panel' in look)
      return {
        key: `panel ${look.panel}`,
        title: t(panelTitles[look.panel]),
        show() {
          changeSettings({ dockOpen: true, dockTab: dockTabOf[look.panel] });
          setApp({ sheet: 'dock' });
        },
      };
    if (!('wire' in look)) return nodeLook(nodeIn(look) ?? '') ?? [];
    const wire = entry(document.edges, look.wire);
    if (!wire) return [];
    const [from, to] = [wire.from.node, wire.to.node].map((id) => nodeTitle(document, escapeId(id), locale));
    return {
      key: `wire ${look.wire}`,
      title: `${from} → ${to}`,
      show: () => pointOut(session, { nodes: [], edges: [look.wire] }),
    };
  });
  if (ways.length === 0) return null;
  return (
    <ul className="lesson-looks" aria-label={t(words.lookAt)}>
      {ways.map(({ key, title, show }) => (
        <li key={key}>
          <button type="button" onClick={show}>
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}
