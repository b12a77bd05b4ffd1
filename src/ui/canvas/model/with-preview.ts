/** What a fix would change, marked on the model: cards and wires that would come, go or read otherwise. */
import type { Preview } from '../../../editor/index.ts';
import type { ViewModel } from './view-model.ts';

export function withPreview(model: ViewModel, { nodes, edges }: Preview): ViewModel {
  return {
    ...model,
    card(id) {
      const [card, mark] = [model.card(id), nodes.get(id)];
      return card && mark ? { ...card, className: `tl-preview tl-preview-${mark}` } : card;
    },
    wire(id) {
      const [wire, mark] = [model.wire(id), edges.get(id)];
      return wire?.data && mark
        ? { ...wire, className: `tl-preview tl-preview-${mark}`, data: { ...wire.data, mark } }
        : wire;
    },
  };
}
