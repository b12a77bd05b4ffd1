/** The popups of the canvas, one at a time: node search, connecting by list, context menus. */
import { useMemo } from 'react';
import { fill } from '../../base/text.ts';
import { type Fits, fits, insertion, type Point, type WireEnd } from '../../editor/index.ts';
import {
  chooseTargetLabel,
  type MenuKey,
  menuChoices,
  nodeChoices,
  outputChoices,
  portOfChoice,
  targetChoices,
} from './choices.ts';
import { titleOf } from './node-look.ts';
import { Popup } from './Popup.tsx';
import { useShared } from './shared.ts';
import { strings } from './strings.ts';

/** `at` is within the canvas, `place` on the graph. */
export type Overlay =
  | {
      readonly kind: 'search';
      readonly at: Point;
      readonly place: Point;
      readonly held?: WireEnd;
      readonly edge?: string;
    }
  | { readonly kind: 'outputs'; readonly at: Point; readonly node: string }
  | { readonly kind: 'targets'; readonly at: Point; readonly end: WireEnd }
  | {
      readonly kind: 'menu';
      readonly at: Point;
      readonly place: Point;
      readonly on: 'node' | 'edge' | 'canvas';
      readonly id: string;
    };

interface OverlaysProps {
  readonly overlay: Overlay;
  setOverlay(overlay: Overlay | undefined): void;
  onMenu(key: MenuKey, overlay: Extract<Overlay, { kind: 'menu' }>): void;
  onAdded(node: string): void;
  onNotice(message: string): void;
}

export function Overlays({ overlay, setOverlay, onMenu, onAdded, onNotice }: OverlaysProps) {
  switch (overlay.kind) {
    case 'search':
      return (
        <Search key={JSON.stringify(overlay)} overlay={overlay} setOverlay={setOverlay} onAdded={onAdded} />
      );
    case 'outputs':
      return <Outputs overlay={overlay} setOverlay={setOverlay} />;
    case 'targets':
      return <Targets overlay={overlay} setOverlay={setOverlay} onNotice={onNotice} />;
    case 'menu':
      return <Menu overlay={overlay} setOverlay={setOverlay} onMenu={onMenu} />;
  }
}

type Of<K extends Overlay['kind']> = {
  readonly overlay: Extract<Overlay, { kind: K }>;
  setOverlay(overlay: Overlay | undefined): void;
};

function Search({
  overlay: { at, place, held, edge },
  setOverlay,
  onAdded,
}: Of<'search'> & Pick<OverlaysProps, 'onAdded'>) {
  const { editor, locale } = useShared();
  const choices = useMemo(() => nodeChoices(editor, locale, held, edge), [editor, locale, held, edge]);
  const add = (nodeType: string) => {
    const { checked, document } = editor.getState();
    const between = edge === undefined ? undefined : insertion(checked, document, edge, nodeType);
    const wires = held
      ? held.direction === 'output'
        ? { from: { node: held.node, port: held.port } }
        : { to: { node: held.node, port: held.port } }
      : between && { edge, ...between };
    editor.dispatch({ type: 'addNode', nodeType, at: place, ...(wires && { connect: wires }) });
    const [added] = editor.getState().selection.nodes;
    if (added !== undefined) onAdded(added);
  };
  return (
    <Popup
      label={(held || edge !== undefined ? strings.searchFitting : strings.search)[locale]}
      choices={choices}
      at={at}
      searchable
      nothing={strings.nothingFound[locale]}
      onChoose={add}
      onClose={() => setOverlay(undefined)}
    />
  );
}

function Outputs({ overlay: { at, node }, setOverlay }: Of<'outputs'>) {
  const { editor, locale } = useShared();
  return (
    <Popup
      label={strings.chooseOutput[locale]}
      choices={outputChoices(editor, node, locale)}
      at={at}
      nothing={strings.noTarget[locale]}
      onChoose={(port) => setOverlay({ kind: 'targets', at, end: { node, port, direction: 'output' } })}
      onClose={() => setOverlay(undefined)}
    />
  );
}

function Targets({
  overlay: { at, end },
  setOverlay,
  onNotice,
}: Of<'targets'> & Pick<OverlaysProps, 'onNotice'>) {
  const { editor, locale } = useShared();
  const [name, choices] = useMemo(() => {
    const { checked, document } = editor.getState();
    const found: Fits = fits(checked, document, end);
    const node = document.nodes[end.node];
    return [node ? titleOf(node, locale) : end.node, targetChoices(editor, found, locale)] as const;
  }, [editor, end, locale]);
  const connect = (key: string) => {
    const to = portOfChoice(key);
    editor.dispatch({ type: 'connect', from: { node: end.node, port: end.port }, to });
    const target = editor.getState().document.nodes[to.node];
    onNotice(fill(strings.connected, { from: name, to: target ? titleOf(target, locale) : to.node })[locale]);
  };
  return (
    <Popup
      label={chooseTargetLabel(name, locale)}
      choices={choices}
      at={at}
      searchable
      nothing={strings.noTarget[locale]}
      onChoose={connect}
      onClose={() => setOverlay(undefined)}
    />
  );
}

function Menu({ overlay, setOverlay, onMenu }: Of<'menu'> & Pick<OverlaysProps, 'onMenu'>) {
  const { locale } = useShared();
  return (
    <Popup
      label={strings.canvas[locale]}
      choices={menuChoices(overlay.on, locale)}
      at={overlay.at}
      nothing=""
      onChoose={(key) => onMenu(key as MenuKey, overlay)}
      onClose={() => setOverlay(undefined)}
    />
  );
}
