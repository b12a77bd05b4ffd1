/** The panels of the dock that are small: one chunk, which the first screen does without. */
export { Problems } from './Problems.tsx';
export { RunPanel } from './RunPanel.tsx';
export { ValuesPanel } from './ValuesPanel.tsx';
