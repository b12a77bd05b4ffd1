/** What differed between two runs, in words: `Adam · learning rate 0.001 → 0.01`. */
import { fieldsOf } from '../../catalogue/fields.ts';
import { registryOf } from '../../catalogue/index.ts';
import type { Difference } from '../../document/differences.ts';
import { useLocale, useT } from '../locale.ts';
import { titleIn } from '../parts/node-title.ts';
import { formatNumber } from '../parts/numbers.ts';
import { comparedWith } from '../run/compare-runs.ts';
import type { PastRun } from '../run/past-runs.ts';
import { rewindWords as words } from '../strings/rewind-words.ts';

/** So many are told; of more, that there are. */
const MOST = 4;

type Param = Extract<Difference, { kind: 'param' }>;

export function useDifference(before: PastRun | undefined, run: PastRun): string {
  const t = useT();
  const locale = useLocale();
  const { fork } = run;
  const forked = fork && t(words.forked, { of: fork.of, step: fork.step });
  if (!before) return forked ?? t(words.first);
  const { seed, drawing } = comparedWith(before, run);

  const shown = (value: unknown): string => {
    if (value === undefined) return t(words.byDefault);
    if (typeof value === 'number') return formatNumber(value);
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  /** Where a value is the default's, that is said as a number. */
  const values = ({ block, node, param, was, is }: Param) => {
    const nodes = (block === undefined ? run.document : run.document.blocks[block])?.nodes ?? {};
    const definition = nodes[node] && registryOf(run.document).of(nodes[node]);
    const field = definition && fieldsOf(definition).find(({ key }) => key === param);
    const byDefault = field?.schema.safeParse(undefined).data;
    const what = `${titleIn(run.document, nodes, node, locale)} · ${field ? field.label[locale] : param}`;
    return t(words.changed, { what, was: shown(was ?? byDefault), is: shown(is ?? byDefault) });
  };
  const said = drawing.flatMap((d): string[] => {
    if (d.kind === 'param') return [values(d)];
    if (d.kind === 'drawing') {
      const { added, removed } = d;
      return [added + removed > 0 ? t(words.redrawn, { added, removed }) : t(words.rewired)];
    }
    // How many steps there are has a column of its own.
    if (d.kind === 'run' && (d.name === 'steps' || d.name === 'seed')) return [];
    return [t(words.changed, { what: d.name, was: shown(d.was), is: shown(d.is) })];
  });
  const parts = [forked, seed && t(words.seed, seed), ...said].filter((part) => part !== undefined);
  if (parts.length === 0) return t(words.nothingDiffers);
  return parts.length > MOST ? `${parts.slice(0, MOST).join('; ')}; …` : parts.join('; ');
}
