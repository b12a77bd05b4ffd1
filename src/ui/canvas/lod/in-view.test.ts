import type { ReactFlowState } from 'reactflow';
import { describe, expect, it } from 'vitest';
import { emptyDocument, type GraphDocument } from '../../../../graph-schema/document.ts';
import { createEditor } from '../../../editor/index.ts';
import { boundsOf } from '../geometry/edge-geometry.ts';
import { createViewModel } from '../model/view-model.ts';
import { regionOf, visibleIn } from './in-view.ts';

/** A chain of cards in a row, 1000 apart. */
function chain(length: number): GraphDocument {
  const ids = Array.from({ length }, (_, i) => `n${i}`);
  return {
    ...emptyDocument('chain'),
    nodes: Object.fromEntries(ids.map((id) => [id, { type: 'activation', params: {} }])),
    edges: Object.fromEntries(
      ids
        .slice(1)
        .map((id, i) => [`w${i}`, { from: { node: `n${i}`, port: 'y' }, to: { node: id, port: 'x' } }]),
    ),
    layout: { nodes: Object.fromEntries(ids.map((id, i) => [id, { x: i * 1000, y: 0 }])) },
  };
}

function inView(left: number, right: number) {
  const state = createEditor(chain(10)).getState();
  const region = { left, right, top: -100, bottom: 200 };
  const { cards, wires } = visibleIn(createViewModel()(state, 'en'), region);
  return { cards: [...cards].sort(), wires };
}

describe('what is in view', () => {
  it('are the cards there, the wires that pass, and the cards at the ends of these', () => {
    expect(inView(2900, 3500)).toEqual({ cards: ['n2', 'n3', 'n4'], wires: ['w2', 'w3'] });
    expect(inView(3400, 3600)).toEqual({ cards: ['n3', 'n4'], wires: ['w3'] });
  });

  it('lies within the region, which stays as it is while the view moves a little', () => {
    const region = (x: number, zoom: number) =>
      regionOf({ width: 800, height: 600, transform: [x, 0, zoom] } as unknown as ReactFlowState);
    for (const zoom of [0.1, 0.7, 2])
      for (const x of [-1234, 0, 77]) {
        const { left, right, top, bottom } = region(x, zoom);
        expect(left).toBeLessThan(-x / zoom);
        expect(right).toBeGreaterThan((800 - x) / zoom);
        expect(top).toBeLessThan(0);
        expect(bottom).toBeGreaterThan(600 / zoom);
        expect((right - left) * zoom).toBeLessThan(2 * 800);
      }
    expect(region(-10, 1)).toEqual(region(-20, 1));
  });

  it('is bounded by all cards', () => {
    const state = createEditor(chain(3)).getState();
    const model = createViewModel()(state, 'en');
    const last = model.place('n2');
    expect(boundsOf(model, model.cards)).toEqual({
      x: 0,
      y: 0,
      width: 2000 + last.width,
      height: last.height,
    });
    expect(boundsOf(model, [])).toBeUndefined();
  });
});
