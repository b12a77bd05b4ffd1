/** What a picture shows now: its scene, from the values of its wires at the place of the clock. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type PathText, portKey } from '../../base/path.ts';
import { registryOf } from '../../catalogue/index.ts';
import { entry, levelAt, locate, nodeAt } from '../../document/levels.ts';
import type { TensorValue } from '../../worker/protocol.ts';
import { useLocale } from '../locale.ts';
import { titleIn } from '../parts/node-title.ts';
import type { RecordedFrame } from '../run/frames.ts';
import { isOn } from '../run/run-state.ts';
import { useEditorState, useSession, useSessionState } from '../session/hooks.ts';
import type { NoPicture, PictureScene } from './model/picture-scene.ts';
import type { PictureSource, WiredValue } from './model/picture-source.ts';
import { type Clock, clockOf, frameOf } from './picture-clock.ts';
import { sceneOf } from './scenes/index.ts';

export interface ShownPicture {
  readonly title: string;
  readonly source: PictureSource;
  readonly scene: PictureScene | NoPicture;
}

export const useClock = (): Clock => clockOf(useSession());

/** Undefined where the node is no picture, or not there. `places`: which element of axes before the last two. */
export function usePicture(
  node: PathText,
  places: Readonly<Record<string, number>>,
): ShownPicture | undefined {
  const locale = useLocale();
  const document = useEditorState((s) => s.document);
  const checked = useEditorState((s) => s.checked.nodes[node]);
  const values = useSessionState((s) => s.shown.values);
  const run = useSessionState((s) => s.run);
  const { store } = useClock();
  const at = useStore(store, frameOf);
  const steps = useStore(store, (s) => s.steps);
  const running = isOn(run);
  const frames = steps.length > 1 ? run.frames.all() : noFrames;
  const drawn = useMemo(() => drawnPicture(document, node), [document, node]);
  const names = useMemo(() => sourcesOf(document, node, locale), [document, node, locale]);
  const wired = useMemo(() => Object.keys(checked?.inputTypes ?? {}), [checked]);
  const keys = useMemo(() => wired.map((port) => portKey(node, port)), [wired, node]);
  const recorded = useMemo(() => {
    const kept = frames.filter((frame) => fits(frame, keys, values));
    return {
      steps: kept.map(({ step }) => step),
      histories: keys.map((key) => kept.map((frame) => frame.values[key] as TensorValue)),
      isWhole: kept.length === frames.length,
    };
  }, [frames, keys, values]);
  const source = useMemo((): PictureSource | undefined => {
    if (!drawn) return undefined;
    const newest = recorded.steps.length - 1;
    const shownAt = recorded.isWhole ? at : newest;
    const inputs = wired.map((port, i): [string, WiredValue] => {
      const now = values[keys[i] as string];
      const history = recorded.histories[i] ?? [];
      const value = shownAt === newest && !running ? now : (history[shownAt] ?? now);
      return [port, { port, name: names[port] ?? port, value, history }];
    });
    const { kind, params } = drawn;
    return { kind, params, inputs: Object.fromEntries(inputs), steps: recorded.steps, at: shownAt };
  }, [drawn, wired, keys, recorded, values, at, running, names]);
  const ports = checked?.inputs;
  return useMemo(() => {
    if (!source || !ports) return undefined;
    const { way, id } = locate(document, node);
    const title = titleIn(document, levelAt(document, way)?.graph.nodes ?? {}, id, locale);
    return { title, source, scene: sceneOf(source, ports, places) };
  }, [source, ports, places, document, node, locale]);
}

const noFrames: readonly RecordedFrame[] = [];

/** Whether a frame has what is shown now, in the same shapes: the drawing may have changed since. */
const fits = (frame: RecordedFrame, keys: readonly string[], values: RecordedFrame['values']): boolean =>
  keys.every((key) => {
    const [then, now] = [frame.values[key], values[key]];
    return then !== undefined && (now === undefined || now.shape.join() === then.shape.join());
  });

function drawnPicture(document: GraphDocument, path: PathText) {
  const node = nodeAt(document, path);
  const definition = node && registryOf(document).of(node);
  if (!node || !definition?.picture) return undefined;
  const { data } = definition.params.safeParse(node.params);
  return { kind: definition.picture, params: (data ?? node.params) as Readonly<Record<string, unknown>> };
}

/** By input, what its wire comes from. */
function sourcesOf(
  document: GraphDocument,
  path: PathText,
  locale: 'en' | 'zh',
): Readonly<Record<string, string>> {
  const { way, id } = locate(document, path);
  const level = levelAt(document, way)?.graph;
  const registry = registryOf(document);
  const wires = Object.values(level?.edges ?? {}).filter(({ to }) => to.node === id);
  return Object.fromEntries(
    wires.map(({ from, to }) => {
      const title = titleIn(document, level?.nodes ?? {}, from.node, locale);
      const giver = entry(level?.nodes ?? {}, from.node);
      const outputs = giver && registry.of(giver)?.outputs;
      const port =
        Array.isArray(outputs) && outputs.length > 1
          ? outputs.find(({ name }) => name === from.port)
          : undefined;
      return [to.port, port ? `${title} · ${port.title?.[locale] ?? port.name}` : title];
    }),
  );
}
