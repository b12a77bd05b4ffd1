/** Metrics and tensors as a terminal shows them. */

import { visible } from '../base/visible.ts';
import type { CheckVerdict, TensorValue } from '../runtime/index.ts';
import { figure, table } from './format.ts';

export function metricsText(metrics: Readonly<Record<string, number>>, separator = '  '): string {
  const entries = Object.entries(metrics);
  if (separator === '\n') return table(entries.map(([name, value]) => [`  ${name}`, figure(value)]));
  return entries.map(([name, value]) => `${visible(name)} ${figure(value)}`).join(separator);
}

/** A row for each: whether it is met, what was measured, what it should be, and how far it is from that. */
export function checksText(checks: readonly CheckVerdict[]): string {
  if (checks.length === 0) return '';
  const rows = checks.map(({ node, value, theory, residual, tolerance, met }) => [
    met ? '  met' : '  not met',
    node,
    figure(value),
    theory === undefined ? '' : figure(theory),
    figure(residual),
    figure(tolerance),
  ]);
  return table([['  check', '', 'value', 'theory', 'residual', 'tolerance'], ...rows]);
}

/** What machines read: `theory` is null where there is no such number. */
export const checksJson = (checks: readonly CheckVerdict[]) =>
  checks.map(({ node, value, theory = null, residual, tolerance, met }) => ({
    ...{ node, value, theory, residual, tolerance, met },
  }));

/** Larger tensors are summed up. */
const PRINTED = 64;
const COLUMNS = 8;

export function valuesText(values: Readonly<Record<string, TensorValue>>): string {
  const texts = Object.entries(values).map(
    ([port, value]) => `${visible(port)}  ${visible(shapeText(value))}\n${numbersText(value)}`,
  );
  const isCut = Object.values(values).some(({ count }) => count > PRINTED);
  const hint = `Tensors of more than ${PRINTED} numbers are summed up; --values FILE.npz writes all of them.`;
  return [...texts, ...(isCut ? [hint] : [])].join('\n');
}

const shapeText = ({ shape, axes }: TensorValue): string =>
  shape.length === 0 ? 'scalar' : shape.map((size, d) => `${axes[d] ?? '?'} ${size}`).join(' · ');

/** Rows run along the last axis longer than 1; a long vector goes on in the next row. */
function numbersText({ shape, data, count, min, max, mean, deviation }: TensorValue): string {
  if (count > PRINTED) {
    return `  min ${figure(min)}  max ${figure(max)}  mean ${figure(mean)}  deviation ${figure(deviation)}`;
  }
  const axis = shape.findLast((size) => size > 1) ?? 1;
  const width = axis === count ? Math.min(axis, COLUMNS) : axis;
  const rows = Array.from({ length: Math.ceil(count / width) }, (_, r) =>
    data.slice(r * width, (r + 1) * width).map(figure),
  );
  const cell = Math.max(...rows.flat().map((text) => text.length));
  return rows.map((row) => `  ${row.map((text) => text.padStart(cell)).join('  ')}`).join('\n');
}
