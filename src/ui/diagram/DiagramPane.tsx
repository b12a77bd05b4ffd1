/** A contraction as physicists draw it, beside the canvas or over it. */
import { useMemo, useState } from 'react';
import { useLocale, useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { nodeTitle } from '../parts/node-title.ts';
import { closeDiagram } from '../session/diagram-actions.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import { diagramWords as words } from '../strings/diagram-words.ts';
import { DiagramView } from './DiagramView.tsx';
import { nodeDiagram, writtenNetwork } from './model/node-diagram.ts';
import './diagram.css';

/** More tensors are not told apart in a drawing. */
const mostTensors = 200;

export function DiagramPane({ network }: { readonly network: string }) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const checked = useEditorState((s) => s.checked);
  const values = useSessionState((s) => s.shown.values);
  const [alone, setAlone] = useState(false);
  const written = useMemo(() => writtenNetwork({ document, checked }, network), [document, checked, network]);
  const diagram = useMemo(
    () => written && nodeDiagram({ document, checked }, written, values, locale),
    [document, checked, written, values, locale],
  );
  return (
    <section
      className={alone ? 'diagram-pane alone' : 'diagram-pane'}
      aria-label={t(words.title)}
      data-covers={alone || undefined}
    >
      <header className="diagram-head">
        <h2>{nodeTitle(document, network, locale)}</h2>
        <span className="spring" />
        <button
          type="button"
          className="icon-button wide-only"
          aria-pressed={alone}
          aria-label={t(alone ? words.beside : words.larger)}
          title={t(alone ? words.beside : words.larger)}
          onClick={() => setAlone(!alone)}
        >
          <Icon name={alone ? 'down' : 'up'} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={t(words.close)}
          title={`${t(words.close)} (N)`}
          onClick={() => closeDiagram(session)}
        >
          <Icon name="close" />
        </button>
      </header>
      {!diagram ? (
        <p className="diagram-note">{t(words.unread)}</p>
      ) : diagram.tensors.length > mostTensors ? (
        <p className="diagram-note">{t(words.tooMany, { count: diagram.tensors.length })}</p>
      ) : (
        <DiagramView key={network} diagram={diagram} />
      )}
    </section>
  );
}
