/** Where samples are drawn from a model: its priors, and what of its Probes depends on nothing else that comes from data. */
import { type PathText, portKey } from '../base/path.ts';
import type { DrawnFrom } from '../catalogue/define.ts';
import { type Analysis, soundNodes } from './analyse.ts';
import { neededBy } from './needed-by.ts';

export interface PriorPort {
  /** Its output, which is given numbers in place of what is computed. */
  readonly key: string;
  readonly node: PathText;
  readonly draws: DrawnFrom;
  /** Of its axes; undefined for that of the batch, which has as many as samples are wanted. */
  readonly sizes: readonly (number | undefined)[];
}

export interface Sampled {
  readonly priors: readonly PriorPort[];
  /** Nodes of what is drawn: Probes. */
  readonly shown: readonly PathText[];
}

/** Undefined where no Probe can be computed from priors alone. */
export function sampledIn(analysis: Analysis): Sampled | undefined {
  const found = soundNodes(analysis).flatMap(({ id }) => priorAt(analysis, id) ?? []);
  const priors = new Set(found.map(({ node }) => node));
  if (priors.size === 0) return undefined;
  const shown = soundNodes(analysis).flatMap(({ id, definition }) => {
    if (definition.category !== 'output' || analysis.flat.inside(id)?.region) return [];
    const needed = [...neededBy(analysis, [id], priors)];
    const readsData = needed.some((one) => analysis.node(one)?.definition.dataset);
    return !readsData && needed.some((one) => priors.has(one)) ? id : [];
  });
  if (shown.length === 0) return undefined;
  const used = neededBy(analysis, shown, priors);
  return { priors: found.filter(({ node }) => used.has(node)), shown };
}

function priorAt(analysis: Analysis, node: PathText): PriorPort | undefined {
  const { definition, params } = analysis.node(node) ?? {};
  const draws = definition?.draws?.(params);
  const type = analysis.inferred(node)?.outputs.y;
  if (!draws || !type || analysis.flat.inside(node)?.region) return undefined;
  const { axes } = analysis.sizes.see(type);
  const sizes = axes.map(({ size, written }, d) =>
    d === 0 && Object.hasOwn(analysis.document.dims, written) ? undefined : size,
  );
  if (sizes.some((size, d) => size === undefined && axes[d]?.size === undefined)) return undefined;
  return { key: portKey(node, 'y'), node, draws, sizes };
}
