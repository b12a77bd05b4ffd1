/**
 * Finding nodes by what they are called elsewhere, with the settings that this means, and by an equation. It is
 * fetched beside the lists of node types.
 */
import { text } from '../../base/text.ts';
import { drawnEquation, equationIn } from '../../catalogue/drawn-equation.ts';
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import { namesOf, synonyms } from '../../catalogue/synonyms.ts';
import { type Editor, type Point, writeClip } from '../../editor/index.ts';

export { equationIn };

const plain = new Map<string, readonly string[]>();
for (const synonym of synonyms)
  if (!synonym.setting) plain.set(synonym.type, [...(plain.get(synonym.type) ?? []), ...namesOf(synonym)]);

/** Other names of a definition: those of its type, or those that ask for its settings. */
const asked = new WeakMap<AnyNodeDefinition, readonly string[]>();

export const otherNames = (definition: AnyNodeDefinition): readonly string[] =>
  asked.get(definition) ?? (definition.preset ? [] : (plain.get(definition.type) ?? []));

/** Kinds of nodes with the settings that other names ask for: “relu” is an Activation, relu. */
export function withSettings(definitions: readonly AnyNodeDefinition[]): readonly AnyNodeDefinition[] {
  const byType = new Map(definitions.flatMap((d) => (d.preset ? [] : [[d.type, d] as const])));
  return synonyms.flatMap((synonym) => {
    const { setting } = synonym;
    const definition = byType.get(synonym.type);
    if (!setting || !definition) return [];
    const { en, zh } = definition.title;
    const way: AnyNodeDefinition = {
      ...definition,
      title: text(`${en}: ${setting.title.en}`, `${zh}：${setting.title.zh}`),
      preset: setting.params,
    };
    asked.set(way, namesOf(synonym));
    return way;
  });
}

/** About how much room a card takes beyond its corner. */
const room = { x: 220, y: 140 };

/**
 * Pastes the drawing of an equation, as one step: with its corner at `at`, or where cards are in the way below all of
 * them. Gives the nodes.
 */
export function drawEquation(editor: Editor, equation: string, at: Point): readonly string[] {
  const { graph } = editor.getState().view;
  const labels = Object.values(graph.nodes).flatMap(({ label }) => label ?? []);
  const drawing = drawnEquation(equation, labels);
  const places = Object.values(drawing.layout.nodes);
  const [width, height] = [Math.max(...places.map((p) => p.x)), Math.max(...places.map((p) => p.y))];
  const isTaken = Object.values(graph.layout.nodes).some(
    ({ x, y }) =>
      x > at.x - room.x && x < at.x + width + room.x && y > at.y - room.y && y < at.y + height + room.y,
  );
  editor.dispatch({ type: 'paste', text: writeClip(drawing), ...(!isTaken && { at }) });
  return editor.getState().selection.nodes;
}
