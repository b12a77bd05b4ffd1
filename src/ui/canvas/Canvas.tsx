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
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { ReactFlow, ReactFlowProvider, SelectionMode, useStore } from 'reactflow';
import 'reactflow/dist/base.css';
import { fill } from '../../base/text.ts';
import type { EditorState } from '../../editor/index.ts';
import { asDrawn } from '../parts/drawn-names.ts';
import { HeldKeys } from '../parts/HeldKeys.tsx';
import { lazily } from '../parts/lazily.tsx';
import { huesOf } from '../ribbon/index-hues.ts';
import '../ribbon/ribbon.css';
import { strings } from './canvas-strings.ts';
import { Card } from './card/Card.tsx';
import { CanvasContext, type CanvasServices, type Hover } from './context.ts';
import { obstaclesOf } from './geometry/courses.ts';
import { useClipboard } from './input/use-clipboard.ts';
import { useDrop } from './input/use-drop.ts';
import { useFlowHandlers } from './input/use-flow-handlers.ts';
import { useFrameEvents } from './input/use-frame-events.ts';
import { useGestures } from './input/use-gestures.ts';
import { useKeyActions } from './input/use-key-actions.ts';
import { useKeys } from './input/use-keys.ts';
import { usePointed } from './lod/use-pointed.ts';
import { useVisible } from './lod/use-visible.ts';
import { cardSizes } from './model/card-sizes.ts';
import { HeldWire, Store, type Values } from './model/stores.ts';
import { useModels } from './model/use-models.ts';
import type { CardNode, ViewModel, WireEdge } from './model/view-model.ts';
import { useHoverCard } from './popup/use-hover-card.ts';
import { usePopup } from './popup/use-popup.ts';
import type { CanvasHandle, CanvasProps, CheckVerdict, Lit } from './props.ts';
import { Corners } from './view/Corners.tsx';
import { useCanvasHandle, useFocusOnEntry } from './view/use-canvas-handle.ts';
import { useRefit } from './view/use-refit.ts';
import { leastZoom, useView, type View } from './view/use-view.ts';
import { DropTip } from './wire/DropTip.tsx';
import { HeldLine, HeldTip } from './wire/HeldLine.tsx';
import { useSizeEditing } from './wire/use-size-editing.ts';
import { useWireGeometry } from './wire/use-wire-geometry.ts';
import { Wire } from './wire/Wire.tsx';
import './canvas.css';
import './card/card.css';
import './popup/hover-card.css';
import './preview.css';
import './lod/overview-drawing.css';
import './popup/popup.css';
import './tints.css';
import './wire/wire.css';

const popups = () => import('./popup/on-demand.ts');
const CanvasPopups = lazily(async () => (await popups()).CanvasPopups, {
  early: true,
  meanwhile: <HeldKeys />,
});
const OverviewDrawing = lazily(async () => (await import('./lod/from-afar.ts')).OverviewDrawing, {
  early: true,
});
const HoverCard = lazily(async () => (await popups()).HoverCard, { early: true });

/** The zoom below which ribbons become lines and words vanish. */
const farBelow = 0.45;

/** How React Flow behaves, the same for every document. */
const flowSettings = {
  nodeTypes: { card: Card },
  edgeTypes: { wire: Wire },
  connectionLineComponent: HeldLine,
  connectionRadius: 18,
  reconnectRadius: 12,
  onlyRenderVisibleElements: true,
  elevateNodesOnSelect: false,
  disableKeyboardA11y: true,
  deleteKeyCode: null,
  multiSelectionKeyCode: ['Shift', 'Control', 'Meta'],
  selectionMode: SelectionMode.Partial,
  snapToGrid: true,
  snapGrid: [4, 4] as [number, number],
  zoomOnDoubleClick: false,
  minZoom: leastZoom,
  maxZoom: 3,
  tabIndex: 0,
};

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
    <ReactFlowProvider key={levelOf(shown)}>
      <Surface {...props} state={shown} drawn={drawn} dragged={dragged} setDragged={setDragged} />
    </ReactFlowProvider>
  );
}

const levelOf = ({ view }: EditorState): string => view.way.join('\u0000');

type SurfaceProps = Props & {
  readonly state: EditorState;
  /** Is told what is drawn. */
  readonly drawn: RefObject<Drawn>;
  readonly dragged: boolean;
  setDragged(dragged: boolean): void;
};

