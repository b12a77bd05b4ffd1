/** The trained model in use: what it says of rows that were held back and of what one gives it, and what it writes and draws. */
import { useState } from 'react';
import type { JudgedRows, ModelUses } from '../../worker/protocol.ts';
import { RewindSlider } from '../dock/RewindSlider.tsx';
import { useT } from '../locale.ts';
import { formatCount } from '../parts/numbers.ts';
import { isOn } from '../run/run-state.ts';
import { useSessionState } from '../session/hooks.ts';
import { usageWords as words } from '../strings/use-words.ts';
import { Attempt } from './Attempt.tsx';
import { Confusion } from './Confusion.tsx';
import { type Chosen, Examples } from './Examples.tsx';
import { judge } from './judge.ts';
import { Samples } from './Samples.tsx';
import './use.css';
import { useHeldBack } from './use-held-back.ts';
import { useUses } from './use-uses.ts';
import { Writer } from './Writer.tsx';

const judging = ['examples', 'confusion', 'attempt'] as const;
type View = (typeof judging)[number] | 'write' | 'samples';

function viewsOf({ judges, texts, samples }: ModelUses): readonly View[] {
  const makes: View[] = [];
  if (texts.length > 0) makes.push('write');
  if (samples) makes.push('samples');
  return [...(judges ? judging : []), ...makes];
}

export function UsePanel() {
  const t = useT();
  const uses = useUses();
  if (!uses) return <p className="dock-empty">{t(words.waiting)}</p>;
  const views = viewsOf(uses);
  if (views.length === 0) return <p className="dock-empty">{t(words.nothing)}</p>;
  return <Uses views={views} uses={uses} />;
}

function Uses({ views, uses }: { readonly views: readonly View[]; readonly uses: ModelUses }) {
  const t = useT();
  const [wished, setWished] = useState<View>('examples');
  const [chosen, setChosen] = useState<Chosen>();
  const run = useSessionState((s) => s.run);
  const held = useHeldBack(uses.judges);
  const view = views.includes(wished) ? wished : (views[0] as View);
  const show = (cell: Chosen) => {
    setChosen(cell);
    setWished('examples');
  };
  return (
    <div className="use">
      <div className="use-head">
        {views.length > 1 && (
          <fieldset className="segments" aria-label={t(words.view)}>
            {views.map((name) => (
              <button key={name} type="button" aria-pressed={view === name} onClick={() => setWished(name)}>
                {t(words[name])}
              </button>
            ))}
          </fieldset>
        )}
        {view === 'write' || view === 'samples' ? <State /> : held && <Score held={held} />}
        <RewindSlider run={run} />
      </div>
      {view === 'write' ? (
        <Writer texts={uses.texts} />
      ) : view === 'samples' ? (
        <Samples />
      ) : held ? (
        <Judged view={view} held={held} chosen={chosen} onChosen={setChosen} onCell={show} />
      ) : (
        <p className="dock-empty">{t(isOn(run) ? words.whileRunning : words.waiting)}</p>
      )}
    </div>
  );
}

interface JudgedProps {
  readonly view: (typeof judging)[number];
  readonly held: JudgedRows;
  readonly chosen: Chosen;
  onChosen(chosen: Chosen): void;
  onCell(cell: Chosen): void;
}

function Judged({ view, held, chosen, onChosen, onCell }: JudgedProps) {
  const judged = judge(held);
  switch (view) {
    case 'examples':
      return <Examples held={held} judged={judged} chosen={chosen} onChosen={onChosen} />;
    case 'confusion':
      return <Confusion held={held} judged={judged} onCell={onCell} />;
    case 'attempt':
      return <Attempt held={held} judged={judged} />;
  }
}

function useStateWords(): string {
  const t = useT();
  const step = useSessionState((s) => s.trained?.step ?? 0);
  return step > 0 ? t(words.afterStep, { step: formatCount(step) }) : t(words.untrained);
}

const State = () => <p className="soft">{useStateWords()}</p>;

/** How many are right, of which rows, in which state. */
function Score({ held }: { readonly held: JudgedRows }) {
  const t = useT();
  const state = useStateWords();
  const { rows, count, isTest } = held;
  const right = judge(held).filter(({ truth, predicted }) => truth === predicted).length;
  const share = ((100 * right) / Math.max(1, rows.length)).toFixed(1);
  const parts = [
    t(isTest ? words.heldBack : words.trainingRows),
    state,
    ...(rows.length < count
      ? [t(words.firstOf, { shown: formatCount(rows.length), count: formatCount(count) })]
      : []),
  ];
  return (
    <p className="soft">
      <b>{t(words.right, { right: formatCount(right), count: formatCount(rows.length), share })}</b>
      {` · ${parts.join(' · ')}`}
    </p>
  );
}
