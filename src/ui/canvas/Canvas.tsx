/**
 * The canvas: the editor's document as cards and ribbons, and every way to change it by hand. The parts
 * are: scene (what to draw), flow handlers (what React Flow reports), keys, clipboard, overlays.
 */
import { type DragEvent, type Ref, useCallback, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { useSyncExternalStore } from 'react';
import {
  Background,
  BackgroundVariant,
  MiniMap,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
  useStore,
  useStoreApi,
} from 'reactflow';
import 'reactflow/dist/base.css';
import { fill } from '../../base/text.ts';
import { findNodeType } from '../../catalogue/index.ts';
import { insertion, type Point, type WireEnd } from '../../editor/index.ts';
import { assignHues, type Hues } from '../ribbon/hues.ts';
import '../ribbon/ribbon.css';
import './canvas.css';
import './tints.css';
import './popup.css';
import './closeup.css';
import { Card } from './Card.tsx';
import type { MenuKey } from './choices.ts';
import { Closeup } from './Closeup.tsx';
import { HeldLine, HeldTip } from './HeldLine.tsx';
import { Overlays, type Overlay } from './Overlays.tsx';
import { type CanvasHandle, type CanvasProps, DRAG_TYPE } from './props.ts';
import { type CardNode, createScene, type WireEdge } from './scene.ts';
import { type Hover, type Shared, SharedContext } from './shared.ts';
import { HeldWire, Store, type Values } from './stores.ts';
import { strings } from './strings.ts';
import { useClipboard } from './use-clipboard.ts';
import { useCloseup } from './use-closeup.ts';
import { useFlowHandlers } from './use-flow-handlers.ts';
import { type KeyActions, useKeys } from './use-keys.ts';
import { Wire } from './Wire.tsx';

const nodeTypes = { card: Card };
const edgeTypes = { wire: Wire };
const farBelow = 0.45;
const fitOptions = { padding: 0.14, maxZoom: 1.15, minZoom: 0.2 } as const;
const multiSelect = ['Shift', 'Control', 'Meta'];
const snap: [number, number] = [4, 4];
/** A new card is put with its middle where the user pointed. */
const half = { x: 80, y: 46 };

export function Canvas(props: CanvasProps & { readonly ref?: Ref<CanvasHandle> }) {
  return (
    <ReactFlowProvider>
      <Surface {...props} />
    </ReactFlowProvider>
  );
}

function Surface({ editor, locale, values, running, onInspect, onNotice, ref }: CanvasProps & { readonly ref?: Ref<CanvasHandle> }) {
  const frame = useRef<HTMLDivElement>(null);
  const flow = useReactFlow<CardNode, WireEdge>();
  const flowStore = useStoreApi();
  const state = useSyncExternalStore(editor.subscribe, editor.getState);

  const sceneOf = useMemo(createScene, []);
  const scene = sceneOf(state, locale);
  const latest = useRef(scene);
  latest.current = scene;

  const hues = useRef<Hues>(new Map());
  hues.current = assignHues(state.document, state.checked, hues.current);
  const currentHues = hues.current;
  const far = useStore((s) => s.transform[2] < farBelow);
  const held = useMemo(() => new HeldWire(undefined), []);
  const hover = useMemo(() => new Store<Hover>({}), []);
  const valueStore = useMemo(() => new Store<Values>({}), []);
  useEffect(() => valueStore.set(values), [values, valueStore]);
  const shared = useMemo<Shared>(
    () => ({ editor, locale, hues: currentHues, far, values: valueStore, held, hover }),
    [editor, locale, currentHues, far, valueStore, held, hover],
  );

  const [overlay, setOverlay] = useState<Overlay>();
  const [closeup, closeups] = useCloseup();

  /** From the screen to the canvas's own box, and to the graph. */
  const inFrame = useCallback((at: Point): Point => {
    const box = frame.current?.getBoundingClientRect();
    return { x: at.x - (box?.left ?? 0), y: at.y - (box?.top ?? 0) };
  }, []);
  const onGraph = useCallback((at: Point): Point => flow.screenToFlowPosition({ ...at }, { snapToGrid: false }), [flow]);
  const screenCenter = useCallback((): Point => {
    const box = frame.current?.getBoundingClientRect();
    return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
  }, []);
  const pointer = useRef<Point>(undefined);
  const pointed = useCallback(() => pointer.current ?? screenCenter(), [screenCenter]);
  const cornerFor = useCallback(
    (at: Point): Point => {
      const middle = onGraph(at);
      return { x: middle.x - half.x, y: middle.y - half.y };
    },
    [onGraph],
  );

  const search = useCallback(
    (at: Point, more: { held?: WireEnd; edge?: string } = {}) => {
      const corner = cornerFor(at);
      // A wire let go to the right of its node ends at the new node's left edge, and the other way round.
      const aside = more.held ? (more.held.direction === 'output' ? half.x : -half.x) : 0;
      setOverlay({ kind: 'search', at: inFrame(at), place: { x: corner.x + aside, y: corner.y }, ...more });
    },
    [cornerFor, inFrame],
  );

  const handlers = useFlowHandlers({
    editor,
    held,
    onDropped: useCallback((end: WireEnd, at: Point) => search(at, { held: end }), [search]),
  });

  const fit = useCallback(() => void flow.fitView({ ...fitOptions, duration: 200 }), [flow]);

  /** The middle of a card or wire on the screen. */
  const middleOf = useCallback(
    (kind: 'node' | 'edge', id: string): Point => {
      const part = frame.current?.querySelector(`.react-flow__${kind}[data-id="${CSS.escape(id)}"]`);
      const box = part?.getBoundingClientRect();
      return box ? { x: box.left + box.width / 2, y: box.top + box.height / 2 } : screenCenter();
    },
    [screenCenter],
  );

  /** Brings places into view when they are not, and then puts the focus on the first. */
  const visit = useCallback(
    (kind: 'node' | 'edge', id: string, zoomed = false) => {
      const edge = kind === 'edge' ? editor.getState().document.edges[id] : undefined;
      const nodes = (edge ? [edge.from.node, edge.to.node] : [id]).map((node) => ({ id: node }));
      const box = flow.getNodesBounds(nodes.map((node) => node.id));
      const start = flow.flowToScreenPosition({ x: box.x, y: box.y });
      const end = flow.flowToScreenPosition({ x: box.x + box.width, y: box.y + box.height });
      const view = frame.current?.getBoundingClientRect();
      const inside = view && start.x >= view.left && start.y >= view.top && end.x <= view.right && end.y <= view.bottom;
      const focus = () =>
        frame.current
          ?.querySelector<HTMLElement | SVGElement>(`.react-flow__${kind}[data-id="${CSS.escape(id)}"]`)
          ?.focus({ preventScroll: true });
      if (inside && !zoomed) return focus();
      const zoom = flow.getZoom();
      void flow
        .fitView({ nodes, padding: 0.4, maxZoom: Math.max(zoom, 0.8), minZoom: Math.min(zoom, 0.8), duration: 160 })
        .then(() => requestAnimationFrame(focus));
    },
    [editor, flow],
  );

  const connectFrom = useCallback(
    (node: string) => {
      const outputs = editor.getState().checked.nodes[node]?.outputs ?? [];
      const at = inFrame(middleOf('node', node));
      const [only] = outputs;
      if (outputs.length === 1 && only) setOverlay({ kind: 'targets', at, end: { node, port: only.name, direction: 'output' } });
      else setOverlay({ kind: 'outputs', at, node });
    },
    [editor, inFrame, middleOf],
  );

  const openMenu = useCallback(
    (on: 'node' | 'edge' | 'canvas', id: string, at: Point) => {
      const { selection } = editor.getState();
      if (on === 'node' && !selection.nodes.includes(id)) editor.dispatch({ type: 'select', selection: { nodes: [id], edges: [] } });
      if (on === 'edge') editor.dispatch({ type: 'select', selection: { nodes: [], edges: [id] } });
      setOverlay({ kind: 'menu', on, id, at: inFrame(at), place: onGraph(at) });
    },
    [editor, inFrame, onGraph],
  );

  const keyActions = useMemo<KeyActions>(
    () => ({
      search: () => search(pointed()),
      connectFrom,
      menu: (kind, id) => openMenu(kind, id, middleOf(kind, id)),
      inspect: (kind, id) => onInspect({ kind, id }),
      fit,
      visit,
      letGo() {
        held.drop();
        closeups.closeNow();
        flowStore.setState({ connectionClickStartHandle: null });
      },
    }),
    [search, pointed, connectFrom, openMenu, middleOf, onInspect, fit, visit, held, closeups, flowStore],
  );
  useKeys({ frame, flow, editor, scene: useCallback(() => latest.current, []), actions: keyActions });
  const clip = useClipboard({ frame, editor, locale, place: useCallback(() => onGraph(pointed()), [onGraph, pointed]), onNotice });

  const onMenu = (key: MenuKey, { id, place, at }: Extract<Overlay, { kind: 'menu' }>) => {
    const { selection, document: graph } = editor.getState();
    const actions: Readonly<Record<MenuKey, () => void>> = {
      inspect: () => onInspect({ kind: Object.hasOwn(graph.edges, id) ? 'edge' : 'node', id }),
      connect: () => connectFrom(id),
      insert: () => setOverlay({ kind: 'search', at, place: { x: place.x - half.x, y: place.y - half.y }, edge: id }),
      duplicate: () => editor.dispatch({ type: 'duplicate', selection }),
      copy: clip.copy,
      cut: clip.cut,
      paste: clip.paste,
      remove: () => editor.dispatch({ type: 'delete', selection }),
      add: () => setOverlay({ kind: 'search', at, place: { x: place.x - half.x, y: place.y - half.y } }),
      selectAll: () =>
        editor.dispatch({ type: 'select', selection: { nodes: Object.keys(graph.nodes), edges: Object.keys(graph.edges) } }),
      fit,
    };
    actions[key]();
  };

  useImperativeHandle(
    ref,
    () => ({
      reveal({ nodes = [], edges = [] }) {
        editor.dispatch({ type: 'select', selection: { nodes, edges } });
        const [node] = nodes;
        const [edge] = edges;
        if (node !== undefined) visit('node', node, true);
        else if (edge !== undefined) visit('edge', edge, true);
      },
      fit,
      center: () => cornerFor(screenCenter()),
      focus: () => frame.current?.querySelector<HTMLElement>('.react-flow')?.focus({ preventScroll: true }),
    }),
    [editor, visit, fit, cornerFor, screenCenter],
  );

  const wireBelow = (event: DragEvent): string | undefined =>
    document.elementsFromPoint(event.clientX, event.clientY).flatMap((e) => e.closest<HTMLElement>('.react-flow__edge')?.dataset.id ?? [])[0];
  const onDragOver = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    const drop = wireBelow(event);
    if (hover.get().drop !== drop) hover.set(drop === undefined ? {} : { drop });
  };
  const onDrop = (event: DragEvent) => {
    const nodeType = event.dataTransfer.getData(DRAG_TYPE);
    hover.set({});
    if (nodeType === '') return;
    event.preventDefault();
    event.stopPropagation();
    const edge = wireBelow(event);
    const { checked, document: graph } = editor.getState();
    const ports = edge === undefined ? undefined : insertion(checked, graph, edge, nodeType);
    const at = cornerFor({ x: event.clientX, y: event.clientY });
    editor.dispatch({ type: 'addNode', nodeType, at, ...(edge !== undefined && ports && { connect: { edge, ...ports } }) });
    if (edge !== undefined && !ports) {
      onNotice(fill(strings.notInserted, { type: findNodeType(nodeType)?.title ?? nodeType })[locale]);
    }
  };

  const isEmpty = scene.nodes.length === 0;
  return (
    <SharedContext value={shared}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys are handled by useKeys; this only follows the pointer. */}
      <div
        ref={frame}
        className={`tl-canvas${far ? ' tl-canvas-far' : ''}${running ? ' tl-canvas-running' : ''}`}
        onDragOver={onDragOver}
        onDragLeave={() => hover.set({})}
        onDrop={onDrop}
        onPointerMove={(event) => {
          pointer.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerLeave={() => {
          pointer.current = undefined;
        }}
        onDoubleClick={(event) => {
          if (event.target instanceof Element && event.target.classList.contains('react-flow__pane')) {
            search({ x: event.clientX, y: event.clientY });
          }
        }}
        onFocus={(event) => {
          const part = event.target.closest<HTMLElement>('.react-flow__node, .react-flow__edge');
          const id = part?.dataset.id;
          if (!part || id === undefined || !event.target.matches(':focus-visible')) return;
          const kind = part.classList.contains('react-flow__node') ? 'node' : 'edge';
          editor.dispatch({
            type: 'select',
            selection: kind === 'node' ? { nodes: [id], edges: [] } : { nodes: [], edges: [id] },
          });
          if (kind === 'edge') closeups.openNow({ kind, id, ...inFrame(middleOf(kind, id)) });
          else closeups.closeNow();
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
          fitView
          fitViewOptions={fitOptions}
          tabIndex={0}
          aria-label={strings.canvas[locale]}
          onNodeDoubleClick={(_, node) => onInspect({ kind: 'node', id: node.id })}
          onEdgeDoubleClick={(_, edge) => onInspect({ kind: 'edge', id: edge.id })}
          onNodeContextMenu={(event, node) => {
            event.preventDefault();
            openMenu('node', node.id, { x: event.clientX, y: event.clientY });
          }}
          onEdgeContextMenu={(event, edge) => {
            event.preventDefault();
            openMenu('edge', edge.id, { x: event.clientX, y: event.clientY });
          }}
          onPaneContextMenu={(event) => {
            event.preventDefault();
            openMenu('canvas', '', { x: event.clientX, y: event.clientY });
          }}
          onEdgeMouseEnter={(event, edge) => {
            hover.set({ edge: edge.id });
            if (!held.get()) closeups.open({ kind: 'edge', id: edge.id, ...inFrame({ x: event.clientX, y: event.clientY }) });
          }}
          onEdgeMouseLeave={() => {
            hover.set({});
            closeups.close();
          }}
          onNodeMouseEnter={(event, node) => {
            if (node.data.severity === undefined || held.get()) return;
            const at = inFrame(middleOf('node', node.id));
            const box = event.currentTarget.getBoundingClientRect();
            closeups.open({ kind: 'node', id: node.id, x: at.x, y: at.y + box.height / 2 });
          }}
          onNodeMouseLeave={closeups.close}
          onNodeDragStart={closeups.closeNow}
          onMoveStart={closeups.closeNow}
        >
          <Background variant={BackgroundVariant.Dots} gap={22} size={2.2} color="var(--dot)" />
          {!isEmpty && (
            <MiniMap
              className="tl-minimap"
              pannable
              zoomable
              ariaLabel={strings.minimap[locale]}
              nodeClassName={(node) => `tl-minimap-node tl-tint-${(node as CardNode).data.category ?? 'unknown'}`}
              nodeBorderRadius={12}
            />
          )}
          <Panel position="bottom-left" className="tl-zoom">
            <button type="button" title={`${strings.zoomIn[locale]} (+)`} aria-label={strings.zoomIn[locale]} onClick={() => void flow.zoomIn({ duration: 120 })}>
              +
            </button>
            <button type="button" title={`${strings.zoomOut[locale]} (−)`} aria-label={strings.zoomOut[locale]} onClick={() => void flow.zoomOut({ duration: 120 })}>
              −
            </button>
            <button type="button" title={`${strings.fit[locale]} (F)`} aria-label={strings.fit[locale]} onClick={fit}>
              ⤢
            </button>
          </Panel>
        </ReactFlow>
        {isEmpty && (
          <div className="tl-empty">
            <p className="tl-empty-title">{strings.emptyTitle[locale]}</p>
            <p>{strings.emptyHint[locale]}</p>
          </div>
        )}
        <HeldTip />
        {closeup && !overlay && <Closeup target={closeup} scene={scene} onEnter={closeups.stay} onLeave={closeups.close} />}
        {overlay && <Overlays overlay={overlay} setOverlay={setOverlay} onMenu={onMenu} onNotice={onNotice} />}
      </div>
    </SharedContext>
  );
}
