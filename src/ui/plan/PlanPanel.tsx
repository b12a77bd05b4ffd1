/** The Plan panel: the whole program, or the contraction path of one of its networks. */
import { useState } from 'react';
import { useLocale, useT } from '../locale.ts';
import { useEditorState } from '../session/hooks.ts';
import { CostCard } from './CostCard.tsx';
import { costWords } from './cost-words.ts';
import { NetworkPlan } from './NetworkPlan.tsx';
import { titlesOf } from './network-names.ts';
import { Program } from './Program.tsx';
import { words } from './plan-strings.ts';
import { useNetworks } from './use-network.ts';
import { useProgram } from './use-program.ts';
import './plan.css';
import './program.css';

/** Choices beside the networks: the whole program, and what each node takes. Nothing has these ids. */
const PROGRAM = '';
const COSTS = '\u0000costs';

export function PlanPanel() {
  const t = useT();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const selected = useEditorState(
    ({
      selection: {
        nodes: [id],
      },
      view,
    }) => (id === undefined ? undefined : view.pathOf(id)),
  );
  // A choice holds until something else is selected on the canvas.
  const [choice, setChoice] = useState<{ readonly id: string; readonly over: string | undefined }>();
  const chosen = choice?.over === selected || choice?.id === COSTS ? choice?.id : undefined;
  const isCosts = chosen === COSTS;
  const program = useProgram(isCosts);
  const networks = useNetworks(program);
  const ofSelected = networks.find((n) => selected !== undefined && n.nodes.includes(selected));
  const shown =
    chosen === undefined
      ? (ofSelected ?? (networks.length === 1 ? networks[0] : undefined))
      : networks.find((n) => n.id === chosen);
  const choose = (id: string) => setChoice({ id, over: selected });
  return (
    <div className="plan-panel">
      <label className="plan-head">
        <span className="visually-hidden">{t(words.network)}</span>
        <select
          className="input"
          value={isCosts ? COSTS : (shown?.id ?? PROGRAM)}
          onChange={(event) => choose(event.target.value)}
        >
          <option value={PROGRAM}>{t(words.program)}</option>
          <option value={COSTS}>{t(costWords.costs)}</option>
          {titlesOf(networks, document, locale).map((title, k) => (
            <option key={networks[k]?.id} value={networks[k]?.id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {isCosts && program?.costs ? (
        <CostCard costs={program.costs} />
      ) : shown === undefined ? (
        <Program program={program} networks={networks} onChosen={choose} />
      ) : 'open' in shown ? (
        <p className="dock-empty">{t(words.open)}</p>
      ) : !shown.network ? (
        <p className="dock-empty">{t(words.allBare)}</p>
      ) : (
        <NetworkPlan key={`${shown.id} ${shown.operands.length}`} drawn={shown} />
      )}
    </div>
  );
}
