import { describe, expect, it } from 'vitest';
import { templates } from '../../../../templates/index.ts';
import type { NodePath } from '../../../base/path.ts';
import { blockOf } from '../../../document/levels.ts';
import { createEditor, type Editor } from '../../../editor/index.ts';
import { pointsOf } from '../../ribbon/curve.ts';
import { ribbonOf } from '../../ribbon/ribbon-threads.ts';
import { atOnce } from '../../worker/slices.ts';
import { createViewModel } from '../model/view-model.ts';
import { wireGeometryOf } from './labels.ts';
import { RectIndex } from './rect-index.ts';

/** Ways to the levels of a document, each block once. */
function levels({ getState, dispatch }: Editor): NodePath[] {
  const seen = new Set<string>();
  const visit = (way: NodePath): NodePath[] => {
    dispatch({ type: 'enter', way });
    const inside = Object.entries(getState().view.graph.nodes).flatMap(([id, node]) => {
      const block = blockOf(node);
      if (block === undefined || seen.has(block)) return [];
      seen.add(block);
      return [[...way, id]];
    });
    return [way, ...inside.flatMap(visit)];
  };
  return visit([]);
}

describe.each(templates.map((t) => [t.name, t] as const))('%s', (_, template) => {
  it.each(['en', 'zh'] as const)(
    'no card on another, no wire behind a card, no label without room (%s)',
    async (locale) => {
      const document = await template.load();
      const editor = createEditor(document);
      const faults: string[] = [];
      for (const way of levels(editor)) {
        editor.dispatch({ type: 'enter', way });
        const { graph } = editor.getState().view;
        expect(Object.keys(graph.layout.nodes).sort()).toEqual(Object.keys(graph.nodes).sort());
        const model = createViewModel()(editor.getState(), locale);
        const { courses, labels } = atOnce(wireGeometryOf(model));
        const rects = model.cards.map((id) => ({ id, ...model.place(id) }));
        for (const [i, rect] of rects.entries())
          for (const { id } of new RectIndex(rects.slice(i + 1)).within(rect) as ReadonlySet<typeof rect>)
            faults.push(`${way} ${rect.id} lies on ${id}`);
        for (const id of model.wires) {
          const type = model.state.view.edge(id);
          if (type && !labels.has(id)) faults.push(`${way} ${id} has no label`);
          const half = (type ? ribbonOf(type).height : 0) / 2;
          const behind = pointsOf(courses.get(id)!)
            .slice(1, -1)
            .flatMap(({ x, y }) =>
              rects.filter(
                (r) => x > r.x && x < r.x + r.width && y > r.y - half && y < r.y + r.height + half,
              ),
            );
          if (behind[0]) faults.push(`${way} ${id} runs behind ${behind[0].id}`);
        }
      }
      expect(faults).toEqual([]);
    },
  );
});
