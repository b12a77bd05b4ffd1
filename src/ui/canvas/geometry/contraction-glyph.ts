/**
 * What a node does to its threads, as geometry: open indices run through from an operand to the result,
 * closed ones are tied to each other in an arc and end there, in a circle that bears their name. The
 * caller draws it; here are only places.
 */
import { type Course, type CurvePoint, pathBeside, wireCurve } from '../../ribbon/curve.ts';
import { ribbonOf, type Thread } from '../../ribbon/ribbon-threads.ts';
import type { CardLayout, PortPlace } from '../model/card-layout.ts';

export interface IndexLine {
  readonly path: string;
  readonly thread: Thread;
}

export interface ContractedIndex extends CurvePoint {
  readonly label: string;
  readonly thread: Thread;
  /** Smaller where many stand close. The delta's bears no name. */
  readonly radius: number;
}

export interface Glyph {
  readonly lines: readonly IndexLine[];
  readonly contracted: readonly ContractedIndex[];
  /** Where an index simply ends or begins. */
  readonly ends: readonly (CurvePoint & { readonly thread: Thread })[];
}

/** One thread where it enters or leaves the card, and the name it goes by inside. */
interface Lane {
  readonly y: number;
  readonly thread: Thread;
  readonly label: string;
  readonly port: number;
}

/** Labels of a port's axes, by position; axis names where there are none. */
export type GlyphLabels = readonly (readonly string[] | undefined)[];

/** A scalar has no index: one dotted thread stands for it where it passes through a card. */
const scalarThread: Thread = { name: '', axis: undefined, kind: 'scalar', count: 0, width: 1.6, offset: 0 };

function threadsOf(port: PortPlace, scalars: boolean): readonly Thread[] {
  const threads = port.type ? ribbonOf(port.type).threads : [];
  return port.type && scalars && threads.length === 0 ? [scalarThread] : threads;
}

function lanesOf(ports: readonly PortPlace[], labels: GlyphLabels, scalars = false): Lane[] {
  return ports.flatMap((port, p) =>
    threadsOf(port, scalars).map((thread, i) => ({
      y: port.y + thread.offset,
      thread,
      label: thread.kind === 'bundle' ? `…${p}` : (labels[p]?.[i] ?? thread.name),
      port: p,
    })),
  );
}

const run = (from: Lane, to: Lane, width: number): IndexLine => {
  const curve: Course = wireCurve({ x: 0, y: from.y }, { x: width, y: to.y });
  return { path: pathBeside(curve, 0), thread: from.thread };
};

/**
 * Names on both sides run through; a name on one side only ends, or begins, within the card. Where the
 * card shows a number, threads end early and make room for it, and scalars are not drawn.
 */
export function threadsGlyph(layout: CardLayout, number: boolean): Glyph {
  const { width } = layout;
  const ins = lanesOf(layout.inputs, [], !number);
  const outs = lanesOf(layout.outputs, [], !number);
  const [stop, start] = [width * (number ? 0.26 : 0.4), width * 0.6];
  const through = ins.flatMap((lane) =>
    outs.filter((o) => o.label === lane.label).map((o) => run(lane, o, width)),
  );
  const ended = ins.filter((lane) => !outs.some((o) => o.label === lane.label));
  const begun = outs.filter((lane) => !ins.some((i) => i.label === lane.label));
  return {
    lines: [
      ...through,
      ...ended.map(({ y, thread }) => ({ path: `M0,${y}H${stop}`, thread })),
      ...begun.map(({ y, thread }) => ({ path: `M${start},${y}H${width}`, thread })),
    ],
    contracted: [],
    ends: [
      ...ended.map(({ y, thread }) => ({ x: stop, y, thread })),
      ...begun.map(({ y, thread }) => ({ x: start, y, thread })),
    ],
  };
}

/** Two ends of one index: out to the circle and back. `reach` is the circle's distance from the edge. */
function arc(a: Lane, b: Lane, reach: number): string {
  const straight = Math.min(12, reach * 0.4);
  // A cubic whose handles lie at x comes three quarters of the way towards x.
  const x = straight + (reach - straight) / 0.75;
  return `M0,${a.y}H${straight}C${x},${a.y} ${x},${b.y} ${straight},${b.y}H0`;
}

function tie(lanes: readonly Lane[], end: CurvePoint): string[] {
  const [a, b] = lanes;
  if (a && !b) return [`M0,${a.y}C${end.x * 0.6},${a.y} ${end.x * 0.7},${end.y} ${end.x},${end.y}`];
  if (a && b && lanes.length === 2) return [arc(a, b, end.x)];
  return lanes.map(
    ({ y }) => `M0,${y}H10C${end.x * 0.75},${y} ${end.x},${(y + end.y) / 2} ${end.x},${end.y}`,
  );
}

/** The contraction. `inputs` and `output` name the indices of each operand and of the result. */
export function contractionGlyph(
  layout: CardLayout,
  inputs: GlyphLabels,
  output: readonly string[] | undefined,
): Glyph {
  const { width, outputNames } = layout;
  const ins = lanesOf(layout.inputs, inputs);
  const outs = lanesOf(layout.outputs, [output]);
  const open = new Set(output ?? outs.map((o) => o.label));
  const through = ins.flatMap((lane) =>
    outs.filter((o) => o.label === lane.label).map((o) => run(lane, o, width)),
  );

  const groups = new Map<string, Lane[]>();
  for (const lane of ins) {
    if (open.has(lane.label)) continue;
    const group = groups.get(lane.label);
    if (group) group.push(lane);
    else groups.set(lane.label, [lane]);
  }
  const span = (lanes: readonly Lane[]) =>
    Math.max(...lanes.map((l) => l.y)) - Math.min(...lanes.map((l) => l.y));
  // Arcs nest: the shorter an arc, the nearer to the edge its circle.
  const closed = [...groups].sort(([, a], [, b]) => span(a) - span(b));
  const first = Math.min(58, width * 0.3);
  // The last circle keeps clear of the names of outputs.
  const last = outputNames > 0 ? Math.min(width * 0.7, width - outputNames - 24) : width * 0.7;
  const spacing = closed.length < 2 ? 0 : Math.min(27, (last - first) / (closed.length - 1));
  const radius = closed.length < 2 ? 8.5 : Math.max(4, Math.min(8.5, spacing * 0.36));
  const contracted = closed.map(([label, lanes], i) => {
    const top = Math.min(...lanes.map((l) => l.y));
    const x = first + i * spacing;
    return { x, y: top + span(lanes) / 2, label, thread: (lanes[0] as Lane).thread, radius };
  });
  const ties = closed.flatMap(([, lanes], i) =>
    tie(lanes, contracted[i] as ContractedIndex).map((path) => ({ path, thread: (lanes[0] as Lane).thread })),
  );
  return { lines: [...through, ...ties], contracted, ends: [] };
}

/** The delta: its threads meet in one bare circle. */
export function deltaGlyph(layout: CardLayout): Glyph {
  const outs = lanesOf(layout.outputs, []);
  const [port] = layout.outputs;
  if (!port || outs.length === 0) return { lines: [], contracted: [], ends: [] };
  const meeting = { x: layout.width * 0.42, y: port.y };
  const path = ({ y }: Lane) =>
    `M${layout.width},${y}H${layout.width - 8}C${meeting.x + 30},${y} ${meeting.x + 24},${meeting.y} ${meeting.x},${meeting.y}`;
  return {
    lines: outs.map((lane) => ({ path: path(lane), thread: lane.thread })),
    contracted: [{ ...meeting, label: '', thread: (outs[0] as Lane).thread, radius: 6.5 }],
    ends: [],
  };
}
