/** What a fix would change, marked on the scene: cards and wires that would come, go or read otherwise. */
import type { Preview } from '../../editor/index.ts';
import type { Scene } from './scene.ts';

export function withGhosts(scene: Scene, { nodes, edges }: Preview): Scene {
  return {
    ...scene,
    card(id) {
      const [card, ghost] = [scene.card(id), nodes.get(id)];
      return card && ghost ? { ...card, className: `tl-ghost tl-ghost-${ghost}` } : card;
    },
    wire(id) {
      const [wire, ghost] = [scene.wire(id), edges.get(id)];
      return wire?.data && ghost
        ? { ...wire, className: `tl-ghost tl-ghost-${ghost}`, data: { ...wire.data, ghost } }
        : wire;
    },
  };
}
