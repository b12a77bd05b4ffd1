/** The path along which one network is contracted, what other paths would cost, and the choice. */
import { useMemo, useState } from 'react';
import {
  explainSteps,
  type PathResult,
  pricePath,
  printContractionPath,
  type SsaPath,
} from '../../contraction/index.ts';
import { useLocale, useT } from '../locale.ts';
import { openDiagram } from '../session/diagram-actions.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import { diagramDoors } from '../strings/diagram-doors.ts';
import type { DrawnNetwork } from './drawn-network.ts';
import { Keep } from './Keep.tsx';
import { useLookedStep, useTellPath } from './looked-step.ts';
import { Made } from './Made.tsx';
import { Memory } from './Memory.tsx';
import { namesOf } from './network-names.ts';
import { Origin } from './Origin.tsx';
import { type PathName, Paths } from './Paths.tsx';
import { words } from './plan-strings.ts';
import { Steps } from './Steps.tsx';
import { Tree } from './Tree.tsx';
import { keptPath } from './use-network.ts';
import { useFoundPath, useGreedyPath } from './use-paths.ts';

export function NetworkPlan({ drawn }: { readonly drawn: DrawnNetwork }) {
  const { network } = drawn;
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const names = useMemo(() => namesOf(drawn, document, locale), [drawn, document, locale]);
  const greedy = useGreedyPath(network);
  const found = useFoundPath(network);
  const [edited, setEdited] = useState<SsaPath>();
  // Until one is chosen, the path is shown that is followed.
  const [chosen, setChosen] = useState<PathName>();
  const looked = useLookedStep(drawn.id, 'plan');

  const own = edited ?? drawn.path;
  const paths: Readonly<Partial<Record<PathName, PathResult>>> = {
    greedy,
    found: found?.result,
    kept: keptPath(drawn),
    own: useMemo(() => own && pricePath(network, own), [network, own]),
  };
  const followed: PathName = drawn.path ? 'own' : paths.kept ? 'kept' : 'found';
  const name = [chosen, followed].find((n) => n && paths[n]) ?? 'greedy';
  const result = paths[name] ?? greedy;
  const steps = useMemo(() => explainSteps(result, network), [result, network]);
  const step = Math.min(looked.chosen?.step ?? 0, steps.length - 1);
  useTellPath(drawn.id, result.path);

  return (
    <>
      <div className="plan-side">
        {drawn.id !== drawn.nodes[0] && <Origin says={words.drawnBy} nodes={drawn.nodes} />}
        {drawn.bare.length > 0 && <Origin says={words.bareWires} nodes={drawn.bare} />}
        <SeeDiagram network={drawn.id} />
        <Paths paths={paths} chosen={name} onChosen={setChosen} searching={found?.final !== true} />
        {drawn.operands.length > 2 && (
          <Keep
            drawn={drawn}
            path={result.path}
            onDone={() => {
              setEdited(undefined);
              setChosen(undefined);
            }}
          />
        )}
        {found && drawn.operands.length > 2 && <Memory drawn={drawn} free={found.result} />}
      </div>
      <Tree
        drawn={drawn}
        names={names}
        path={result.path}
        steps={steps}
        pathText={printContractionPath(result.path, names)}
        at={step}
        onAt={looked.choose}
        onPath={(path) => {
          setEdited(path);
          setChosen('own');
        }}
      />
      <Steps
        drawn={drawn}
        names={names}
        steps={steps}
        at={step}
        onAt={looked.choose}
        pointed={looked.pointed}
        onPointed={looked.point}
        made={drawn.operands.every(({ port }) => port) && <Made drawn={drawn} path={result.path} at={step} />}
      />
    </>
  );
}

/** The same network as physicists draw it, over or beside the canvas. */
function SeeDiagram({ network }: { readonly network: string }) {
  const t = useT();
  const session = useSession();
  const isOpen = useSessionState((s) => s.diagram === network);
  return isOpen ? null : (
    <p>
      <button type="button" className="button small" onClick={() => openDiagram(session, network)}>
        {t(diagramDoors.see)}
      </button>
    </p>
  );
}
