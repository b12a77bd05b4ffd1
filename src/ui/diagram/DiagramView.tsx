/** A diagram laid out, drawn and described; played where its sizes are known and there is something to contract. */
import { type RefObject, useId, useMemo, useRef } from 'react';
import { greedyPath, type Network, type SsaPath } from '../../contraction/index.ts';
import { useLocale, useT } from '../locale.ts';
import type { DrawnNetwork } from '../plan/drawn-network.ts';
import { useFoundPath } from '../plan/use-paths.ts';
import { useSessionState } from '../session/hooks.ts';
import { diagramWords as words } from '../strings/diagram-words.ts';
import type { ShownDiagram } from './CopyButtons.tsx';
import { DiagramCanvas } from './DiagramCanvas.tsx';
import { DiagramFilm } from './DiagramFilm.tsx';
import { drawScene } from './drawing/draw-scene.ts';
import { sceneOf } from './drawing/scene.ts';
import { ChoiceBar } from './edit/ChoiceBar.tsx';
import { type DiagramEditing, useDiagramEditing } from './edit/use-diagram-editing.ts';
import { type DiagramLayout, layOutDiagram } from './layout/lay-out-diagram.ts';
import { describeDiagram } from './model/describe-diagram.ts';
import { type Melted, meltDeltas } from './model/melt-deltas.ts';
import type { NetworkDiagram } from './model/network-diagram.ts';
import type { WrittenNetwork } from './model/node-diagram.ts';
import { networkOfDiagram } from './play/film.ts';

interface DiagramViewProps {
  /** As the Plan panel names it. */
  readonly id: string;
  readonly diagram: NetworkDiagram;
  /** Is told what is drawn. */
  readonly shown: RefObject<ShownDiagram>;
  /** The contraction as its node writes it, if one node does. */
  readonly written: WrittenNetwork | undefined;
  /** The network as the program has it, if it is the same. */
  readonly drawn: DrawnNetwork | undefined;
}

/** The same object for as long as nothing in it is another: values change with each step of a run, diagrams seldom. */
function useUnchanged<T>(value: T): T {
  const key = JSON.stringify(value);
  const kept = useRef({ key, value });
  if (kept.current.key !== key) kept.current = { key, value };
  return kept.current.value;
}

export function DiagramView(props: DiagramViewProps) {
  const t = useT();
  const locale = useLocale();
  const described = useId();
  const diagram = useUnchanged(props.diagram);
  const layout = useMemo(() => layOutDiagram(diagram), [diagram]);
  const melted = useMemo(() => meltDeltas(diagram), [diagram]);
  const network = useMemo(() => networkOfDiagram(melted.diagram), [melted]);
  const editing = useDiagramEditing(props.written, diagram);
  const plays = network && diagram.tensors.length > 1 && melted.tensors.length > 0;
  return (
    <figure className="diagram-body" aria-label={t(words.title)} aria-describedby={described}>
      <p id={described} className="visually-hidden">
        {describeDiagram(diagram, layout.forms, locale)}
      </p>
      {plays ? (
        <Planned {...props} {...{ diagram, layout, melted, network, editing }} />
      ) : (
        <Still {...{ diagram, layout, editing }} shown={props.shown} />
      )}
      {!network && <p className="diagram-note">{t(words.openSizes)}</p>}
    </figure>
  );
}

interface StillProps extends Pick<DiagramViewProps, 'diagram' | 'shown'> {
  readonly layout: DiagramLayout;
  readonly editing: DiagramEditing | undefined;
}

function Still({ diagram, layout, editing, shown }: StillProps) {
  const drawing = useMemo(() => drawScene(diagram, sceneOf(diagram, layout)), [diagram, layout]);
  return (
    <>
      <DiagramCanvas
        diagram={diagram}
        drawing={drawing}
        bounds={drawing.bounds}
        shown={shown}
        editing={editing}
        nodesOf={({ tensor }) => {
          const { node } = diagram.tensors[tensor ?? -1] ?? {};
          return node === undefined ? [] : [node];
        }}
        isMarked={() => false}
      />
      <ChoiceBar diagram={diagram} editing={editing} played={false} />
    </>
  );
}

interface PlannedProps extends DiagramViewProps, StillProps {
  readonly melted: Melted;
  readonly network: Network;
}

/** Along the path that the Plan panel shows, else the one that is followed, else the best that is found. */
function Planned({ id, drawn, network, written: _, ...rest }: PlannedProps) {
  const shown = useSessionState(({ planned }) =>
    planned.path?.network === id ? planned.path.path : undefined,
  );
  const found = useFoundPath(network);
  const greedy = useMemo(() => greedyPath(network), [network]);
  const isSame = drawn !== undefined && JSON.stringify(drawn.network) === JSON.stringify(network);
  const own: SsaPath | undefined = isSame ? (shown ?? drawn.path ?? drawn.compiled?.result.path) : undefined;
  const path = useUnchanged(own ?? found?.result.path ?? greedy.path);
  return <DiagramFilm id={id} network={network} path={path} {...rest} />;
}
