/**
 * The canvas: the editor's document as cards and ribbons, and every way to change it by hand. `model/`
 * holds what there is to draw, `card/` and `wire/` draw it, `geometry/` says where wires and labels lie,
 * `lod/` what of it is drawn at which zoom, `input/` what pointer, keys and clipboard do, `popup/` the
 * lists, menus and hover cards, `view/` the way from screen to graph.
 */
import {
  memo,
  type Ref,
  type RefObject,
  useCallback,
  useDeferredValue,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { ReactFlow, ReactFlowProvider, SelectionMode, useStore, useStoreApi } from 'reactflow';
import 'reactflow/dist/base.css';
import { fill } from '../../base/text.ts';
import { blockOf, entry } from '../../document/levels.ts';
import { type EditorState, previewOf } from '../../editor/index.ts';
import { huesOf } from '../ribbon/hues.ts';
import '../ribbon/ribbon.css';
import { Card } from './card/Card.tsx';
import { CanvasContext, type CanvasServices, type Hover } from './context.ts';
import { useClipboard } from './input/use-clipboard.ts';
import { useDrop } from './input/use-drop.ts';
import { useFlowHandlers } from './input/use-flow-handlers.ts';
import { screenPlace, useGestures } from './input/use-gestures.ts';
import { type KeyActions, useKeys } from './input/use-keys.ts';
import { OverviewDrawing } from './lod/OverviewDrawing.tsx';
import { usePointed } from './lod/use-pointed.ts';
import { useVisible } from './lod/use-visible.ts';
import { HeldWire, Store, type Values } from './model/stores.ts';
import { type CardNode, createViewModel, type WireEdge } from './model/view-model.ts';
import { withPreview } from './model/with-preview.ts';
import { CanvasPopups } from './popup/CanvasPopups.tsx';
import { HoverCard } from './popup/HoverCard.tsx';
import { useHoverCard } from './popup/use-hover-card.ts';
import { usePopup } from './popup/use-popup.ts';
import type { CanvasHandle, CanvasProps } from './props.ts';
import { strings } from './strings.ts';
import { Corners } from './view/Corners.tsx';
import { useRefit } from './view/use-refit.ts';
import { leastZoom, useView } from './view/use-view.ts';
import { HeldLine, HeldTip } from './wire/HeldLine.tsx';
import { useLabels } from './wire/use-labels.ts';
import { Wire } from './wire/Wire.tsx';
import './canvas.css';
import './card/card.css';
import './popup/hover-card.css';
import './preview.css';
import './lod/overview-drawing.css';
import './popup/popup.css';
import './tints.css';
import './wire/wire.css';

const nodeTypes = { card: Card };
const edgeTypes = { wire: Wire };
/** The zoom below which ribbons become lines and words vanish. */
const farBelow = 0.45;
const multiSelect = ['Shift', 'Control', 'Meta'];
const snap: [number, number] = [4, 4];

type Props = CanvasProps & { readonly ref?: Ref<CanvasHandle> };

/** A change of so many cards in view is drawn in the frame of the keystroke that makes it. */
const few = 6;

/** The cards in view, and what was known of them when they were drawn. */
interface Drawn {
  readonly cards: readonly CardNode[];
  readonly view: EditorState['view'];
}

/** A problem that comes or goes changes the looks of all that lies downstream. */
const changesFew = ({ cards, view: before }: Drawn, { view }: EditorState): boolean =>
  before.way === view.way &&
  before.diagnostics.length === view.diagnostics.length &&
  cards.filter(({ id }) => before.node(id) !== view.node(id)).length <= few;

/**
 * Where a keystroke changes little of what is in view, the canvas follows in the same frame. Where it
 * changes much the field is answered first, and what is drawn is the latest state that there was time
 * for; but while cards are dragged it is the state itself, lest they lag behind the pointer.
 */
export function Canvas(props: Props) {
  const { editor } = props;
  const state = useSyncExternalStore(editor.subscribe, editor.getState);
  const late = useDeferredValue(state);
  const [dragged, setDragged] = useState(false);
  const drawn = useRef<Drawn>({ cards: [], view: state.view });
  const now = dragged || changesFew(drawn.current, state);
  const shown = now ? state : late;
  return (
    // Each level is a canvas of its own: its view, labels and popups are no other's.
    <ReactFlowProvider key={shown.view.way.join('\u0000')}>
      <Surface {...props} state={shown} drawn={drawn} dragged={dragged} setDragged={setDragged} />
    </ReactFlowProvider>
  );
}

const isBlock = (editor: CanvasProps['editor'], id: string): boolean =>
  blockOf(entry(editor.getState().view.graph.nodes, id)) !== undefined;

const isPane = (target: EventTarget): boolean =>
  target instanceof Element && target.classList.contains('react-flow__pane');

type SurfaceProps = Props & {
  readonly state: EditorState;
  /** Is told what is drawn. */
  readonly drawn: RefObject<Drawn>;
  readonly dragged: boolean;
  setDragged(dragged: boolean): void;
};

const Surface = memo(function Surface({
  editor,
  state,
  locale,
  values,
  running,
  blocks,
  preview: fix,
  drawn,
  dragged,
  setDragged,
  onInspect,
  onNotice,
  ref,
}: SurfaceProps) {
  const frame = useRef<HTMLDivElement>(null);
  const modelOf = useMemo(createViewModel, []);
  const previewModelOf = useMemo(createViewModel, []);
  const preview = useMemo(() => fix && previewOf(state, fix.edits), [state, fix]);
  const real = modelOf(state, locale);
  const model = useMemo(
    () => (preview ? withPreview(previewModelOf(preview.state, locale), preview) : real),
    [preview, previewModelOf, locale, real],
  );
  const latest = useRef(model);
  latest.current = model;
  const latestModel = useCallback(() => latest.current, []);

  const view = useView(frame, editor, latestModel);
  const { popup, setPopup, search, connectFrom, menu, choose } = usePopup(editor, view, blocks, onInspect);
  const [hoverCard, hoverCards] = useHoverCard();

  const hues = huesOf(editor, state);
  const far = useStore((s) => s.transform[2] < farBelow);
  const held = useMemo(() => new HeldWire(undefined), []);
  const hover = useMemo(() => new Store<Hover>({}), []);
  const labels = useLabels(real, locale, dragged);
  const valueStore = useMemo(() => new Store<Values>({}), []);
  useEffect(() => valueStore.set(values), [values, valueStore]);
  const services = useMemo<CanvasServices>(
    () => ({ editor, locale, hues, far, values: valueStore, held, hover, labels }),
    [editor, locale, hues, far, valueStore, held, hover, labels],
  );

  const { pointed, point } = usePointed(view, latestModel);
  const { nodes, edges, visible, region, overview } = useVisible(model, far, pointed, preview);
  drawn.current = { cards: nodes, view: state.view };

  const handlers = useFlowHandlers({
    editor,
    held,
    onDropped: useCallback((end, at) => search(at, end), [search]),
  });
  const { onCardMoved, onCardLeft, ...drop } = useDrop({ editor, locale, view, hover, onNotice });
  const clip = useClipboard({
    frame,
    editor,
    locale,
    place: useCallback(() => view.onGraph(view.pointed()), [view]),
    onNotice,
  });

  const flowStore = useStoreApi();
  const actions = useMemo<KeyActions>(
    () => ({
      search: () => search(view.pointed()),
      connectFrom,
      menu: (kind, id) => menu(kind, id, view.middleOf(kind, id)),
      open: (kind, id) =>
        kind === 'node' && isBlock(editor, id) ? blocks.enter(id) : onInspect({ kind, id }),
      leave: blocks.leave,
      fit: view.fit,
      visit: view.visit,
      letGo() {
        const holds = held.get() !== undefined;
        held.drop();
        hoverCards.closeNow();
        flowStore.setState({ connectionClickStartHandle: null });
        return holds;
      },
    }),
    [search, connectFrom, menu, view, blocks, editor, onInspect, held, hoverCards, flowStore],
  );
  useKeys({ frame, flow: view.flow, editor, model: latestModel, actions });

  useImperativeHandle(
    ref,
    () => ({
      reveal({ nodes = [], edges = [] }) {
        const [node] = nodes;
        const [edge] = edges;
        if (node !== undefined) view.visit('node', node, true);
        else if (edge !== undefined) view.visit('edge', edge, true);
        editor.dispatch({ type: 'select', selection: { nodes, edges } });
      },
      fit: view.fit,
      center: () => view.cornerFor(view.center()),
      focus: () => frame.current?.querySelector<HTMLElement>('.react-flow')?.focus({ preventScroll: true }),
    }),
    [editor, view],
  );

  // Whoever enters or leaves a block goes on by keyboard from what is selected there, or from the canvas.
  const entered = useRef(state.view.way.length > 0 || state.selection.nodes.length > 0);
  useEffect(() => {
    if (!entered.current) return;
    entered.current = false;
    const [node] = editor.getState().selection.nodes;
    if (node !== undefined) requestAnimationFrame(() => view.visit('node', node));
    else frame.current?.querySelector<HTMLElement>('.react-flow')?.focus({ preventScroll: true });
  }, [editor, view]);

  const isEmpty = model.cards.length === 0;
  // On an empty canvas the view stays when the first card comes.
  const began = useRef(!isEmpty);
  const keeper = useRefit(frame, view, began.current);
  const gestures = useGestures({
    view,
    held,
    hover,
    hoverCards,
    keeper,
    menu,
    onOpen: actions.open,
    onCardMoved,
    onCardLeft,
    onDrag: setDragged,
  });
  return (
    <CanvasContext value={services}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are handled by useKeys; this only follows the pointer. */}
      <div
        ref={frame}
        className={far ? 'tl-canvas tl-canvas-far' : 'tl-canvas'}
        aria-busy={running}
        {...drop}
        onPointerDownCapture={(event) => {
          if (overview) point(screenPlace(event));
        }}
        onPointerMove={(event) => {
          view.pointer.current = screenPlace(event);
          if (overview) point(screenPlace(event));
        }}
        onPointerLeave={(event) => {
          view.pointer.current = undefined;
          // A finger leaves before its click comes, which is meant for what it was on.
          if (overview && event.pointerType !== 'touch') point(undefined);
        }}
        onDoubleClick={(event) => {
          if (isPane(event.target)) search(screenPlace(event));
        }}
        onFocus={(event) => {
          const id = event.target.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
          if (id === undefined) hoverCards.closeNow();
          else if (event.target.matches(':focus-visible')) {
            hoverCards.openNow({ kind: 'edge', id, ...view.inFrame(view.middleOf('edge', id)) });
          }
        }}
      >
        <ReactFlow<CardNode, WireEdge>
          nodes={nodes as CardNode[]}
          edges={edges as WireEdge[]}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...handlers}
          {...gestures}
          connectionLineComponent={HeldLine}
          connectionRadius={18}
          reconnectRadius={12}
          onlyRenderVisibleElements
          elevateNodesOnSelect={false}
          disableKeyboardA11y
          deleteKeyCode={null}
          multiSelectionKeyCode={multiSelect}
          selectionMode={SelectionMode.Partial}
          snapToGrid
          snapGrid={snap}
          zoomOnDoubleClick={false}
          minZoom={leastZoom}
          maxZoom={3}
          tabIndex={0}
          aria-label={strings.canvas[locale]}
        >
          {overview && <OverviewDrawing model={model} wires={visible.wires} region={region} />}
          <Corners view={view} model={model} onMove={keeper.keep} />
        </ReactFlow>
        {isEmpty && (
          <div className="tl-empty">
            <p className="tl-empty-title">{strings.emptyTitle[locale]}</p>
            <p>{strings.emptyHint[locale]}</p>
          </div>
        )}
        <HeldTip />
        {fix && (
          <p className="tl-preview-note" role="status">
            {fill(strings.preview, { fix: fix.title })[locale]}
          </p>
        )}
        {hoverCard && !popup && (
          <HoverCard target={hoverCard} model={real} onEnter={hoverCards.stay} onLeave={hoverCards.close} />
        )}
        {popup && (
          <CanvasPopups
            popup={popup}
            setPopup={setPopup}
            onMenu={(key, on) => choose(key, on, clip)}
            // A node chosen from a list has the focus next, so that the keyboard goes on from there.
            onAdded={(id) => requestAnimationFrame(() => view.visit('node', id))}
            onNotice={onNotice}
          />
        )}
      </div>
    </CanvasContext>
  );
});
