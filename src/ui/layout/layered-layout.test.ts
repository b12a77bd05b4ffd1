import ELK from 'elkjs';
import { describe, expect, it } from 'vitest';
import { templates } from '../../../templates/index.ts';
import { check } from '../../compiler/index.ts';
import { viewOf } from '../../editor/level-view.ts';
import type { CardPlaces } from './elk-graph.ts';
import { layeredLayout } from './layered-layout.ts';
import { type LayoutGraph, layoutGraphOf } from './layout-graph.ts';

const elk = new ELK();
const lay = (graph: LayoutGraph, direction: 'right' | 'down' = 'right') =>
  layeredLayout(graph, direction, (given) => elk.layout(given));

const card = (id: string, inputs: readonly number[], outputs: readonly number[], height = 100) => ({
  id,
  width: 100,
  height,
  inputs: inputs.map((y, i) => ({ name: `i${i}`, y })),
  outputs: outputs.map((y, i) => ({ name: `o${i}`, y })),
});
const wire = (from: string, to: string, input = 'i0', output = 'o0') => ({
  from: { node: from, port: output },
  to: { node: to, port: input },
  label: 40,
  thickness: 6,
});

/** Cards that come closer to each other than `margin`. */
function close({ cards }: LayoutGraph, places: CardPlaces, margin: number): string[] {
  const rects = cards.map(({ id, width, height }) => ({ id, width, height, ...places[id]! }));
  return rects.flatMap((a, i) =>
    rects
      .slice(i + 1)
      .filter(
        (b) =>
          a.x < b.x + b.width + margin &&
          b.x < a.x + a.width + margin &&
          a.y < b.y + b.height + margin &&
          b.y < a.y + a.height + margin,
      )
      .map((b) => `${a.id} ${b.id}`),
  );
}

describe('a layered layout', () => {
  const chain: LayoutGraph = {
    cards: [card('a', [], [40]), card('b', [60], [30]), card('c', [50], [])],
    wires: [wire('a', 'b'), wire('b', 'c')],
  };

  it('puts a chain into columns, with every wire level from port to port and room for its label', async () => {
    const { a, b, c } = await lay(chain);
    // The ports of a wire are at one height: a.y + 40 = b.y + 60, b.y + 30 = c.y + 50.
    expect([a!.y - b!.y, b!.y - c!.y]).toEqual([20, 20]);
    expect([a!.x, Math.min(a!.y, b!.y, c!.y)]).toEqual([0, 0]);
    for (const gap of [b!.x - a!.x - 100, c!.x - b!.x - 100]) {
      expect(gap).toBeGreaterThanOrEqual(40 + 16);
      expect(gap).toBeLessThan(120);
    }
  });

  it('puts it into rows from top to bottom, one below the middle of the other', async () => {
    const { a, b, c } = await lay(chain, 'down');
    expect([a!.x, b!.x, c!.x]).toEqual([0, 0, 0]);
    expect(b!.y).toBeGreaterThan(a!.y + 100);
    expect(c!.y).toBeGreaterThan(b!.y + 100);
  });

  it('does not cross the wires of two ports', async () => {
    const { top, bottom } = await lay({
      cards: [card('bottom', [50], []), card('top', [50], []), card('source', [], [20, 80])],
      wires: [wire('source', 'bottom', 'i0', 'o1'), wire('source', 'top', 'i0', 'o0')],
    });
    expect(top!.y).toBeLessThan(bottom!.y);
  });

  it('breaks a long chain into rows that can be read', async () => {
    const ids = Array.from({ length: 16 }, (_, i) => `n${i}`);
    const graph = {
      cards: ids.map((id) => card(id, [50], [50])),
      wires: ids.slice(1).map((id, i) => wire(ids[i]!, id)),
    };
    const places = Object.values(await lay(graph));
    const [width, height] = [Math.max(...places.map((p) => p.x)), Math.max(...places.map((p) => p.y))];
    expect(width).toBeLessThan(1200);
    expect(height).toBeGreaterThan(200);
  });

  it('lays out cards without wires, and wires to ports that are not there', async () => {
    const places = await lay({
      cards: [card('constructor', [], [50]), card('b', [50], []), card('c', [], [])],
      wires: [wire('constructor', 'b', 'missing')],
    });
    expect(Object.keys(places).sort()).toEqual(['b', 'c', 'constructor']);
    expect(await lay({ cards: [], wires: [] })).toEqual({});
  });
});

describe('templates', () => {
  it('are laid out with air around every card, the same each time', async () => {
    for (const [k, template] of templates.entries()) {
      const document = await template.load();
      const graph = layoutGraphOf(document, viewOf(document, check(document), []));
      const places = await lay(graph);
      if (k % 8 === 0) expect(await lay(graph), template.name).toEqual(places);
      expect(close(graph, places, 16), template.name).toEqual([]);
      for (const { x, y } of Object.values(places)) expect([x % 1, y % 1]).toEqual([0, 0]);
    }
  });
});
