/** What the step of a film is, what the contraction has cost so far, and what it has made. */
import type { Network } from '../../../contraction/index.ts';
import { useT } from '../../locale.ts';
import { operations } from '../../plan/figures.ts';
import { diagramWords as words } from '../../strings/diagram-words.ts';
import type { Intermediates } from '../../worker/worker-client.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import type { Film, FilmStep } from './film.ts';
import { motion } from './film-moment.ts';
import { StepNumbers } from './StepNumbers.tsx';

interface StepFiguresProps {
  readonly film: Film;
  readonly diagram: NetworkDiagram;
  readonly network: Network;
  readonly time: number;
  readonly made: Intermediates | undefined;
}

/** The step that runs at a time, or ended then; −1 before the first. */
export const stepAt = (time: number): number => Math.ceil(time) - 1;

export function StepFigures({ film, diagram, network, time, made }: StepFiguresProps) {
  const t = useT();
  const k = stepAt(time);
  const step = film.steps[k];
  const before = film.steps[k - 1];
  const e = step ? motion(time - k) : 0;
  const spent = mix(before?.flops ?? 0, step?.flops ?? 0, e);
  const largest = mix(before?.largest ?? 0, step?.largest ?? 0, e);
  const name = (v: number) =>
    v < film.origin.length
      ? (diagram.tensors[film.origin[v] ?? -1]?.name ?? '')
      : `#${v - film.origin.length + 1}`;
  const names = (labels: readonly number[]) => labels.map((l) => diagram.indices[l]?.name ?? '').join(' ');
  const ended = e === 1 ? step : before;
  const value = ended?.pair && made?.[ended.at];
  return (
    <div className="diagram-figures">
      <div className="diagram-step">
        <p aria-live="polite">
          <strong>
            {step ? t(words.stepOf, { step: k + 1, steps: film.steps.length }) : t(words.before)}
          </strong>
          {step && <span className="diagram-says">{stepText(step)}</span>}
        </p>
        <p className="diagram-costs">
          <output>{operations(spent)}</output> {t(words.spent)}{' '}
          <span className="soft">{t(words.ofAll, { all: operations(film.flops) })}</span>
          <span className="diagram-largest">
            {t(words.largest)} <output>{t(words.elements, { count: operations(largest) })}</output>
          </span>
        </p>
      </div>
      {ended?.pair && (
        <figure className="diagram-made">
          {value && (
            <StepNumbers step={ended.at + 1} data={value.data} rows={rowsOf(value.labels, network)} />
          )}
          <figcaption>
            <span className="math">{names(ended.pair.result) || '1'}</span>{' '}
            {ended.pair.result.length > 0 && ended.pair.result.map((l) => network.sizes[l]).join(' × ')}
          </figcaption>
        </figure>
      )}
    </div>
  );

  function stepText({ pair }: FilmStep): string {
    if (!pair) return t(words.wires);
    const operands = { left: name(pair.left), right: name(pair.right) };
    return pair.summed.length === 0
      ? t(words.sumsNothing, operands)
      : t(words.sums, { ...operands, indices: names(pair.summed) });
  }
}

const mix = (a: number, b: number, e: number): number => Math.round(a + e * (b - a));

const rowsOf = ([first]: readonly number[], { sizes }: Network): number => sizes[first ?? -1] ?? 1;
