/** The whole graph: its networks, and every step that the engine takes, with what it costs and where it comes from. */

import { byteText } from '../../base/bytes.ts';
import { nodeAt } from '../../document/levels.ts';
import type { Description } from '../../worker/protocol.ts';
import { useLocale, useT } from '../locale.ts';
import { nodeTitle } from '../parts/node-title.ts';
import { useEditorState, useSession } from '../session/hooks.ts';
import { reveal } from '../session/reveal.ts';
import { CostHeads, Costs } from './Costs.tsx';
import type { ShownNetwork } from './drawn-network.ts';
import { operations } from './figures.ts';
import { Improvement } from './Improvement.tsx';
import { Networks } from './Networks.tsx';
import { words } from './plan-strings.ts';
import { useHighlight } from './use-highlight.ts';

interface ProgramProps {
  /** `undefined` until it is known, `null` where there is none. */
  readonly program: Description | null | undefined;
  readonly networks: readonly ShownNetwork[];
  readonly onChosen: (network: string) => void;
}

export function Program({ program, networks, onChosen }: ProgramProps) {
  const t = useT();
  const locale = useLocale();
  const session = useSession();
  const document = useEditorState((s) => s.document);
  const light = useHighlight();
  if (program === undefined) return <p className="dock-empty">…</p>;
  if (program === null) return <p className="dock-empty">{t(words.noProgram)}</p>;

  const { kind, steps, flops, naiveFlops, peakBytes } = program;
  const what = t(kind === 'train' ? words.oneTraining : words.oneEvaluation);
  const figures = { what, steps: String(steps.length), flops: operations(flops), bytes: byteText(peakBytes) };
  return (
    <div className="plan-program">
      <p className="soft">
        {t(steps.length === 1 ? words.programIsOneStep : words.programIs, figures)}
        {naiveFlops > flops && ` · ${t(words.insteadOf, { flops: operations(naiveFlops) })}`}
      </p>
      <Improvement />
      <Networks networks={networks} onChosen={onChosen} />
      <table className="plan-table plan-all" aria-label={t(words.steps)}>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{t(words.from)}</th>
            <th scope="col">{t(words.expression)}</th>
            <CostHeads />
          </tr>
        </thead>
        <tbody>
          {steps.map((step, i) => {
            const node = step.source;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its position in the plan.
              <tr key={i} {...light(node === undefined ? [] : [node])}>
                <th scope="row">{i + 1}</th>
                <td>
                  {node !== undefined && nodeAt(document, node) && (
                    <button
                      type="button"
                      className="plan-source"
                      onClick={() => reveal(session, { nodes: [node] })}
                    >
                      {nodeTitle(document, node, locale)}
                    </button>
                  )}
                </td>
                <td className="plan-text" title={step.text[locale]}>
                  {'\u2003'.repeat(step.depth ?? 0)}
                  {step.text[locale]}
                </td>
                <Costs flops={step.flops} made={step.bytes} share={flops > 0 ? step.flops / flops : 0} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
