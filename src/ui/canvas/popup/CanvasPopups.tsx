/** The popups of the canvas, one at a time: node search, connecting by list, context menus. */
import { useMemo } from 'react';
import { fill } from '../../../base/text.ts';
import { type Fits, fits, insertion, type Point, type WireEnd } from '../../../editor/index.ts';
import { definitionOf, newNode } from '../../parts/definitions.ts';
import { titleIn } from '../../parts/node-title.ts';
import { useNodeFinder } from '../../parts/use-node-finder.ts';
import { workbench } from '../../strings/workbench.ts';
import { strings } from '../canvas-strings.ts';
import { useCanvas } from '../context.ts';
import type { DiagramActions } from '../props.ts';
import {
  chooseTargetLabel,
  type MenuKey,
  menuItems,
  nodeChoices,
  outputChoices,
  portOfChoice,
  targetChoices,
} from './choices.ts';
import { Menu } from './Menu.tsx';
import { Popup } from './Popup.tsx';

/** `at` is within the canvas, `place` on the graph. */
export type OpenPopup =
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

interface CanvasPopupsProps {
  readonly popup: OpenPopup;
  readonly diagrams: DiagramActions;
  setPopup(popup: OpenPopup | undefined): void;
  onMenu(key: MenuKey, popup: Extract<OpenPopup, { kind: 'menu' }>): void;
  onAdded(node: string): void;
  onNotice(message: string): void;
}

export function CanvasPopups({ popup, diagrams, setPopup, onMenu, onAdded, onNotice }: CanvasPopupsProps) {
  switch (popup.kind) {
    case 'search':
      return <Search key={JSON.stringify(popup)} popup={popup} setPopup={setPopup} onAdded={onAdded} />;
    case 'outputs':
      return <Outputs popup={popup} setPopup={setPopup} />;
    case 'targets':
      return <Targets popup={popup} setPopup={setPopup} onNotice={onNotice} />;
    case 'menu':
      return <ContextMenu popup={popup} diagrams={diagrams} setPopup={setPopup} onMenu={onMenu} />;
  }
}

type Of<K extends OpenPopup['kind']> = {
  readonly popup: Extract<OpenPopup, { kind: K }>;
  setPopup(popup: OpenPopup | undefined): void;
};

function Search({
  popup: { at, place, held, edge },
  setPopup,
  onAdded,
}: Of<'search'> & Pick<CanvasPopupsProps, 'onAdded'>) {
  const { editor, locale } = useCanvas();
  const finder = useNodeFinder();
  const choices = useMemo(
    () => nodeChoices(editor, locale, held, edge, finder),
    [editor, locale, held, edge, finder],
  );
  const isFree = held === undefined && edge === undefined;
  const written = (query: string) => {
    const equation = isFree ? finder?.equationIn(query) : undefined;
    return equation === undefined
      ? undefined
      : { key: equation, title: fill(workbench.drawEquation, { equation })[locale] };
  };
  // A wire let go to the right of its node ends at the new card's left edge, and the other way round.
  const add = (key: string) => {
    const state = editor.getState();
    const definition = definitionOf(state.document, key);
    if (!definition) {
      if (!finder || !isFree || finder.equationIn(key) !== key) return;
      const last = finder.drawEquation(editor, key, place).at(-1);
      if (last !== undefined) onAdded(last);
      return;
    }
    const made = newNode(definition);
    const between = edge === undefined ? undefined : insertion(state, edge, made);
    const wires = held
      ? held.direction === 'output'
        ? { from: { node: held.node, port: held.port } }
        : { to: { node: held.node, port: held.port } }
      : between && { edge, ...between };
    const hold = { x: !held ? 0.5 : held.direction === 'output' ? 0 : 1, y: 0.5 };
    editor.dispatch({ type: 'addNode', ...made, at: place, hold, ...(wires && { connect: wires }) });
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
      written={written}
      onChoose={add}
      onClose={() => setPopup(undefined)}
    />
  );
}

function Outputs({ popup: { at, node }, setPopup }: Of<'outputs'>) {
  const { editor, locale } = useCanvas();
  return (
    <Popup
      label={strings.chooseOutput[locale]}
      choices={outputChoices(editor, node, locale)}
      at={at}
      nothing={strings.noTarget[locale]}
      onChoose={(port) => setPopup({ kind: 'targets', at, end: { node, port, direction: 'output' } })}
      onClose={() => setPopup(undefined)}
    />
  );
}

function Targets({
  popup: { at, end },
  setPopup,
  onNotice,
}: Of<'targets'> & Pick<CanvasPopupsProps, 'onNotice'>) {
  const { editor, locale } = useCanvas();
  const [name, choices] = useMemo(() => {
    const state = editor.getState();
    const found: Fits = fits(state, end);
    const name = titleIn(state.document, state.view.graph.nodes, end.node, locale);
    return [name, targetChoices(editor, found, locale)] as const;
  }, [editor, end, locale]);
  const connect = (key: string) => {
    const to = portOfChoice(key);
    editor.dispatch({ type: 'connect', from: { node: end.node, port: end.port }, to });
    const { document, view } = editor.getState();
    const target = titleIn(document, view.graph.nodes, to.node, locale);
    onNotice(fill(strings.connected, { from: name, to: target })[locale]);
  };
  return (
    <Popup
      label={chooseTargetLabel(name, locale)}
      choices={choices}
      at={at}
      searchable
      nothing={strings.noTarget[locale]}
      onChoose={connect}
      onClose={() => setPopup(undefined)}
    />
  );
}

function ContextMenu({
  popup,
  diagrams,
  setPopup,
  onMenu,
}: Of<'menu'> & Pick<CanvasPopupsProps, 'diagrams' | 'onMenu'>) {
  const { editor, locale } = useCanvas();
  const { view, selection } = editor.getState();
  return (
    <Menu
      label={strings.actions[locale]}
      items={menuItems(
        popup,
        view,
        { several: selection.nodes.length > 1, hasDiagram: diagrams.has(popup.id) },
        locale,
      )}
      at={popup.at}
      onChoose={(key) => onMenu(key as MenuKey, popup)}
      onClose={() => setPopup(undefined)}
    />
  );
}
