/**
 * Places buffers in one arena. Two buffers may share bytes when one is dead before the other is
 * written, or dies where the other is written over it element by element. Largest first, each at the
 * lowest free place: the greedy rule of Pisarchyk and Lee, "Efficient memory management for deep neural
 * net inference", arXiv 2001.03288, section 5.
 */
import { bytesOf, type Dtype, type Operand, type PlanBuffer, readsOf, writesOf } from '../../ir/plan.ts';
import { elements } from '../../ir/program.ts';
import type { DraftBuffer, PlanBuilder } from './plan-builder.ts';

const alignment = 64;
const alignUp = (bytes: number) => Math.ceil(bytes / alignment) * alignment;

interface Span {
  /** Several where each takes the place of the one before. */
  readonly buffers: readonly number[];
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

/** The bytes from `offset` to `end`, taken for the steps from `first` to `last`. */
interface Placed extends Pick<Span, 'first' | 'last'> {
  readonly offset: number;
  readonly end: number;
}

/**
 * Buffers that live throughout share bytes with none: they lie side by side at the start, and only the
 * others compete for places. `kept` buffers are read after the last step. Unused buffers get no bytes.
 */
export function layOut(
  plan: PlanBuilder,
  dtype: Dtype,
  kept: ReadonlySet<number>,
): { buffers: PlanBuffer[]; bytes: number } {
  /** In ascending order of offset. */
  const placed: Placed[] = [];
  const offsets = new Map<number, number>();
  const spans = lifetimes(plan, dtype, kept);
  const isAlone = plan.without.has('shareBytes');
  const isPinned = ({ buffers }: Span) => isAlone || plan.buffers[buffers[0] as number]?.pinned === true;
  let start = 0;
  for (const { buffers, bytes } of spans.filter(isPinned)) {
    for (const buffer of buffers) offsets.set(buffer, start);
    start += bytes;
  }
  const competing = spans.filter((span) => !isPinned(span));
  for (const { buffers, bytes, first, last } of competing.sort(largestFirst)) {
    let offset = start;
    // Plain loops, and nothing but comparisons: they are long.
    let at = 0;
    for (const count = placed.length; at < count; at++) {
      const rival = placed[at] as Placed;
      if (rival.first > last || rival.last < first) continue;
      if (offset + bytes <= rival.offset) break;
      if (rival.end > offset) offset = rival.end;
    }
    while (at > 0 && (placed[at - 1] as Placed).offset > offset) at--;
    placed.splice(at, 0, { first, last, offset, end: offset + bytes });
    for (const buffer of buffers) offsets.set(buffer, offset);
  }
  const bytes = placed.reduce((most, { end }) => Math.max(most, end), start);
  const buffers = plan.buffers.map(({ shape, source }, i) => ({
    shape,
    offset: offsets.get(i) ?? 0,
    bytes: offsets.has(i) ? elements(shape) * bytesOf[dtype] : 0,
    ...(source !== undefined && { source }),
  }));
  return { buffers, bytes };
}

/** From the first step that writes a buffer to the last that reads it; pinned ones live throughout. */
function lifetimes(plan: PlanBuilder, dtype: Dtype, kept: ReadonlySet<number>): Span[] {
  const first = new Map<number, number>();
  const last = new Map<number, number>();
  for (const [i, step] of plan.steps.entries()) {
    for (const buffer of [...writesOf(step), ...readsOf(step)]) {
      if (!first.has(buffer)) first.set(buffer, i);
      last.set(buffer, i);
    }
  }
  const end = plan.steps.length;
  const bytes = (buffer: number) =>
    alignUp(elements((plan.buffers[buffer] as DraftBuffer).shape) * bytesOf[dtype]);
  const isOwn = (buffer: number) => !plan.buffers[buffer]?.pinned && !kept.has(buffer);
  const diesAt = (buffer: number, i: number) => isOwn(buffer) && last.get(buffer) === i;
  const successors = plan.without.has('inPlace') ? new Map<number, number>() : inPlace(plan, diesAt, first);
  const succeeds = new Set(successors.values());
  return plan.buffers.flatMap((buffer, i) => {
    if (buffer.pinned) return [{ buffers: [i], bytes: bytes(i), first: -1, last: end }];
    if (!first.has(i) || succeeds.has(i)) return [];
    const buffers = [i];
    for (let next = successors.get(i); next !== undefined; next = successors.get(next)) buffers.push(next);
    const final = buffers.at(-1) as number;
    return [
      {
        buffers,
        bytes: bytes(i),
        first: first.get(i) as number,
        last: kept.has(final) ? end : (last.get(final) as number),
      },
    ];
  });
}

const largestFirst = (a: Span, b: Span) =>
  b.bytes - a.bytes || (a.buffers[0] as number) - (b.buffers[0] as number);

/** For buffers that die as operands of a nest, the result that may be written over them. */
function inPlace(
  plan: PlanBuilder,
  diesAt: (buffer: number, step: number) => boolean,
  first: ReadonlyMap<number, number>,
): Map<number, number> {
  const successors = new Map<number, number>();
  const size = (buffer: number) => elements((plan.buffers[buffer] as DraftBuffer).shape);
  for (const [i, step] of plan.steps.entries()) {
    if (step.kind !== 'nest') continue;
    const points = elements(step.dims);
    for (const { out, reduce } of step.results) {
      const isNew = first.get(out.buffer) === i && !plan.buffers[out.buffer]?.pinned;
      if (reduce !== 'none' || !isNew || size(out.buffer) !== points) continue;
      const isSame = (o: Operand) =>
        o.offset === out.offset && o.strides.every((s, d) => s === out.strides[d]);
      const given = step.operands.find(
        ({ buffer }) =>
          diesAt(buffer, i) &&
          !successors.has(buffer) &&
          size(buffer) === points &&
          step.operands.every((o) => o.buffer !== buffer || isSame(o)) &&
          step.results.every((r) => r.out.buffer !== buffer),
      );
      if (given) successors.set(given.buffer, out.buffer);
    }
  }
  return successors;
}
