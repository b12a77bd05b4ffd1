/** The Plan panel: in which order a contraction is carried out, what other orders would cost, and the choice. */
import { useMemo, useState } from 'react';
import { explainSteps, pricePath, printOrder, type SsaPath } from '../../contraction/index.ts';
import { useEditor, useEditorState } from '../editor-hooks.ts';
import { useLocale, useT } from '../locale.ts';
import { nodeTitle } from '../node-title.ts';
import { Made } from './Made.tsx';
import { Memory } from './Memory.tsx';
import { type OrderName, Orders } from './Orders.tsx';
import { Program } from './Program.tsx';
import { Steps } from './Steps.tsx';
import { words } from './strings.ts';
import { Tree } from './Tree.tsx';
import { type DrawnNetwork, useNetworks } from './use-network.ts';
import { useFoundOrder, useGreedyOrder } from './use-orders.ts';
import './plan.css';

/** The choice of the whole program; no node has this id. */
const PROGRAM = '';

export function PlanPanel() {
  const t = useT();
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const selected = useEditorState((s) => s.selection.nodes[0]);
  const networks = useNetworks();
  // A choice holds until something else is selected on the canvas.
  const [choice, setChoice] = useState<{ readonly node: string; readonly over: string | undefined }>();
  const wanted = choice?.over === selected ? choice?.node : selected;
  const shown = wanted === PROGRAM ? undefined : (networks.find((n) => n.node === wanted) ?? networks[0]);
  return (
    <div className="plan-panel">
      <label className="plan-head">
        <span className="visually-hidden">{t(words.node)}</span>
        <select
          className="input"
          value={shown?.node ?? PROGRAM}
          onChange={(event) => setChoice({ node: event.target.value, over: selected })}
        >
          <option value={PROGRAM}>{t(words.program)}</option>
          {networks.map(({ node }) => (
            <option key={node} value={node}>
              {nodeTitle(document, node, locale)}
            </option>
          ))}
        </select>
      </label>
      {shown === undefined ? (
        <Program />
      ) : 'open' in shown ? (
        <p className="dock-empty">{t(words.open)}</p>
      ) : (
        <Plan key={`${shown.node} ${shown.ports.join()}`} drawn={shown} />
      )}
    </div>
  );
}

function Plan({ drawn }: { readonly drawn: DrawnNetwork }) {
  const { network } = drawn;
  const names = useOperandNames(drawn);
  const greedy = useGreedyOrder(network);
  const found = useFoundOrder(network);
  const [edited, setEdited] = useState<SsaPath>();
  const [chosen, setChosen] = useState<OrderName>(drawn.path ? 'own' : 'found');
  const [at, setAt] = useState(0);

  const own = edited ?? drawn.path;
  const orders = {
    greedy,
    found: found?.result,
    own: useMemo(() => own && pricePath(network, own), [network, own]),
  };
  const name = orders[chosen] ? chosen : orders.found ? 'found' : 'greedy';
  const result = orders[name] ?? greedy;
  const steps = useMemo(() => explainSteps(result, network), [result, network]);
  const step = Math.min(at, steps.length - 1);

  return (
    <>
      <div className="plan-side">
        <Orders orders={orders} chosen={name} onChosen={setChosen} searching={found?.final !== true} />
        <Keep drawn={drawn} path={result.path} onReleased={() => setEdited(undefined)} />
        {found && <Memory drawn={drawn} free={found.result} />}
      </div>
      <Tree
        drawn={drawn}
        names={names}
        path={result.path}
        steps={steps}
        order={printOrder(result.path, names)}
        at={step}
        onAt={setAt}
        onPath={(path) => {
          setEdited(path);
          setChosen('own');
        }}
      />
      <Made drawn={drawn} path={result.path} at={step} />
      <Steps drawn={drawn} names={names} steps={steps} at={step} onAt={setAt} />
    </>
  );
}

/** What feeds each port, by its title; the port's name where two are called the same. */
function useOperandNames({ node, ports }: DrawnNetwork): readonly string[] {
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  return useMemo(() => {
    const titles = ports.map((port) => {
      const edge = Object.values(document.edges).find((e) => e.to.node === node && e.to.port === port);
      return edge ? nodeTitle(document, edge.from.node, locale) : port;
    });
    return titles.map((title, k) =>
      titles.indexOf(title) === titles.lastIndexOf(title) ? title : (ports[k] ?? title),
    );
  }, [document, node, ports, locale]);
}

/** The order that is shown becomes the node's own, or the node is given back to the search. */
function Keep({
  drawn,
  path,
  onReleased,
}: {
  readonly drawn: DrawnNetwork;
  readonly path: SsaPath;
  readonly onReleased: () => void;
}) {
  const t = useT();
  const editor = useEditor();
  const set = (next: SsaPath | undefined) => {
    for (const [key, value] of Object.entries(drawn.keep(next)))
      editor.dispatch({ type: 'setParam', node: drawn.node, key, value });
  };
  const same = drawn.path && printOrder(drawn.path, drawn.ports) === printOrder(path, drawn.ports);
  return (
    <div className="plan-keep">
      {same ? (
        <p className="soft">{t(words.kept)}</p>
      ) : (
        <button type="button" className="button small" onClick={() => set(path)}>
          {t(words.keep)}
        </button>
      )}
      {(drawn.path || drawn.stale) && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            set(undefined);
            onReleased();
          }}
        >
          {t(words.release)}
        </button>
      )}
      {drawn.stale && <p className="plan-warn">{t(words.stale)}</p>}
    </div>
  );
}
