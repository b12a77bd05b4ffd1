/** What is drawn of many nodes from far off: one chunk, fetched beside the first screen. */
export { Minimap } from './Minimap.tsx';
export { OverviewDrawing } from './OverviewDrawing.tsx';