const Surface = memo(function Surface(props: SurfaceProps) {
  const { editor, state, locale, diagrams, preview: fix, drawn, onNotice } = props;
  const frame = useRef<HTMLDivElement>(null);
  const { real, model, preview, latestModel } = useModels(state, locale, fix);
  useLayoutEffect(() => editor.measureBy(cardSizes(locale)), [editor, locale]);
  const view = useView(frame, editor, latestModel);
  const [hoverCard, hoverCards] = useHoverCard();

  const far = useStore((s) => s.transform[2] < farBelow);
  const services = useServices(props, real, latestModel, far, view);
  const { held, hover, sizes } = services;
  const popups = usePopup({ ...props, view, sizes });
  const { popup, setPopup, search, menu, choose } = popups;

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
    place: view.cornerInView,
    onNotice,
  });

  const actions = useKeyActions({ ...props, view, held, hoverCards, popups, sizes });
  useKeys({ frame, flow: view.flow, editor, model: latestModel, actions });

  useCanvasHandle(props.ref, editor, view, frame);
  useFocusOnEntry(state, editor, view, frame);

  const isEmpty = model.cards.length === 0;
  // On an empty canvas the view stays when the first card comes.
  const began = useRef(!isEmpty);
  const keeper = useRefit(frame, view, began.current, { editor, level: levelOf(state) });
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
    onDrag: props.setDragged,
  });
  const frameEvents = useFrameEvents({ view, hoverCards, search, point: overview ? point : undefined });
  return (
    <CanvasContext value={services}>
      <div
        ref={frame}
        className={far ? 'tl-canvas tl-canvas-far' : 'tl-canvas'}
        aria-busy={props.running}
        {...drop}
        {...frameEvents}
      >
        <ReactFlow<CardNode, WireEdge>
          nodes={nodes as CardNode[]}
          edges={edges as WireEdge[]}
          {...handlers}
          {...gestures}
          {...flowSettings}
          aria-label={strings.canvas[locale]}
        >
          {overview && <OverviewDrawing model={model} wires={visible.wires} region={region} />}
          <Corners view={view} model={model} onMove={keeper.keep} />
        </ReactFlow>
        {isEmpty && <EmptyHint locale={locale} />}
        <HeldTip />
        <DropTip />
        {fix && (
          <p className="tl-preview-note" role="status">
            {asDrawn(state.document, fill(strings.preview, { fix: fix.title }), locale)}
          </p>
        )}
        {hoverCard && !popup && (
          <HoverCard target={hoverCard} model={real} onEnter={hoverCards.stay} onLeave={hoverCards.close} />
        )}
        {popup && (
          <CanvasPopups
            {...{ popup, diagrams, setPopup }}
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

const noneLit: Lit = { nodes: [], edges: [] };

/** What cards and wires are given by context: the stores are made once for each canvas. */
function useServices(
  { editor, state, locale, values, checks, lit: given, dragged, onNotice }: SurfaceProps,
  real: ViewModel,
  latestModel: () => ViewModel,
  far: boolean,
  view: View,
) {
  const hues = huesOf(editor, state);
  const held = useMemo(() => new HeldWire(undefined), []);
  const hover = useMemo(() => new Store<Hover>({}), []);
  const geometry = useWireGeometry(real, locale, dragged);
  const obstacles = useCallback(() => obstaclesOf(latestModel()), [latestModel]);
  const valueStore = useMemo(() => new Store<Values>({}), []);
  useEffect(() => valueStore.set(values), [values, valueStore]);
  const verdicts = useMemo(() => new Store<readonly CheckVerdict[]>([]), []);
  useEffect(() => verdicts.set(checks ?? []), [checks, verdicts]);
  const lit = useMemo(() => new Store<Lit>(noneLit), []);
  useEffect(() => lit.set((state.view.way.length === 0 && given) || noneLit), [given, lit, state.view.way]);
  const sizes = useSizeEditing({
    editor,
    onFixed: useCallback(() => onNotice(strings.fixedSize[locale]), [onNotice, locale]),
    onLeft: useCallback((edge) => view.visit('edge', edge), [view]),
  });
  return useMemo<CanvasServices>(
    () => ({
      editor,
      locale,
      hues,
      far,
      values: valueStore,
      checks: verdicts,
      held,
      hover,
      geometry,
      obstacles,
      sizes,
      lit,
    }),
    [editor, locale, hues, far, valueStore, verdicts, held, hover, geometry, obstacles, sizes, lit],
  );
}

function EmptyHint({ locale }: Pick<Props, 'locale'>) {
  const hint = matchMedia('(pointer: coarse)').matches ? strings.emptyHintByTouch : strings.emptyHint;
  return (
    <div className="tl-empty">
      <p className="tl-empty-title">{strings.emptyTitle[locale]}</p>
      <p>{hint[locale]}</p>
    </div>
  );
}
