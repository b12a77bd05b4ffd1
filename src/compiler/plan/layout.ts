/**
 * Places buffers in one arena. Two buffers may share bytes when one is dead before the other is
 * written. Largest first, each at the lowest free place: the greedy rule of Pisarchyk and Lee,
 * "Efficient memory management for deep neural net inference", arXiv 2001.03288, section 5.
 */
import { bytesOf, type Dtype, type PlanBuffer, readsOf, writesOf } from '../../ir/plan.ts';
import { elements } from '../../ir/program.ts';
import type { PlanBuilder } from './plan-builder.ts';

const alignment = 64;
const alignUp = (bytes: number) => Math.ceil(bytes / alignment) * alignment;

interface Span {
  readonly buffer: number;
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
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
  const placed: (Span & { readonly offset: number })[] = [];
  const offsets = new Map<number, number>();
  const spans = lifetimes(plan, dtype, kept);
  const isPinned = ({ buffer }: Span) => plan.buffers[buffer]?.pinned === true;
  let start = 0;
  for (const { buffer, bytes } of spans.filter(isPinned)) {
    offsets.set(buffer, start);
    start += bytes;
  }
  const competing = spans.filter((span) => !isPinned(span));
  for (const span of competing.sort((a, b) => b.bytes - a.bytes || a.buffer - b.buffer)) {
    let offset = start;
    for (const rival of placed) {
      if (rival.first > span.last || span.first > rival.last) continue;
      if (offset + span.bytes <= rival.offset) break;
      offset = Math.max(offset, rival.offset + rival.bytes);
    }
    const after = placed.findIndex((other) => other.offset > offset);
    placed.splice(after < 0 ? placed.length : after, 0, { ...span, offset });
    offsets.set(span.buffer, offset);
  }
  const bytes = placed.reduce((most, p) => Math.max(most, p.offset + p.bytes), start);
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
  return plan.buffers.flatMap((buffer, i) => {
    const bytes = alignUp(elements(buffer.shape) * bytesOf[dtype]);
    if (buffer.pinned) return [{ buffer: i, bytes, first: -1, last: end }];
    if (!first.has(i)) return [];
    return [
      { buffer: i, bytes, first: first.get(i) as number, last: kept.has(i) ? end : (last.get(i) as number) },
    ];
  });
}
