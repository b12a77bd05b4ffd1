/** Where the ticks of an axis stand, and what is written there. */
import { formatNumber } from '../../parts/numbers.ts';

export interface Tick {
  readonly at: number;
  /** Empty: a tick without a number. */
  readonly label: string;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly log?: boolean;
  /** Only whole numbers count what is along the axis. */
  readonly whole?: boolean;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (n: number): string =>
  (n < 0 ? '⁻' : '') + [...String(Math.abs(n))].map((digit) => superscripts[Number(digit)]).join('');

/** 1, 2 or 5 times a power of ten, at least `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * ([1, 2, 5].find((factor) => factor * power >= least * (1 - 1e-9)) ?? 10);
}

/** Ticks from `from` to `to`, about as many as `count` or fewer; of a logarithmic axis at powers of ten. */
export function ticksOf(span: Span, count: number): readonly Tick[] {
  const { from, to, log, whole } = span;
  if (!(Number.isFinite(from) && Number.isFinite(to)) || from >= to) return [];
  if (log) return from > 0 ? logTicks(from, to, count) : [];
  const step = Math.max(whole ? 1 : 0, niceStep((to - from) / Math.max(1, count)));
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const most = Math.max(Math.abs(from), Math.abs(to));
  const label = (x: number) =>
    most >= 1e5 || step < 1e-4 ? formatNumber(x, 3) : x.toFixed(decimals).replace('-', '−');
  return Array.from({ length: last - first + 1 }, (_, i) => {
    // Not added up, so that zero is zero.
    const at = (first + i) * step;
    return { at, label: label(at) };
  });
}

function logTicks(from: number, to: number, count: number): Tick[] {
  const [low, high] = [Math.log10(from), Math.log10(to)];
  const decades = Math.floor(high + 1e-9) - Math.ceil(low - 1e-9);
  if (decades < 2) return fineLogTicks(from, to);
  const every = Math.max(1, Math.ceil((decades + 1) / Math.max(1, count)));
  const first = Math.ceil(low - 1e-9);
  return Array.from({ length: decades + 1 }, (_, i) => {
    const power = first + i;
    return { at: 10 ** power, label: power % every === 0 ? `10${raised(power)}` : '' };
  });
}

/** Of a range with less than three powers of ten in it: 1, 2 and 5 times each. */
function fineLogTicks(from: number, to: number): Tick[] {
  const ticks: Tick[] = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.log10(to); power++)
    for (const factor of [1, 2, 5]) {
      const at = factor * 10 ** power;
      if (at >= from * (1 - 1e-9) && at <= to * (1 + 1e-9)) ticks.push({ at, label: formatNumber(at, 2) });
    }
  // Less than from one of these to the next: as on a linear axis.
  return ticks.length > 1 ? ticks : [...ticksOf({ from, to }, 4)];
}

/** The span with some air, so that nothing is drawn on the border; a single number gets air around it. */
export function padded(
  { from, to }: { readonly from: number; readonly to: number },
  log: boolean,
  part = 0.06,
) {
  if (log) {
    const factor = from === to ? 2 : (to / from) ** part;
    return { from: from / factor, to: to * factor };
  }
  const air = from === to ? Math.abs(from) * 0.5 || 1 : (to - from) * part;
  return { from: from - air, to: to + air };
}
