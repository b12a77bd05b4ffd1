import { describe, expect, it } from 'vitest';
import { laidOut, residualStack } from '../../../../test/bench/residual-stack.ts';
import { createEditor } from '../../../editor/index.ts';
import { pointAt } from '../../ribbon/curve.ts';
import { atOnce } from '../../worker/slices.ts';
import { courseOfWire } from '../geometry/courses.ts';
import { cardAt, wireAt } from '../geometry/hit-testing.ts';
import { createViewModel } from '../model/view-model.ts';
import { drawOverview } from './overview-drawing.ts';

const editor = createEditor(laidOut(residualStack(1000)));
const everywhere = { left: -1e6, top: -1e6, right: 1e6, bottom: 1e6 };
const sceneNow = () => createViewModel()(editor.getState(), 'en');
const picture = (region = everywhere) => {
  const model = sceneNow();
  return atOnce(drawOverview(model, new Map(), model.wires, region));
};
const shapes = (paths: readonly { readonly path: string }[]) =>
  paths.reduce((sum, { path }) => sum + path.split('M').length - 1, 0);

describe('many nodes as one drawing', () => {
  it('has every card and every wire in few strokes', () => {
    const { strokes, titles } = picture();
    const model = sceneNow();
    expect(shapes(strokes.filter((s) => s.className.startsWith('tl-far-card')))).toBe(model.cards.length);
    expect(shapes(strokes.filter((s) => s.className.startsWith('tl-thread')))).toBe(model.wires.length);
    expect(titles).toHaveLength(model.cards.length);
    expect(strokes.length).toBeLessThan(model.cards.length / 10);
  });

  it('has only the cards of its region', () => {
    const { titles } = picture({ left: 0, top: 0, right: 400, bottom: 300 });
    expect(titles.map(({ id }) => id)).toEqual(['data', 'stem', 'down9', 'sum9']);
  });

  it('marks what is at fault, and lets stand back what lies downstream', () => {
    editor.dispatch({ type: 'setParam', node: 'stem', key: 'units', value: 65 });
    const { strokes } = picture();
    editor.undo();
    const of = (name: string) =>
      shapes(strokes.filter(({ className }) => className.split(' ').includes(name)));
    expect([of('tl-far-bad'), of('tl-far-error')]).toEqual([1, 1]);
    expect(of('tl-far-words')).toBe(998);
    expect(shapes(strokes.filter(({ className }) => className === 'tl-far-words tl-downstream'))).toBe(992);
  });
});

describe('what lies at a place', () => {
  it('is the card there', () => {
    const model = sceneNow();
    expect(cardAt(model, { x: 260, y: 10 })).toBe('stem');
    expect(cardAt(model, { x: 240, y: 10 })).toBeUndefined();
  });

  it('is the nearest wire, up to a margin', () => {
    const model = sceneNow();
    for (const id of model.wires.filter((_, i) => i % 50 === 0)) {
      const curve = courseOfWire(model, id)!;
      const { x, y } = pointAt(curve, 0.37);
      const found = wireAt(model, { x, y: y + 0.5 }, 30)!;
      const between = (wire: string) => model.state.document.edges[wire]!;
      // Two wires that leave one port run together for a while.
      expect(between(found).from).toEqual(between(id).from);
    }
    expect(wireAt(model, { x: 0, y: -500 }, 30)).toBeUndefined();
  });
});
