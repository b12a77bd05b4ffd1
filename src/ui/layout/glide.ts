/** Moves cards to their new places as a hand would: in many small moves that are one step of the history. */
import type { Editor } from '../../editor/index.ts';
import type { CardPlaces } from './elk-graph.ts';

/** In milliseconds. */
const duration = 320;
/** So many cards cannot be drawn anew in each frame; they are put where they go at once. */
const most = 150;

/** Begins and ends gently. */
const eased = (t: number): number => t * t * (3 - 2 * t);

/**
 * Whether anything moved. When `signal` aborts, or somebody else changes the drawing on the way, the cards that glide
 * are put where they go at once, or left to whoever took them.
 */
export async function glide(editor: Editor, to: CardPlaces, signal: AbortSignal): Promise<boolean> {
  const layoutNow = () => editor.getState().view.graph.layout.nodes;
  const from = layoutNow();
  const moving = Object.keys(to).filter((id) => from[id]?.x !== to[id]?.x || from[id]?.y !== to[id]?.y);
  if (moving.length === 0) return false;
  const move = (t: number) => {
    const positions = Object.fromEntries(
      moving.map((id) => {
        const [start, end] = [from[id] ?? { x: 0, y: 0 }, to[id] ?? { x: 0, y: 0 }];
        return [id, { x: start.x + (end.x - start.x) * t, y: start.y + (end.y - start.y) * t }];
      }),
    );
    editor.dispatch({ type: 'move', positions, done: t === 1 });
  };
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches || moving.length > most;
  if (!still) {
    const start = performance.now();
    let last = layoutNow();
    for (;;) {
      const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
      if (layoutNow() !== last) return true;
      const t = (now - start) / duration;
      if (t >= 1 || signal.aborted) break;
      move(eased(Math.max(0, t)));
      last = layoutNow();
    }
  }
  move(1);
  return true;
}
