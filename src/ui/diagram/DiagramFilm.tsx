/** A diagram whose contraction can be played, step by step; it and the Plan panel move each other. */
import { type RefObject, useEffect, useMemo, useRef } from 'react';
import type { Network, SsaPath } from '../../contraction/index.ts';
import { useLookedStep } from '../plan/looked-step.ts';
import { membersOf } from '../plan/path-members.ts';
import type { ShownDiagram } from './CopyButtons.tsx';
import { DiagramCanvas } from './DiagramCanvas.tsx';
import type { DiagramShape } from './drawing/draw-scene.ts';
import type { LabelBox } from './drawing/place-diagram-labels.ts';
import { ChoiceBar } from './edit/ChoiceBar.tsx';
import type { DiagramEditing } from './edit/use-diagram-editing.ts';
import type { DiagramLayout } from './layout/lay-out-diagram.ts';
import type { Melted } from './model/melt-deltas.ts';
import type { NetworkDiagram } from './model/network-diagram.ts';
import { type FilmPicture, filmOf } from './play/film.ts';
import { drawMoment } from './play/film-moment.ts';
import { Player } from './play/Player.tsx';
import { paceOf } from './play/pace.ts';
import { StepFigures, stepAt } from './play/StepFigures.tsx';
import { useFilmClock } from './play/use-film-clock.ts';
import { useIntermediates } from './play/use-intermediates.ts';

interface DiagramFilmProps {
  /** As the Plan panel names it. */
  readonly id: string;
  readonly diagram: NetworkDiagram;
  readonly layout: DiagramLayout;
  readonly melted: Melted;
  readonly network: Network;
  readonly path: SsaPath;
  readonly editing: DiagramEditing | undefined;
  readonly shown: RefObject<ShownDiagram>;
}

export function DiagramFilm({
  id,
  diagram,
  layout,
  melted,
  network,
  path,
  editing,
  shown,
}: DiagramFilmProps) {
  const film = useMemo(
    () => filmOf(diagram, layout, melted, network, path),
    [diagram, layout, melted, network, path],
  );
  const pace = useMemo(() => paceOf(film.steps.map(({ pair }) => pair?.share ?? 0)), [film]);
  const clock = useFilmClock(pace);
  const drawing = useMemo(() => drawMoment(film, clock.time), [film, clock.time]);
  const bounds = useMemo(() => unionOf(film.pictures.map((picture) => picture.drawing.bounds)), [film]);
  const made = useIntermediates(network, path, melted.diagram.tensors, film.steps.at(-1)?.largest ?? 0);
  const { pointed, point } = useTogether(id, clock, film.steps.length - path.length);

  const n = film.origin.length;
  const members = useMemo(() => membersOf(n, path), [n, path]);
  const picture = film.pictures[Math.min(Math.floor(clock.time), film.pictures.length - 1)] as FilmPicture;
  const idOf = ({ tensor }: DiagramShape) => (tensor === undefined ? undefined : picture.ids[tensor]);
  const membersIn = (shape: DiagramShape) => members[idOf(shape) ?? -1] ?? [];
  const [left = -1, right = -1] = path[pointed ?? -1] ?? [];
  const marked = new Set([...(members[left] ?? []), ...(members[right] ?? [])]);
  return (
    <>
      <DiagramCanvas
        diagram={picture.diagram}
        drawing={drawing}
        bounds={bounds}
        shown={shown}
        editing={clock.time === 0 ? editing : undefined}
        nodesOf={(shape) => {
          const given = shape.tensor === undefined ? undefined : picture.diagram.tensors[shape.tensor]?.node;
          if (given !== undefined) return [given];
          return membersIn(shape).flatMap((k) => diagram.tensors[film.origin[k] ?? -1]?.node ?? []);
        }}
        isMarked={(shape) => membersIn(shape).some((k) => marked.has(k))}
        onPointed={(shape) => {
          const of = shape && idOf(shape);
          point(of !== undefined && of >= n ? of - n : undefined);
        }}
      />
      <ChoiceBar diagram={diagram} editing={editing} played={clock.time > 0} />
      <Player clock={clock} pace={pace} />
      <StepFigures film={film} diagram={diagram} network={network} time={clock.time} made={made} />
    </>
  );
}

/** A step chosen in the Plan panel is played here, and the panel goes to the step that is shown here. */
function useTogether(
  id: string,
  { time, show }: ReturnType<typeof useFilmClock>,
  /** Steps of the film before the first of the path. */
  before: number,
) {
  const looked = useLookedStep(id, 'diagram');
  const { chosen, choose } = looked;
  const asked = chosen?.by === 'plan' ? chosen : undefined;
  const answered = useRef(asked);
  useEffect(() => {
    if (asked === answered.current) return;
    answered.current = asked;
    if (asked) show(asked.step + before);
  }, [asked, show, before]);
  const shown = stepAt(time) - before;
  const told = useRef(shown);
  useEffect(() => {
    if (shown === told.current) return;
    told.current = shown;
    if (shown >= 0 && chosen?.step !== shown) choose(shown);
  }, [shown, chosen, choose]);
  return looked;
}

function unionOf(boxes: readonly LabelBox[]): LabelBox {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
