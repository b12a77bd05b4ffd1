/** What a card shows below its title: threads, the contraction, numbers as a picture, or one number. */
import { memo } from 'react';
import { readIndices } from '../../../catalogue/indices.ts';
import type { ShownType } from '../../../compiler/types.ts';
import { ELLIPSIS } from '../../../tensor/einsum.ts';
import { Heat } from '../../parts/Heat.tsx';
import { formatNumber } from '../../parts/numbers.ts';
import type { Hues } from '../../ribbon/index-hues.ts';
import { paintThread } from '../../ribbon/RibbonPath.tsx';
import type { Thread } from '../../ribbon/ribbon-threads.ts';
import { contractionGlyph, deltaGlyph, type Glyph, threadsGlyph } from '../geometry/contraction-glyph.ts';
import type { CardData } from '../model/card-data.ts';
import { pictureShape } from '../model/card-layout.ts';
import { heatCellsOf } from '../model/sample.ts';
import type { TensorValue } from '../props.ts';

/** The indices as the node's expression names them; by axis names when it cannot be read. */
function contraction({ node, checked, layout }: CardData): Glyph {
  const written = typeof node.params.expression === 'string' ? node.params.expression : '';
  const wired = layout.inputs.filter((port) => port.type);
  const names = wired.map((port) => port.type?.axes.map((axis) => axis.name) ?? []);
  const reading = readIndices(written, names);
  if (!('indices' in reading))
    return contractionGlyph(
      layout,
      [],
      Object.values(checked.outputTypes)[0]?.axes.map((a) => a.name),
    );
  const { inputs, output } = reading.indices;
  const labels = layout.inputs.map((port) => inputs[wired.indexOf(port)]);
  return contractionGlyph(
    layout,
    labels,
    output.filter((name) => name !== ELLIPSIS),
  );
}

function glyphOf(data: CardData): Glyph {
  switch (data.drawing) {
    case 'contraction':
      return contraction(data);
    case 'delta':
      return deltaGlyph(data.layout);
    case 'values':
    case 'picture':
      return { lines: [], contracted: [], ends: [] };
    default:
      return threadsGlyph(data.layout, data.drawing === 'scalar');
  }
}

const Threads = memo(function Threads({ data, hues }: { readonly data: CardData; readonly hues: Hues }) {
  const { lines, contracted, ends } = glyphOf(data);
  const paint = (thread: Thread) =>
    data.mismatched.includes(thread.name)
      ? { color: 'var(--bad)', dash: undefined }
      : paintThread(thread, hues);
  const loud = data.drawing === 'contraction' || data.drawing === 'delta';
  return (
    <g className={loud ? 'tl-glyph' : 'tl-glyph tl-glyph-quiet'}>
      {lines.map(({ path, thread }) => {
        if (thread.kind === 'scalar') return <path key={path} className="tl-thread-scalar" d={path} />;
        const { color, dash } = paint(thread);
        const mood =
          data.mismatched.length > 0 && !data.mismatched.includes(thread.name)
            ? 'tl-thread tl-thread-faded'
            : 'tl-thread';
        return (
          <path
            key={path}
            className={mood}
            d={path}
            stroke={color}
            strokeWidth={thread.width}
            strokeDasharray={dash}
          />
        );
      })}
      {ends.map(({ x, y, thread }) => (
        <circle key={`${x},${y}`} cx={x} cy={y} r={thread.width / 2 + 1.4} fill={paint(thread).color} />
      ))}
      {contracted.map(({ x, y, label, radius, thread }) => {
        const { color } = paint(thread);
        return (
          <g key={label}>
            <circle
              className={label ? 'tl-contracted' : 'tl-contracted tl-contracted-bare'}
              cx={x}
              cy={y}
              r={radius}
              stroke={label ? color : undefined}
            />
            {label && radius > 6 && (
              <text
                className="tl-index tl-contracted-name"
                x={x}
                y={y}
                fill={color}
                fontSize={label.length > 2 ? 8 : 12}
              >
                {label.replace(/^…/, '')}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
});

interface Props {
  readonly data: CardData;
  readonly hues: Hues;
  readonly value: TensorValue | undefined;
}

const isScalar = (value: TensorValue | undefined): boolean => value?.shape.length === 0;

export function CardBody({ data, hues, value }: Props) {
  const { layout, drawing, checked } = data;
  const { width, height } = layout;
  const type = Object.values(checked.outputTypes)[0] ?? Object.values(checked.inputTypes)[0];
  // A check shows what it has found instead.
  const showsNumber =
    isScalar(value) && data.category !== 'check' && (drawing === 'scalar' || drawing === 'values');
  const isFilled = drawing === 'values' && !isScalar(value) && type !== undefined && type.axes.length > 0;
  return (
    <>
      <svg className="tl-card-body" width={width} height={height} aria-hidden="true">
        <Threads data={data} hues={hues} />
        {showsNumber && (
          <text
            className={`tl-number tl-number-${drawing}`}
            x={drawing === 'values' ? 15 : width - 14}
            y={71}
          >
            {formatNumber(value?.data[0] ?? Number.NaN)}
          </text>
        )}
      </svg>
      {isFilled && <CardHeat type={type} value={value} />}
    </>
  );
}

/** Without a value its cells are empty: the shape is known before the numbers are. */
const CardHeat = memo(function CardHeat({
  type,
  value,
}: {
  readonly type: ShownType;
  readonly value: TensorValue | undefined;
}) {
  const { rows, columns, cell } = pictureShape(type);
  const heat = value ? heatCellsOf(value, rows, columns) : { rows, columns, cells: [] };
  return (
    <div className="tl-card-heat">
      <Heat heat={heat} cell={cell} />
    </div>
  );
});
