/** A contraction as physicists draw it, beside the canvas or over it. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocale, useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { nodeTitle } from '../parts/node-title.ts';
import type { DrawnNetwork } from '../plan/drawn-network.ts';
import { titlesOf } from '../plan/network-names.ts';
import { useNetworks } from '../plan/use-network.ts';
import { useProgram } from '../plan/use-program.ts';
import { closeDiagram, isContraction, openDiagram } from '../session/diagram-actions.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import { diagramWords as words } from '../strings/diagram-words.ts';
import { CopyButtons, type ShownDiagram } from './CopyButtons.tsx';
import { DiagramView } from './DiagramView.tsx';
import { mergedDiagram } from './model/merged-diagram.ts';
import { nodeDiagram, writtenNetwork } from './model/node-diagram.ts';
import './diagram.css';

/** More tensors are not told apart in a drawing. */
const mostTensors = 200;

export function DiagramPane({ network: id }: { readonly network: string }) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const checked = useEditorState((s) => s.checked);
  const values = useSessionState((s) => s.shown.values);
  const [alone, setAlone] = useState(false);
  const shown = useRef<ShownDiagram>(undefined);
  const networks = useNetworks(useProgram()).filter((n): n is DrawnNetwork => 'operands' in n);
  const drawn = networks.find((n) => n.id === id);
  const merged = drawn && drawn.id !== drawn.nodes[0] ? drawn : undefined;
  const written = useMemo(() => writtenNetwork({ document, checked }, id), [document, checked, id]);
  const diagram = useMemo(() => {
    if (merged) return mergedDiagram({ document, checked }, merged, values, locale);
    return written && nodeDiagram({ document, checked }, written, values, locale);
  }, [document, checked, merged, written, values, locale]);
  const isWired = Object.keys(checked.nodes[id]?.inputTypes ?? {}).length > 0;
  // Another contraction that is chosen on the canvas is the one that is meant.
  const selected = useEditorState(({ selection: { nodes }, view }) =>
    nodes[0] !== undefined && nodes.length === 1 ? view.pathOf(nodes[0]) : undefined,
  );
  const before = useRef(selected);
  useEffect(() => {
    if (selected === before.current) return;
    before.current = selected;
    if (selected !== undefined && isContraction(session, selected)) openDiagram(session, selected);
  }, [session, selected]);
  return (
    <section
      className={alone ? 'diagram-pane alone' : 'diagram-pane'}
      aria-label={t(words.title)}
      data-covers={alone || undefined}
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        const leaves = event.key === 'Escape' || (event.key === 'n' && !target.matches('input, select'));
        if (!leaves || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        closeDiagram(session);
        session.canvas.current?.focus();
      }}
    >
      <header className="diagram-head">
        <Choice id={id} networks={networks} />
        <span className="spring" />
        <CopyButtons shown={shown} />
        <button
          type="button"
          className="icon-button wide-only"
          aria-pressed={alone}
          aria-label={t(words.larger)}
          title={t(alone ? words.beside : words.larger)}
          onClick={() => setAlone(!alone)}
        >
          <Icon name={alone ? 'smaller' : 'larger'} />
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
        <p className="diagram-note">{t(isWired ? words.unread : words.unwired)}</p>
      ) : diagram.tensors.length > mostTensors ? (
        <p className="diagram-note">{t(words.tooMany, { count: diagram.tensors.length })}</p>
      ) : (
        <DiagramView key={id} id={id} diagram={diagram} written={written} drawn={drawn} shown={shown} />
      )}
    </section>
  );
}

/** The contractions of the level, and the networks that several nodes draw. */
function Choice({ id, networks }: { readonly id: string; readonly networks: readonly DrawnNetwork[] }) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const view = useEditorState((s) => s.view);
  const own = view.order.map(view.pathOf).filter((path) => isContraction(session, path));
  const merged = networks.filter((n) => n.id !== n.nodes[0]);
  const titles = titlesOf(merged, document, locale);
  const choices = [
    ...[...new Set(own.includes(id) || merged.some((n) => n.id === id) ? own : [id, ...own])].map((path) => ({
      id: path,
      title: nodeTitle(document, path, locale),
    })),
    ...merged.map((n, k) => ({ id: n.id, title: titles[k] ?? '' })),
  ];
  return (
    <select
      className="input diagram-choice"
      aria-label={t(words.which)}
      value={id}
      onChange={(event) => openDiagram(session, event.target.value)}
    >
      {choices.map((choice) => (
        <option key={choice.id} value={choice.id}>
          {choice.title}
        </option>
      ))}
    </select>
  );
}
