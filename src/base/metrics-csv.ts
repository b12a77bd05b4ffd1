/** Metrics of a run as a table of text: step, metric, value. */

export const metricsHead = 'step,metric,value\n';

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Of training steps the step in which it was measured, counted from 0; of evaluations the number of steps before. */
export const metricsRow = (step: number, metric: string, value: number): string =>
  `${step},${cell(metric)},${value}\n`;
