/** A node as what it is made of, in place of the canvas: forward and backward, walked through step by step. */
import { useMemo, useState } from 'react';
import type { PathText } from '../../base/path.ts';
import type { InsideCard, InsidePhase } from '../../worker/protocol.ts';
import { Numbers, Statistics } from '../dock/TensorView.tsx';
import { useLocale, useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { nodeTitle } from '../parts/node-title.ts';
import { huesOf } from '../ribbon/index-hues.ts';
import { useEditor, useEditorState, useSession } from '../session/hooks.ts';
import { closeInside } from '../session/inside-actions.ts';
import { insideWords as words } from '../strings/inside-words.ts';
import type { InsideReply } from '../worker/worker-client.ts';
import { InsideFigure } from './InsideFigure.tsx';
import { insideTitles, isOperation } from './inside-titles.ts';
import { type InsideDrawings, useInsideDrawings } from './use-inside-drawings.ts';
import { useNodeInside } from './use-node-inside.ts';
import './inside.css';

/** More operations are not told apart in a drawing. */
const mostOperations = 250;

export function InsidePane({ node }: { readonly node: PathText }) {
  const t = useT();
  const session = useSession();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const inside = useNodeInside(node);
  const title = nodeTitle(document, node, locale);
  const close = () => closeInside(session);
  return (
    <section
      className="inside-pane"
      aria-label={t(words.title, { title })}
      data-covers
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <header className="inside-head">
        <nav className="inside-way" aria-label={t(words.title, { title })}>
          <button type="button" className="link-button" onClick={close}>
            {t(words.graph)}
          </button>
          <span aria-hidden="true">›</span>
          <strong>{title}</strong>
        </nav>
        <span className="spring" />
        <button
          type="button"
          className="icon-button"
          aria-label={t(words.close)}
          title={`${t(words.close)} (Esc)`}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </header>
      {inside === undefined ? (
        <p className="inside-note">{t(words.working)}</p>
      ) : inside === null ? (
        <p className="inside-note">{t(words.nothing)}</p>
      ) : inside.graph.cards.filter(isOperation).length > mostOperations ? (
        <p className="inside-note">{t(words.tooMany, { count: inside.graph.cards.length })}</p>
      ) : (
        <InsideView key={node} inside={inside} node={node} />
      )}
    </section>
  );
}

function InsideView({ inside, node }: { readonly inside: InsideReply; readonly node: PathText }) {
  const t = useT();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const wordsOf = useMemo(() => insideTitles(document, node, locale), [document, node, locale]);
  // Numbers come anew with each state; the drawing only with another graph.
  const written = JSON.stringify(inside.graph);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an equal graph is the same drawing.
  const graph = useMemo(() => inside.graph, [written]);
  const drawings = useInsideDrawings(graph, wordsOf);
  if (drawings === undefined) return <p className="inside-note">{t(words.working)}</p>;
  if (typeof drawings === 'string')
    return <p className="inside-note">{t(words.failed, { detail: drawings })}</p>;
  return <Walk inside={inside} drawings={drawings} wordsOf={wordsOf} />;
}

interface WalkProps {
  readonly inside: InsideReply;
  readonly drawings: InsideDrawings;
  wordsOf(card: InsideCard): { readonly title: string; readonly lines: readonly string[] };
}

function Walk({ inside: { graph, values }, drawings, wordsOf }: WalkProps) {
  const t = useT();
  const editor = useEditor();
  const hues = useEditorState((s) => huesOf(editor, s));
  const steps = graph.cards.filter(isOperation);
  const [at, setAt] = useState(0);
  const [looked, setLooked] = useState<string>();
  const current = steps[at];
  const shown = graph.cards.find(({ id }) => id === looked) ?? current;
  const [phase, setPhase] = useState<InsidePhase>('forward');
  const done = new Set(steps.slice(0, at + 1).map(({ id }) => id));
  const hasBackward = graph.cards.some((card) => card.phase === 'backward');

  function go(to: number): void {
    const step = steps[Math.max(0, Math.min(steps.length - 1, to))];
    if (!step) return;
    setAt(steps.indexOf(step));
    setLooked(undefined);
    setPhase(step.phase);
  }
  function look(id: string): void {
    const step = steps.findIndex((card) => card.id === id);
    if (step >= 0) go(step);
    setLooked(id);
  }
  function choose(to: InsidePhase): void {
    const first = steps.findIndex((card) => card.phase === to);
    if (first >= 0) go(first);
    setPhase(to);
  }
  const says = current && wordsOf(current);
  const what = says ? [says.title, ...says.lines].join(' · ') : '';
  const value = shown && values[shown.value];
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrows walk through its steps, as its buttons do.
    <div
      className="inside-view"
      onKeyDown={(event) => {
        const target = event.target as HTMLElement;
        if (target.matches('input, select')) return;
        const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: steps.length - 1 }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        go(to);
      }}
    >
      <div className="inside-phases" role="tablist">
        {(['forward', 'backward'] as const).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            className="inside-phase"
            aria-selected={phase === one}
            disabled={one === 'backward' && !hasBackward}
            title={one === 'backward' && !hasBackward ? t(words.noBackward) : undefined}
            onClick={() => choose(one)}
          >
            {t(words[one])}
          </button>
        ))}
        {!graph.measurable && <span className="inside-hint">{t(words.repeats)}</span>}
        {graph.measurable && Object.keys(values).length === 0 && (
          <span className="inside-hint">{t(words.noValues)}</span>
        )}
      </div>
      <InsideFigure
        key={phase}
        drawing={drawings[phase]}
        {...{ phase, values, hues, done, looked }}
        current={current?.id}
        onLook={look}
      />
      <footer className="inside-foot">
        <Stepper at={at} count={steps.length} what={what} onGo={go} />
        {value && (
          <div className="inside-value">
            <Statistics value={value} />
            <Numbers key={shown?.id} value={value} />
          </div>
        )}
      </footer>
    </div>
  );
}

interface StepperProps {
  readonly at: number;
  readonly count: number;
  /** The present step. */
  readonly what: string;
  onGo(to: number): void;
}

function Stepper({ at, count, what, onGo }: StepperProps) {
  const t = useT();
  const says = t(words.step, { at: at + 1, count, what });
  const button = (icon: 'left' | 'right', title: string, to: number) => (
    <button
      type="button"
      className="icon-button"
      aria-label={title}
      title={`${title} (${icon === 'left' ? '←' : '→'})`}
      disabled={to < 0 || to >= count}
      onClick={() => onGo(to)}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <div className="inside-walk">
      {button('left', t(words.back), at - 1)}
      <input
        type="range"
        // biome-ignore lint/a11y/noAutofocus: it was opened to be walked through; a lesson that opens it keeps the focus.
        autoFocus={!document.activeElement?.closest('.lesson')}
        min={0}
        max={Math.max(0, count - 1)}
        value={at}
        aria-label={says}
        onChange={(event) => onGo(Number(event.target.value))}
      />
      {button('right', t(words.next), at + 1)}
      <p role="status">{says}</p>
    </div>
  );
}
