/** The canvas as the rest of the page sees it. */
export { Canvas } from './Canvas.tsx';
export type { CanvasHandle, CanvasProps, Inspected, TensorValue } from './props.ts';
