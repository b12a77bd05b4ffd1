/** The pairs of a contraction path one by one: what each sums and what it costs. */
import type { ReactNode } from 'react';
import type { ExplainedStep } from '../../contraction/index.ts';
import { useT } from '../locale.ts';
import { Icon } from '../parts/Icon.tsx';
import { CostHeads, Costs } from './Costs.tsx';
import type { DrawnNetwork } from './drawn-network.ts';
import { bytesPerElement } from './Paths.tsx';
import { membersOf } from './path-members.ts';
import { words } from './plan-strings.ts';
import { useHighlight } from './use-highlight.ts';

interface StepsProps {
  readonly drawn: DrawnNetwork;
  readonly names: readonly string[];
  readonly steps: readonly ExplainedStep[];
  readonly at: number;
  readonly onAt: (step: number) => void;
  /** The step that is pointed at, here or in the diagram. */
  readonly pointed: number | undefined;
  readonly onPointed: (step: number | undefined) => void;
  /** What the step makes, beside its number. */
  readonly made: ReactNode;
}

export function Steps({ drawn, names, steps, at, onAt, pointed, onPointed, made }: StepsProps) {
  const t = useT();
  const n = names.length;
  const letters = (labels: readonly number[]) => labels.map((l) => drawn.indices[l]).join(' ') || '1';
  const name = (v: number) => (v < n ? names[v] : `#${v - n + 1}`);
  const light = useHighlight();
  const members = membersOf(
    n,
    steps.map(({ left, right }) => [left, right]),
  );
  const nodesOf = ({ left, right }: ExplainedStep) =>
    [...(members[left] ?? []), ...(members[right] ?? [])].flatMap((k) => drawn.operands[k]?.node ?? []);
  return (
    <div className="plan-steps">
      <div className="plan-stepper">
        <button
          type="button"
          className="icon-button"
          aria-label={t(words.previous)}
          disabled={at === 0}
          onClick={() => onAt(at - 1)}
        >
          <Icon name="left" />
        </button>
        <span aria-live="polite">
          {t(words.stepOf, { step: String(at + 1), steps: String(steps.length) })}
        </span>
        <button
          type="button"
          className="icon-button"
          aria-label={t(words.next)}
          disabled={at === steps.length - 1}
          onClick={() => onAt(at + 1)}
        >
          <Icon name="right" />
        </button>
        {made}
      </div>
      <div className="plan-steps-body">
        <table className="plan-table" aria-label={t(words.steps)}>
          <thead>
            <tr>
              <th scope="col">#</th>
              <th scope="col">{t(words.expression)}</th>
              <CostHeads />
            </tr>
          </thead>
          <tbody>
            {steps.map((step, i) => {
              const lit = light(nodesOf(step));
              return (
                <tr
                  key={`${step.left} ${step.right}`}
                  aria-current={i === at ? 'step' : undefined}
                  data-pointed={i === pointed || undefined}
                  onClick={() => onAt(i)}
                  onPointerEnter={() => {
                    onPointed(i);
                    lit.onPointerEnter();
                  }}
                  onPointerLeave={() => {
                    onPointed(undefined);
                    lit.onPointerLeave();
                  }}
                >
                  <th scope="row">{i + 1}</th>
                  <td>
                    <span className="plan-operands">
                      {name(step.left)} · {name(step.right)}
                    </span>
                    <span className="math">
                      {letters(step.operands[0])}, {letters(step.operands[1])} → {letters(step.result)}
                    </span>
                  </td>
                  <Costs flops={step.flops} made={step.elements * bytesPerElement} share={step.share} />
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
