/**
 * The canvas: the editor's document as cards and ribbons, and every way to change it by hand. The parts
 * are: scene (what to draw), view (places), flow handlers (what React Flow reports), keys, clipboard,
 * drop, overlay (popups), close-up.
 */
import {
  type MouseEvent,
  memo,
  type Ref,
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
import { type EditorState, previewOf } from '../../editor/index.ts';
import { huesOf } from '../ribbon/hues.ts';
import '../ribbon/ribbon.css';
import { Card } from './Card.tsx';
import { Closeup } from './Closeup.tsx';
import { Corners } from './Corners.tsx';
import { withGhosts } from './ghosts.ts';
import { HeldLine, HeldTip } from './HeldLine.tsx';
import { Overlays } from './Overlays.tsx';
import type { CanvasHandle, CanvasProps } from './props.ts';
import { type CardNode, createScene, type WireEdge } from './scene.ts';
import { type Hover, type Shared, SharedContext } from './shared.ts';
import { HeldWire, Store, type Values } from './stores.ts';
import { strings } from './strings.ts';
import { useClipboard } from './use-clipboard.ts';
import { useCloseup } from './use-closeup.ts';
import { useDrop } from './use-drop.ts';
import { useFlowHandlers } from './use-flow-handlers.ts';
import { type KeyActions, useKeys } from './use-keys.ts';
import { useOverlay } from './use-overlay.ts';
import { useRefit } from './use-refit.ts';
import { useSettled } from './use-settled.ts';
import { fitOptions, type PartKind, useView } from './use-view.ts';
import { Wire } from './Wire.tsx';
import './canvas.css';
import './card.css';
import './closeup.css';
import './ghost.css';
import './popup.css';
import './tints.css';
import './wire.css';

const nodeTypes = { card: Card };
const edgeTypes = { wire: Wire };
/** The zoom below which ribbons become lines and words vanish. */
const farBelow = 0.45;
const multiSelect = ['Shift', 'Control', 'Meta'];
const snap: [number, number] = [4, 4];

type Props = CanvasProps & { readonly ref?: Ref<CanvasHandle> };

/**
 * A keystroke in a field is answered before the canvas follows: what is drawn is the latest state that
 * there was time for. While cards are dragged it is the state itself, lest they lag behind the pointer.
 */
export function Canvas(props: Props) {
  const { editor } = props;
  const state = useSyncExternalStore(editor.subscribe, editor.getState);
  const late = useDeferredValue(state);
  const [dragged, setDragged] = useState(false);
  return (
    <ReactFlowProvider>
      <Surface {...props} state={dragged ? state : late} dragged={dragged} setDragged={setDragged} />
    </ReactFlowProvider>
  );
}

type SurfaceProps = Props & {
  readonly state: EditorState;
  readonly dragged: boolean;
  setDragged(dragged: boolean): void;
};

const screenPlace = ({ clientX, clientY }: MouseEvent) => ({ x: clientX, y: clientY });

const Surface = memo(function Surface({
  editor,
  state,
  locale,
  values,
  running,
  preview: fix,
  dragged,
  setDragged,
  onInspect,
  onNotice,
  ref,
}: SurfaceProps) {
  const frame = useRef<HTMLDivElement>(null);
  const sceneOf = useMemo(createScene, []);
  const ghostSceneOf = useMemo(createScene, []);
  const settled = useSettled(state.document);
  const preview = useMemo(() => fix && previewOf(state, fix.edits), [state, fix]);
  const real = sceneOf(state, locale, settled && !dragged);
  const scene = preview ? withGhosts(ghostSceneOf(preview.state, locale), preview) : real;
  const latest = useRef(scene);
  latest.current = scene;

  const view = useView(frame, editor);
  const { overlay, setOverlay, search, connectFrom, menu, choose } = useOverlay(editor, view, onInspect);
  const [closeup, closeups] = useCloseup();

  const hues = huesOf(editor, state);
  const far = useStore((s) => s.transform[2] < farBelow);
  const held = useMemo(() => new HeldWire(undefined), []);
  const hover = useMemo(() => new Store<Hover>({}), []);
  const valueStore = useMemo(() => new Store<Values>({}), []);
  useEffect(() => valueStore.set(values), [values, valueStore]);
  const shared = useMemo<Shared>(
    () => ({ editor, locale, hues, far, values: valueStore, held, hover }),
    [editor, locale, hues, far, valueStore, held, hover],
  );

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
      inspect: (kind, id) => onInspect({ kind, id }),
      fit: view.fit,
      visit: view.visit,
      letGo() {
        held.drop();
        closeups.closeNow();
        flowStore.setState({ connectionClickStartHandle: null });
      },
    }),
    [search, connectFrom, menu, view, onInspect, held, closeups, flowStore],
  );
  useKeys({ frame, flow: view.flow, editor, scene: useCallback(() => latest.current, []), actions });

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

  const openMenu = (on: PartKind | 'canvas', id: string, event: MouseEvent) => {
    event.preventDefault();
    menu(on, id, screenPlace(event));
  };
  const isEmpty = scene.nodes.length === 0;
  // On an empty canvas the view must stay: React Flow would fit it to the first card that comes.
  const began = useRef(!isEmpty);
  const keeper = useRefit(frame, view, began.current);
  const dragStart = () => {
    setDragged(true);
    keeper.keep();
    closeups.closeNow();
  };
  const dragStop = () => setDragged(false);
  const onlyCard = (cards: readonly CardNode[]) => (cards.length === 1 ? cards[0]?.id : undefined);
  return (
    <SharedContext value={shared}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are handled by useKeys; this only follows the pointer. */}
      <div
        ref={frame}
        className={far ? 'tl-canvas tl-canvas-far' : 'tl-canvas'}
        aria-busy={running}
        {...drop}
        onPointerMove={(event) => {
          view.pointer.current = screenPlace(event);
        }}
        onPointerLeave={() => {
          view.pointer.current = undefined;
        }}
        onDoubleClick={(event) => {
          const onPane =
            event.target instanceof Element && event.target.classList.contains('react-flow__pane');
          if (onPane) search(screenPlace(event));
        }}
        onFocus={(event) => {
          const id = event.target.closest<HTMLElement>('.react-flow__edge')?.dataset.id;
          if (id === undefined) closeups.closeNow();
          else if (event.target.matches(':focus-visible')) {
            closeups.openNow({ kind: 'edge', id, ...view.inFrame(view.middleOf('edge', id)) });
          }
        }}
      >
        <ReactFlow<CardNode, WireEdge>
          nodes={scene.nodes as CardNode[]}
          edges={scene.edges as WireEdge[]}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          {...handlers}
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
          minZoom={0.08}
          maxZoom={3}
          fitView={began.current}
          fitViewOptions={fitOptions}
          tabIndex={0}
          aria-label={strings.canvas[locale]}
          onNodeDoubleClick={(_, node) => onInspect({ kind: 'node', id: node.id })}
          onEdgeDoubleClick={(_, edge) => onInspect({ kind: 'edge', id: edge.id })}
          onNodeContextMenu={(event, node) => openMenu('node', node.id, event)}
          onEdgeContextMenu={(event, edge) => openMenu('edge', edge.id, event)}
          onPaneContextMenu={(event) => openMenu('canvas', '', event as MouseEvent)}
          onEdgeMouseEnter={(event, edge) => {
            hover.set({ edge: edge.id });
            // Only for a pointer that moves: a wire may come to lie under one that rests.
            if (!held.get() && view.pointer.current)
              closeups.open({ kind: 'edge', id: edge.id, ...view.inFrame(screenPlace(event)) });
          }}
          onEdgeMouseLeave={() => {
            hover.set({});
            closeups.close();
          }}
          onNodeMouseEnter={(event, node) => {
            if (node.data.severity === undefined || held.get()) return;
            const { left, bottom, width } = event.currentTarget.getBoundingClientRect();
            closeups.open({ kind: 'node', id: node.id, ...view.inFrame({ x: left + width / 2, y: bottom }) });
          }}
          onNodeMouseLeave={closeups.close}
          onNodeDragStart={dragStart}
          onNodeDrag={(_, __, cards) => {
            const card = onlyCard(cards);
            if (card !== undefined) onCardMoved(card);
          }}
          onNodeDragStop={(_, __, cards) => {
            dragStop();
            const card = onlyCard(cards);
            if (card !== undefined) onCardLeft(card);
          }}
          onSelectionDragStart={dragStart}
          onSelectionDragStop={dragStop}
          onMoveStart={(event) => {
            // Without an event it is the program that moves the view.
            if (event) keeper.keep();
            closeups.closeNow();
          }}
        >
          <Corners view={view} onZoom={keeper.keep} />
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
        {closeup && !overlay && (
          <Closeup target={closeup} scene={real} onEnter={closeups.stay} onLeave={closeups.close} />
        )}
        {overlay && (
          <Overlays
            overlay={overlay}
            setOverlay={setOverlay}
            onMenu={(key, on) => choose(key, on, clip)}
            // A node chosen from a list has the focus next, so that the keyboard goes on from there.
            onAdded={(id) => requestAnimationFrame(() => view.visit('node', id))}
            onNotice={onNotice}
          />
        )}
      </div>
    </SharedContext>
  );
});
