/** A pad on which points of a data set are drawn: a tap adds one of the chosen class, a tap on one takes it away. */
import { useState } from 'react';
import { useT } from '../locale.ts';
import { formatNumber } from '../parts/numbers.ts';
import './points-pad.css';
import { dataWords } from './data-words.ts';

type Drawn = readonly [across: number, up: number, label: number];

interface PointsPadProps {
  readonly id: string;
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
}

const CLASSES = 4;
/** Of a point, in the units of the plane. */
const RADIUS = 0.045;

const isDrawn = (value: unknown): value is readonly Drawn[] =>
  Array.isArray(value) && value.every((point) => Array.isArray(point) && point.every(Number.isFinite));

export function PointsPad({ id, value, onValue }: PointsPadProps) {
  const t = useT();
  const [label, setLabel] = useState(0);
  const points = isDrawn(value) ? value : [];
  // The data are no data with fewer than two.
  const mayRemove = points.length > 2;

  function add(event: React.MouseEvent<SVGSVGElement>): void {
    const box = event.currentTarget.getBoundingClientRect();
    const across = ((event.clientX - box.left) / box.width) * 2 - 1;
    const up = 1 - ((event.clientY - box.top) / box.height) * 2;
    const near = points.findIndex(([x, y]) => Math.hypot(x - across, y - up) < 1.5 * RADIUS);
    if (near >= 0) {
      if (mayRemove) onValue(points.filter((_, i) => i !== near));
    } else onValue([...points, [rounded(across), rounded(up), label]]);
  }

  return (
    <div className="points-pad" id={id}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a place in the plane is pointed at; points can be typed as options. */}
      <svg
        viewBox="-1 -1 2 2"
        role="img"
        aria-label={t(dataWords.pad, { count: points.length })}
        onClick={add}
      >
        <path d="M-1 0H1M0-1V1" className="points-axes" />
        {points.map(([x, y, of], i) => (
          // Points may be equal, and never change places.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above.
          <Mark key={i} x={x} y={-y} label={of} />
        ))}
      </svg>
      <fieldset className="row" aria-label={t(dataWords.classOfNew)}>
        {Array.from({ length: CLASSES }, (_, of) => of).map((of) => (
          <button
            key={of}
            type="button"
            className="button small"
            aria-pressed={of === label}
            onClick={() => setLabel(of)}
          >
            <svg viewBox="-0.1 -0.1 0.2 0.2" width="14" height="14" aria-hidden="true">
              <Mark x={0} y={0} label={of} />
            </svg>
            {of}
          </button>
        ))}
      </fieldset>
      <span className="soft">{t(dataWords.padHint, { count: points.length, last: lastOf(points) })}</span>
    </div>
  );
}

const rounded = (x: number): number => Math.round(1000 * Math.max(-1, Math.min(1, x))) / 1000;

const lastOf = (points: readonly Drawn[]): string => {
  const [x, y] = points.at(-1) ?? [0, 0];
  return `(${formatNumber(x)}, ${formatNumber(y)})`;
};

/** Classes differ in form as well as in colour. */
function Mark({ x, y, label }: { readonly x: number; readonly y: number; readonly label: number }) {
  const r = RADIUS;
  const forms = [
    <circle key="0" r={r} />,
    <rect key="1" x={-r} y={-r} width={2 * r} height={2 * r} />,
    <path key="2" d={`M0 ${-1.2 * r}L${1.2 * r} ${r}H${-1.2 * r}Z`} />,
    <path key="3" d={`M0 ${-1.3 * r}L${1.3 * r} 0L0 ${1.3 * r}L${-1.3 * r} 0Z`} />,
  ];
  return (
    <g transform={`translate(${x} ${y})`} className="points-mark" data-class={label % CLASSES}>
      {forms[label % CLASSES]}
    </g>
  );
}
