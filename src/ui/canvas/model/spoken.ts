/** The same graph in words: what a screen reader says of nodes and wires. */
import type { Diagnostic } from '../../../base/diagnostic.ts';
import { fill, type Locale } from '../../../base/text.ts';
import type { PortSpec } from '../../../catalogue/index.ts';
import type { CheckedNode, ShownAxis, ShownType } from '../../../compiler/types.ts';
import { strings } from '../canvas-strings.ts';

const axis = ({ name, size, written }: ShownAxis, locale: Locale): string =>
  `${name} ${size ?? (written || strings.open[locale])}`;

/** `batch 64, p 64`; a scalar and a wire that carries nothing known say so. */
export function speakType(type: ShownType | undefined, locale: Locale): string {
  if (!type) return strings.open[locale];
  return type.axes.length === 0 ? strings.scalar[locale] : type.axes.map((a) => axis(a, locale)).join(', ');
}

export const portTitle = (port: PortSpec, locale: Locale): string => port.title?.[locale] ?? port.name;

/** `Linear “hidden”, input x: batch 64, p 64; output y: batch 64, h 128; no problems`. */
export function speakNode(
  title: string,
  node: CheckedNode,
  diagnostics: readonly Diagnostic[],
  locale: Locale,
): string {
  const side = (word: string, ports: readonly PortSpec[], types: CheckedNode['inputTypes'], none: string) =>
    ports.map(
      (port) =>
        `${word} ${portTitle(port, locale)}: ${types[port.name] ? speakType(types[port.name], locale) : none}`,
    );
  const [first] = diagnostics;
  const parts = [
    ...side(strings.input[locale], node.inputs, node.inputTypes, strings.noWire[locale]),
    ...side(strings.output[locale], node.outputs, node.outputTypes, strings.open[locale]),
    first
      ? fill(strings.problems, { count: diagnostics.length, first: first.message })[locale]
      : strings.noProblems[locale],
  ];
  return `${title}, ${parts.join('; ')}`;
}
