/** The trained model in use: what it says of rows that were held back, and of what one gives it. */
import { useState } from 'react';
import type { JudgedRows } from '../../worker/protocol.ts';
import { useT } from '../locale.ts';
import { formatCount } from '../parts/numbers.ts';
import { isOn } from '../run/run-state.ts';
import { useSessionState } from '../session/hooks.ts';
import { usageWords as words } from '../strings/use-words.ts';
import { Attempt } from './Attempt.tsx';
import { Confusion } from './Confusion.tsx';
import { type Chosen, Examples } from './Examples.tsx';
import { judge } from './judge.ts';
import './use.css';
import { useHeldBack } from './use-held-back.ts';

const views = ['examples', 'confusion', 'attempt'] as const;
type View = (typeof views)[number];

export function UsePanel() {
  const t = useT();
  const held = useHeldBack();
  const on = useSessionState((s) => isOn(s.run));
  if (held === undefined || held === 'none') {
    const says = held === 'none' ? words.nothing : on ? words.whileRunning : words.waiting;
    return <p className="dock-empty">{t(says)}</p>;
  }
  return <Used held={held} />;
}

function Used({ held }: { readonly held: JudgedRows }) {
  const t = useT();
  const [view, setView] = useState<View>('examples');
  const [chosen, setChosen] = useState<Chosen>();
  const judged = judge(held);
  const show = (cell: Chosen) => {
    setChosen(cell);
    setView('examples');
  };
  return (
    <div className="use">
      <div className="use-head">
        <fieldset className="segments" aria-label={t(words.view)}>
          {views.map((name) => (
            <button key={name} type="button" aria-pressed={view === name} onClick={() => setView(name)}>
              {t(words[name])}
            </button>
          ))}
        </fieldset>
        <Score held={held} right={judged.filter(({ truth, predicted }) => truth === predicted).length} />
      </div>
      {view === 'examples' && <Examples held={held} judged={judged} chosen={chosen} onChosen={setChosen} />}
      {view === 'confusion' && <Confusion held={held} judged={judged} onCell={show} />}
      {view === 'attempt' && <Attempt held={held} judged={judged} />}
    </div>
  );
}

/** How many are right, of which rows, in which state. */
function Score({ held, right }: { readonly held: JudgedRows; readonly right: number }) {
  const t = useT();
  const step = useSessionState((s) => s.trained?.step ?? 0);
  const { rows, count, isTest } = held;
  const share = ((100 * right) / Math.max(1, rows.length)).toFixed(1);
  const parts = [
    t(isTest ? words.heldBack : words.trainingRows),
    step > 0 ? t(words.afterStep, { step: formatCount(step) }) : t(words.untrained),
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
