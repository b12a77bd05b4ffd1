/** What the inspector shows of a selection, and of a block: one chunk, which the first screen does without. */
export { BlockPanel } from './BlockPanel.tsx';
export { EdgePanel } from './EdgePanel.tsx';
export { ManyPanel } from './ManyPanel.tsx';
export { NodePanel } from './NodePanel.tsx';
