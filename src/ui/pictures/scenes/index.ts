/** The scene of a picture, by its kind, or why there is none. */
import { fill, joinNames, type Text } from '../../../base/text.ts';
import type { PortSpec } from '../../../catalogue/index.ts';
import type { NoPicture, PictureScene } from '../model/picture-scene.ts';
import { knownSeries, type PictureSource } from '../model/picture-source.ts';
import { words } from '../picture-strings.ts';
import { bodiesScene } from './bodies-scene.ts';
import { histogramScene } from './histogram-scene.ts';
import { landscapeScene } from './landscape-scene.ts';
import { matrixScene } from './matrix-scene.ts';
import { phaseScene } from './phase-scene.ts';
import { plotScene } from './plot-scene.ts';
import { stabilityScene } from './stability-scene.ts';

/** `ports`: all that the node has. `places`: which element of the axes that are looked at one place at a time. */
export function sceneOf(
  source: PictureSource,
  ports: readonly PortSpec[],
  places: Readonly<Record<string, number>> = {},
): PictureScene | NoPicture {
  const missing = whatIsMissing(source, ports);
  if (missing) return { missing };
  switch (source.kind) {
    case 'plot':
      return plotScene(source);
    case 'histogram':
      return histogramScene(source);
    case 'landscape':
      return landscapeScene(source);
    case 'phase-portrait':
      return phaseScene(source);
    case 'bodies':
      return bodiesScene(source);
    case 'stability':
      return stabilityScene(source);
    case 'matrix':
      return matrixScene(source, places);
  }
}

function whatIsMissing(source: PictureSource, ports: readonly PortSpec[]): Text | undefined {
  const needed = ports.filter(({ optional }) => !optional);
  const titled = ({ name, title }: PortSpec): Text => title ?? { en: name, zh: name };
  for (const port of needed) {
    const wired = source.inputs[port.name];
    if (!wired) return fill(words.noWire, { port: titled(port) });
    if (!wired.value) return fill(words.noNumbers, { name: wired.name });
  }
  if (needed.length > 0) return undefined;
  const [first] = Object.values(source.inputs);
  if (!first) return fill(words.noWires, { ports: joinNames(ports.map(titled)) });
  const hasNumbers = source.inputs.field?.value !== undefined || knownSeries(source).length > 0;
  return hasNumbers ? undefined : fill(words.noNumbers, { name: first.name });
}
