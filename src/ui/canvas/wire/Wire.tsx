/** A wire: its ribbon, a wide invisible path to catch the pointer, and the label that rides on it. */
import { memo, useMemo } from 'react';
import { EdgeLabelRenderer, type EdgeProps } from 'reactflow';
import { type Course, pathBeside, pointAt } from '../../ribbon/curve.ts';
import { labelWidth, RibbonLabel } from '../../ribbon/RibbonLabel.tsx';
import { RibbonPath } from '../../ribbon/RibbonPath.tsx';
import { ribbonOf } from '../../ribbon/ribbon-threads.ts';
import { strings } from '../canvas-strings.ts';
import { useCanvas } from '../context.ts';

import { labelPoint } from '../geometry/label-places.ts';
import { courseAt } from '../geometry/wire-course.ts';
import { useStoreValue } from '../model/stores.ts';
import type { WireEdge } from '../model/view-model.ts';
import { WireSize } from './WireSize.tsx';

/** A label that is shown where there is no room for it. */
const inTheMiddle = { at: 0.5, below: false };

export const Wire = memo(function Wire({
  id,
  sourceX,
  sourceY,
  targetX,
  targetY,
  selected,
  data,
}: EdgeProps<WireEdge>) {
  const { hues, far, locale, hover, geometry, obstacles, sizes, lit } = useCanvas();
  const isLit = useStoreValue(lit, ({ edges }) => edges.includes(id));
  const hovered = useStoreValue(hover, (h) => h.edge === id);
  const labelAt = useStoreValue(geometry, ({ labels }) => labels.get(id));
  const dropped = useStoreValue(hover, ({ drop }) => drop?.edge === id && drop.fits);
  const edited = useStoreValue(sizes.store, (size) => (size?.edge === id ? size : undefined));
  const type = data?.type;
  const found = useStoreValue(geometry, ({ courses }) => courses.get(id));
  const course = useMemo((): Course => {
    // Ports are bars on the card's edge: React Flow gives their outer side, threads end in their middle.
    const [from, to] = [
      { x: sourceX - 3.5, y: sourceY },
      { x: targetX + 3.5, y: targetY },
    ];
    return courseAt({ from, to, thickness: type ? ribbonOf(type).height : 0 }, found, obstacles);
  }, [found, sourceX, sourceY, targetX, targetY, type, obstacles]);
  const middle = pathBeside(course, 0);
  const mismatched = data?.mismatched ?? [];
  const bad = data?.severity === 'error';
  const height = type ? ribbonOf(type).height : 2;
  const mark = data?.mark;
  const active = selected || hovered || dropped || mark === 'new' || edited !== undefined;
  const cross = mark === 'gone' ? pointAt(course, 0.5) : undefined;

  const width = type ? labelWidth(type) : 0;
  // A wire without room keeps its label to itself, but for what is at fault.
  const brief = labelAt === undefined && !active;
  const shown = !far && type !== undefined && (!brief || mismatched.length > 0);
  const place = labelPoint(course, labelAt ?? inTheMiddle, height, brief ? 44 : width);
  return (
    <>
      <path
        className={`tl-wire-halo${active ? ' tl-wire-active' : ''}${dropped ? ' tl-wire-takes' : ''}${isLit ? ' tl-wire-lit' : ''}`}
        d={middle}
        strokeWidth={height + 9}
      />
      <RibbonPath course={course} type={type} hues={hues} mismatched={mismatched} plain={far} />
      <path
        className="react-flow__edge-interaction"
        d={middle}
        strokeWidth={Math.max(18, height + 10)}
        fill="none"
        strokeOpacity={0}
      />
      {cross && <path className="tl-strike" d={`M${cross.x - 7},${cross.y - 7} l14,14 m0,-14 l-14,14`} />}
      {shown && mark !== 'gone' && (
        <EdgeLabelRenderer>
          <div
            className={`tl-label${bad ? ' tl-label-bad' : ''}${active ? ' tl-label-active' : ''}${data?.downstream ? ' tl-label-downstream' : ''}`}
            style={{ transform: `translate(-50%, -50%) translate(${place.x}px, ${place.y}px)` }}
          >
            <RibbonLabel
              type={type}
              hues={hues}
              mismatched={mismatched}
              full={active}
              brief={brief}
              scalar={strings.scalar[locale]}
              sizeOf={({ name }, position, words) => (
                <WireSize edge={id} axis={name} position={position} words={words} edited={edited} />
              )}
            />
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  );
});
