/** What all charts of the dock have in common: their size, their axes, and the page's colours. */
import type uPlot from 'uplot';
import { formatCount, formatNumber } from '../parts/numbers.ts';

export const sizeOf = (element: HTMLElement) => ({
  width: Math.max(60, element.clientWidth),
  height: Math.max(80, element.clientHeight),
});

/** A colour of the theme by its name, as the element has it. */
export function colours(element: HTMLElement): (token: string) => string {
  const style = getComputedStyle(element);
  return (token) => style.getPropertyValue(token).trim();
}

/** Steps below, values at the left. */
export function stepAxes(element: HTMLElement): uPlot.Axis[] {
  const colour = colours(element);
  const axis = {
    stroke: colour('--soft'),
    font: `11px ${getComputedStyle(element).fontFamily}`,
    grid: { stroke: colour('--line'), width: 0.5 },
    ticks: { show: false },
  };
  return [
    { ...axis, size: 24, gap: 4, values: (_, ticks) => ticks.map((v) => (v === null ? '' : formatCount(v))) },
    {
      ...axis,
      // As wide as the longest of its numbers.
      size: ({ ctx }, ticks) => {
        const widths = (ticks ?? []).map((tick) => ctx.measureText(tick).width / devicePixelRatio);
        return Math.max(36, ...widths) + 12;
      },
      gap: 4,
      values: (_, ticks) => ticks.map((v) => (v === null ? '' : formatNumber(v, 3))),
    },
  ];
}
