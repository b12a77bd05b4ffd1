/** The Plan panel: the whole program, or the contraction path of one of its networks. */
import { useState } from 'react';
import { useLocale, useT } from '../locale.ts';
import { useEditorState } from '../session/hooks.ts';
import { NetworkPlan } from './NetworkPlan.tsx';
import { titlesOf } from './network-names.ts';
import { Program } from './Program.tsx';
import { words } from './plan-strings.ts';
import { useNetworks } from './use-network.ts';
import { useProgram } from './use-program.ts';
import './plan.css';
import './program.css';

/** The choice of the whole program; nothing has this id. */
const PROGRAM = '';

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
  const program = useProgram();
  const networks = useNetworks(program);
  // A choice holds until something else is selected on the canvas.
  const [choice, setChoice] = useState<{ readonly id: string; readonly over: string | undefined }>();
  const chosen = choice?.over === selected ? choice?.id : undefined;
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
          value={shown?.id ?? PROGRAM}
          onChange={(event) => choose(event.target.value)}
        >
          <option value={PROGRAM}>{t(words.program)}</option>
          {titlesOf(networks, document, locale).map((title, k) => (
            <option key={networks[k]?.id} value={networks[k]?.id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      {shown === undefined ? (
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
