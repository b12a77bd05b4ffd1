/**
 * A graph of many nodes from far off, as a drawing of few strokes: cards of one tint are one path, wires of one
 * colour another. Drawn one by one, a thousand cards and their wires would cost many frames at each change.
 */
import { pathBeside } from '../../ribbon/curve.ts';
import type { Hues } from '../../ribbon/index-hues.ts';
import { plainStroke } from '../../ribbon/RibbonPath.tsx';
import { ribbonOf } from '../../ribbon/ribbon-threads.ts';
import { courseOfWire } from '../geometry/courses.ts';
import { meets, type Rect, type ViewRegion } from '../geometry/rect.ts';
import type { ViewModel } from '../model/view-model.ts';

export interface Stroke {
  readonly className: string;
  readonly path: string;
  readonly color?: string;
  readonly width?: number;
}

export interface Title {
  readonly id: string;
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface Drawing {
  readonly strokes: readonly Stroke[];
  readonly titles: readonly Title[];
}

/** Shapes in one path: where one is out of sight the rest is not walked. */
const most = 60;
/** Of a title from the left edge of its card, and of a mark from the right. */
const inset = 14;

/** Of a card's corners. */
const round = 10;

function outline({ x, y, width, height }: Rect): string {
  const [across, down] = [width - 2 * round, height - 2 * round];
  const corner = (dx: number, dy: number) => `a${round},${round} 0 0 1 ${dx * round},${dy * round}`;
  return `M${x + round},${y}h${across}${corner(1, 1)}v${down}${corner(-1, 1)}h${-across}${corner(-1, -1)}v${-down}${corner(1, -1)}z`;
}

const dot = (x: number, y: number): string => `M${x - 12},${y}a12,12 0 1 0 24,0a12,12 0 1 0 -24,0`;

/** Gathers shapes of the same look, in the order in which the looks first come. */
class Strokes {
  #looks = new Map<string, { readonly look: Omit<Stroke, 'path'>; readonly paths: string[][] }>();

  add(path: string, className: string, color?: string, width?: number): void {
    const key = `${className} ${color} ${width}`;
    const entry = this.#looks.get(key) ?? {
      look: { className, ...(color && { color }), ...(width && { width }) },
      paths: [],
    };
    this.#looks.set(key, entry);
    const last = entry.paths.at(-1);
    if (last && last.length < most) last.push(path);
    else entry.paths.push([path]);
  }

  all(): Stroke[] {
    return [...this.#looks.values()].flatMap(({ look, paths }) =>
      paths.map((path) => ({ ...look, path: path.join('') })),
    );
  }
}

/** These wires, and the cards of the region; a step for each. */
export function* drawOverview(
  model: ViewModel,
  hues: Hues,
  wireIds: readonly string[],
  region: ViewRegion,
): Generator<void, Drawing> {
  const { view } = model.state;
  const [wires, cards, words, marks] = [new Strokes(), new Strokes(), new Strokes(), new Strokes()];
  const titles: Title[] = [];
  for (const id of wireIds) {
    yield;
    const course = courseOfWire(model, id);
    const data = model.wire(id)?.data;
    if (!course || !data) continue;
    const { mismatched, downstream } = data;
    const type = view.edge(id);
    const faded = downstream ? ' tl-downstream' : '';
    const path = pathBeside(course, 0);
    if (!type) wires.add(path, data.severity ? 'tl-thread-unknown tl-lost' : `tl-thread-unknown${faded}`);
    else if (ribbonOf(type).threads.length === 0) wires.add(path, `tl-thread-scalar${faded}`);
    else {
      const { color, width } = plainStroke(type, hues, mismatched);
      wires.add(path, `tl-thread${faded}`, color, Math.round(width));
    }
  }
  for (const id of model.cards) {
    yield;
    const body = model.body(id);
    const { x, y, width, height } = model.place(id);
    if (!body || !meets(region, { x, y, width, height })) continue;
    const { title, category, severity, downstreamOf } = body;
    const tint = `tl-tint-${category ?? 'unknown'}`;
    const middle = y + height / 2;
    cards.add(
      outline({ x, y, width, height }),
      `tl-far-card ${tint}${severity === 'error' ? ' tl-far-bad' : ''}`,
    );
    cards.add(`M${x},${y + round}v${height - 2 * round}`, `tl-far-edge ${tint}`);
    words.add(
      `M${x + inset},${middle}h${width * 0.6}`,
      `tl-far-words${downstreamOf === undefined ? '' : ' tl-downstream'}`,
    );
    titles.push({ id, text: title, x: x + inset, y: middle });
    if (severity && severity !== 'info') marks.add(dot(x + width - inset - 12, middle), `tl-far-${severity}`);
  }
  return { strokes: [wires, cards, words, marks].flatMap((group) => group.all()), titles };
}
