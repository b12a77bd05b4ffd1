/** What opens over the canvas: one chunk, fetched beside the first screen. */
export { CanvasPopups } from './CanvasPopups.tsx';
export { HoverCard } from './HoverCard.tsx';
