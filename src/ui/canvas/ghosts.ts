/** What a fix would change, marked on the scene: cards and wires that would come, go or read otherwise. */
import type { Preview } from '../../editor/index.ts';
import type { Scene } from './scene.ts';

export function withGhosts(scene: Scene, { nodes, edges }: Preview): Scene {
  return {
    nodes: scene.nodes.map((card) => {
      const ghost = nodes.get(card.id);
      return ghost ? { ...card, className: `tl-ghost tl-ghost-${ghost}` } : card;
    }),
    edges: scene.edges.map((wire) => {
      const ghost = edges.get(wire.id);
      return ghost && wire.data
        ? { ...wire, className: `tl-ghost tl-ghost-${ghost}`, data: { ...wire.data, ghost } }
        : wire;
    }),
  };
}
