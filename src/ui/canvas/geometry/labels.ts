/** The labels of a model's wires: which of them are shown, and where, given the cards and wires as they lie. */
import { labelWidth } from '../../ribbon/RibbonLabel.tsx';
import { ribbonOf } from '../../ribbon/ribbon-threads.ts';
import type { ViewModel } from '../model/view-model.ts';
import { type Courses, coursesOf } from './courses.ts';
import { type LabelledWire, type LabelPlace, placeLabels } from './label-places.ts';

/** For each wire that has room for its label, where on the wire it goes. */
export type Labels = ReadonlyMap<string, LabelPlace>;

/** Where all wires of a level run, and where their labels stand. */
export interface WireGeometry {
  readonly courses: Courses;
  readonly labels: Labels;
}

/** In small steps: a large graph need not be done in one go. */
export function* wireGeometryOf(model: ViewModel): Generator<void, WireGeometry> {
  const courses = yield* coursesOf(model);
  const wires = [...courses].map(([id, course]): LabelledWire => {
    const type = model.state.view.edge(id);
    return {
      id,
      course,
      thickness: type ? ribbonOf(type).height : 0,
      width: type ? labelWidth(type) : undefined,
    };
  });
  const cards = model.cards.map((id) => model.place(id));
  return { courses, labels: yield* placeLabels(wires, cards) };
}
