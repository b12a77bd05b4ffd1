/**
 * Places buffers in one arena. Two buffers may share bytes when one is dead before the other is
 * written, or dies where the other is written over it element by element. Largest first, each at the
 * lowest free place: the greedy rule of Pisarchyk and Lee, "Efficient memory management for deep neural
 * net inference", arXiv 2001.03288, section 5.
 */
import {
  bytesOf,
  type Dtype,
  type NestStep,
  type Operand,
  type PlanBuffer,
  readsOf,
  type Step,
  visitSteps,
  writesOf,
} from '../../ir/plan.ts';
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

/** When a buffer is used: positions of the first and the last step that touch it. */
interface Life {
  first: number;
  last: number;
  /** How many steps touch it. */
  uses: number;
  /** The first step that touches it reads it. */
  readonly readFirst: boolean;
}

/**
 * The lives of buffers, in positions that count the steps inside of loops too. What one iteration makes and
 * uses up lives in that part of the body; what comes in from outside, goes out, or is carried from one
 * iteration to the next lives through the whole loop, from the position before its first step to the one
 * after its last.
 */
class Lives {
  readonly #uses = new Map<number, number>();
  /** Of buffers that live within a body alone. */
  readonly #inside = new Map<number, Life>();
  /** Buffers that are read after the last step. */
  readonly #kept: ReadonlySet<number>;
  #position = 0;

  constructor(kept: ReadonlySet<number>) {
    this.#kept = kept;
  }

  of(steps: readonly Step[]): { lives: Map<number, Life>; end: number } {
    visitSteps(steps, (step) => {
      if (step.kind !== 'loop')
        for (const buffer of touchedBy(step)) this.#uses.set(buffer, (this.#uses.get(buffer) ?? 0) + 1);
    });
    const lives = this.#among(steps);
    for (const [buffer, life] of this.#inside) lives.set(buffer, life);
    return { lives, end: this.#position };
  }

  #among(steps: readonly Step[]): Map<number, Life> {
    const lives = new Map<number, Life>();
    const note = (buffer: number, first: number, last: number, uses: number, readFirst: boolean) => {
      const life = lives.get(buffer);
      if (!life) lives.set(buffer, { first, last, uses, readFirst });
      else {
        life.last = last;
        life.uses += uses;
      }
    };
    for (const step of steps) {
      const at = this.#position++;
      if (step.kind !== 'loop') {
        const reads = new Set(readsOf(step));
        for (const buffer of touchedBy(step)) note(buffer, at, at, 1, reads.has(buffer));
        continue;
      }
      const within = this.#among(step.steps);
      const end = this.#position++;
      for (const [buffer, life] of within) {
        const isElsewhere = life.uses !== this.#uses.get(buffer) || this.#kept.has(buffer);
        const isOwn = !isElsewhere && !life.readFirst;
        if (isOwn) this.#inside.set(buffer, life);
        else note(buffer, at, end, life.uses, life.readFirst);
      }
    }
    return lives;
  }
}

const touchedBy = (step: Step): Set<number> => new Set([...writesOf(step), ...readsOf(step)]);

/** From the first step that writes a buffer to the last that reads it; pinned ones live throughout. */
function lifetimes(plan: PlanBuilder, dtype: Dtype, kept: ReadonlySet<number>): Span[] {
  const { lives, end } = new Lives(kept).of(plan.steps);
  const bytes = (buffer: number) =>
    alignUp(elements((plan.buffers[buffer] as DraftBuffer).shape) * bytesOf[dtype]);
  const isOwn = (buffer: number) => !plan.buffers[buffer]?.pinned && !kept.has(buffer);
  const diesAt = (buffer: number, at: number) => isOwn(buffer) && lives.get(buffer)?.last === at;
  const isBornAt = (buffer: number, at: number) => lives.get(buffer)?.first === at;
  const successors = plan.without.has('inPlace')
    ? new Map<number, number>()
    : inPlace(plan, diesAt, isBornAt);
  const succeeds = new Set(successors.values());
  return plan.buffers.flatMap((buffer, i) => {
    if (buffer.isRow) return [];
    if (buffer.pinned) return [{ buffers: [i], bytes: bytes(i), first: -1, last: end }];
    const life = lives.get(i);
    if (!life || succeeds.has(i)) return [];
    const buffers = [i];
    for (let next = successors.get(i); next !== undefined; next = successors.get(next)) buffers.push(next);
    const final = buffers.at(-1) as number;
    const last = kept.has(final) ? end : (lives.get(final) as Life).last;
    return [{ buffers, bytes: bytes(i), first: life.first, last }];
  });
}

const largestFirst = (a: Span, b: Span) =>
  b.bytes - a.bytes || (a.buffers[0] as number) - (b.buffers[0] as number);

/** For buffers that die as operands of a nest, the result that may be written over them. */
function inPlace(
  plan: PlanBuilder,
  diesAt: (buffer: number, position: number) => boolean,
  isBornAt: (buffer: number, position: number) => boolean,
): Map<number, number> {
  const successors = new Map<number, number>();
  const size = (buffer: number) => elements((plan.buffers[buffer] as DraftBuffer).shape);
  const visit = (step: NestStep, at: number) => {
    const points = elements(step.dims);
    for (const { out, reduce } of step.results) {
      const isNew = isBornAt(out.buffer, at) && !plan.buffers[out.buffer]?.pinned;
      if (reduce !== 'none' || !isNew || size(out.buffer) !== points) continue;
      const isSame = (o: Operand) =>
        o.offset === out.offset && o.strides.every((s, d) => s === out.strides[d]);
      const given = step.operands.find(
        ({ buffer }) =>
          diesAt(buffer, at) &&
          !successors.has(buffer) &&
          size(buffer) === points &&
          step.operands.every((o) => o.buffer !== buffer || isSame(o)) &&
          step.results.every((r) => r.out.buffer !== buffer),
      );
      if (given) successors.set(given.buffer, out.buffer);
    }
  };
  // Positions as Lives counts them.
  let position = 0;
  const walk = (steps: readonly Step[]): void => {
    for (const step of steps) {
      const at = position++;
      if (step.kind === 'nest') visit(step, at);
      if (step.kind !== 'loop') continue;
      walk(step.steps);
      position++;
    }
  };
  walk(plan.steps);
  return successors;
}
