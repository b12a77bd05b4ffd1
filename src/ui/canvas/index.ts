/** The canvas as the rest of the page sees it. */
export { Canvas } from './Canvas.tsx';
export { type CanvasHandle, type CanvasProps, DRAG_TYPE, type Inspected, type TensorValue } from './props.ts';
