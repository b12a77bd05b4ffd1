/**
 * Tidies the level that is shown: all of it, or what is selected where that is several nodes. The cards glide to their
 * places; it is one step of the history.
 */
import type { Text } from '../../base/text.ts';
import type { EditorState } from '../../editor/index.ts';
import { freeSpot } from '../../editor/placement.ts';
import { cardSizes } from '../canvas/model/card-sizes.ts';
import { sayNow } from '../locale.ts';
import { notify } from '../notice.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { useSettings } from '../settings.ts';
import { tidyWords } from '../strings/tidy-words.ts';
import type { CardPlaces, LayoutDirection } from './elk-graph.ts';
import { glide } from './glide.ts';
import { layeredLayout } from './layered-layout.ts';
import { type LayoutGraph, layoutGraphOf } from './layout-graph.ts';
import { withLayouter } from './layout-worker-client.ts';

/** Why it came to nothing, where somebody made it so. */
class Ended {
  readonly words: Text;
  constructor(words: Text) {
    this.words = words;
  }
}

let underWay: AbortController | undefined;

export async function tidyLevel(session: DocumentSession, direction: LayoutDirection): Promise<void> {
  underWay?.abort(new Ended(tidyWords.stopped));
  const stopping = new AbortController();
  underWay = stopping;
  const { signal } = stopping;
  const { editor } = session;
  const { document, view, selection } = editor.getState();
  const chosen = selection.nodes.length > 1 ? new Set(selection.nodes) : undefined;
  const graph = layoutGraphOf(document, view, chosen);
  const count = graph.cards.length;
  if (count === 0) return notify(sayNow(tidyWords.nothing));
  const stop = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    stopping.abort(new Ended(tidyWords.stopped));
  };
  const isAnother = ({ view: now }: EditorState) => now.graph !== view.graph;
  const unfollow = editor.subscribe(() => {
    if (isAnother(editor.getState())) stopping.abort(new Ended(tidyWords.changed));
  });
  addEventListener('keydown', stop, { capture: true });
  const waiting = setTimeout(() => notify(sayNow(tidyWords.working, { count })), patience);
  try {
    const found = await withLayouter(signal, (layout) => layeredLayout(graph, direction, layout));
    unfollow();
    const places = settled(editor.getState(), graph, found);
    const moved = await glide(editor, places, signal);
    // The canvas may be a frame or two behind the document.
    if (moved && !chosen) setTimeout(() => session.canvas.current?.fit(), drawn);
    notify(moved ? sayNow(tidyWords.done, { count }) : sayNow(tidyWords.asItWas));
  } catch (reason) {
    if (reason instanceof Ended) notify(sayNow(reason.words));
    else
      notify(sayNow(tidyWords.failed, { detail: reason instanceof Error ? reason.message : String(reason) }));
  } finally {
    unfollow();
    clearTimeout(waiting);
    removeEventListener('keydown', stop, { capture: true });
    if (underWay === stopping) underWay = undefined;
  }
}

/** Milliseconds after which the user is told that it takes a while. */
const patience = 400;
/** Milliseconds after which what has moved is drawn where it is. */
const drawn = 60;

/** Where the cards lay, their corner stays; what is tidied amid others goes where it lies on none of them. */
function settled({ document, view }: EditorState, { cards }: LayoutGraph, found: CardPlaces): CardPlaces {
  const { nodes } = view.graph.layout;
  const before = cards.flatMap(({ id }) => nodes[id] ?? []);
  const corner = {
    x: Math.min(...before.map(({ x }) => x)),
    y: Math.min(...before.map(({ y }) => y)),
  };
  const at = before.length > 0 ? corner : { x: 0, y: 0 };
  const size = {
    width: Math.max(...cards.map(({ id, width }) => (found[id]?.x ?? 0) + width)),
    height: Math.max(...cards.map(({ id, height }) => (found[id]?.y ?? 0) + height)),
  };
  const own = new Set(cards.map(({ id }) => id));
  const others = Object.fromEntries(Object.entries(nodes).filter(([id]) => !own.has(id)));
  const graph = { ...view.graph, layout: { ...view.graph.layout, nodes: others } };
  const sizes = cardSizes(useSettings.getState().locale)(document, view);
  const spot = Object.keys(others).length > 0 ? freeSpot({ graph, sizes }, size, at) : at;
  return Object.fromEntries(
    Object.entries(found).map(([id, { x, y }]) => [
      id,
      { x: Math.round(x + spot.x), y: Math.round(y + spot.y) },
    ]),
  );
}
