/**
 * The derivative of a recurrence in reverse mode: again a recurrence, backwards in time, so that derivatives nest to
 * any depth. It begins from the carries that the forward iterations began with and computes the rest of them again;
 * what is worth keeping instead is decided later, when there is a program to look at and a limit of memory
 * (passes/keep-residuals.ts).
 *
 * With λ the cotangent of the carries and ō that of what an iteration gives, one iteration back is
 * λₜ = (∂c′/∂c)ᵀ λₜ₊₁ + (∂o/∂c)ᵀ ōₜ, and likewise for rows and constants.
 *
 * A value's gradient is one running sum, to which its readers contribute, the last first. So the sums of constants
 * go through the iterations as carries, and each adds to them. Of a recurrence that stands for iterations written
 * out by bare wires (`ScanOp.bare`) that holds for every value: the first iterations are pulled back one by one where
 * they read values that are read elsewhere too, and so are the last ones, as long as there are carries that nobody
 * reads afterwards.
 */
import { Builder } from './builder.ts';
import { type Origins, originsOf } from './carry-origins.ts';
import { argsOf } from './ops/index.ts';
import type { Op, ScanOp, ValueId } from './program.ts';
import { plainScan, result } from './scan.ts';
import { unpackScan, withOut } from './scan-parts.ts';
import {
  type CarryClass,
  type Cotangents,
  type Gradient,
  pullBackIteration,
  type ReverseRequest,
} from './scan-step-back.ts';

/** What the cotangents of a scan's results mean for its arguments. */
interface PulledBack {
  /** New sums of contributions, in place of those that were given. */
  readonly sums: ReadonlyMap<ValueId, ValueId>;
  /** Contributions to be added afterwards, in this order. */
  readonly terms: readonly (readonly [argument: ValueId, term: ValueId])[];
}

/**
 * Pulls the cotangents of a scan's results, undefined where they are 0, back to its arguments; only those that
 * are `wanted` are answered. `sums` are the cotangents of the arguments so far.
 */
export function pullBackScan(
  ir: Builder,
  value: ValueId,
  cotangents: readonly (ValueId | undefined)[],
  wanted: readonly boolean[],
  sums: readonly (ValueId | undefined)[],
  gradient: Gradient,
): PulledBack {
  return new Reverse(ir, value, cotangents, wanted, sums, gradient).pull();
}

/** Some iterations' gradient by a row. */
interface Piece {
  readonly count: number;
  readonly rows: readonly (ValueId | undefined)[];
}

/** So many iterations are pulled back one by one until those before them have the same carries to pull back. */
const MOST_AT_END = 3;

/** Row t of a stack. */
const rowAt = (ir: Builder, stack: ValueId, t: number): ValueId =>
  ir.reshape(ir.part(stack, 0, t, 1), ir.shape(stack).slice(1));

class Reverse {
  readonly #ir: Builder;
  readonly #value: ValueId;
  readonly #op: ScanOp;
  readonly #parts: ReturnType<typeof unpackScan>;
  readonly #asked: ReverseRequest;
  readonly #origins: Origins | undefined;
  /** Constants, and of a recurrence that stands for bare wires first values as well. */
  readonly #outers: readonly ValueId[];
  readonly #given: readonly (ValueId | undefined)[];
  readonly #wantedOuters: readonly boolean[];
  readonly #wantedRows: readonly number[];
  /** Which results beside the carries have a cotangent, and these. */
  readonly #outs: readonly { readonly index: number; readonly cotangent: ValueId }[];
  readonly #starts = new Map<number, ValueId>();
  readonly #pieces: Piece[] = [];
  #now: Cotangents;

  constructor(
    ir: Builder,
    value: ValueId,
    cotangents: readonly (ValueId | undefined)[],
    wanted: readonly boolean[],
    sums: readonly (ValueId | undefined)[],
    gradient: Gradient,
  ) {
    const op = ir.op(value) as ScanOp;
    const parts = unpackScan(op);
    const { carries, rows, constants } = parts;
    this.#ir = ir;
    this.#value = value;
    this.#op = op;
    this.#parts = parts;
    this.#origins = op.bare ? originsOf(op) : undefined;
    const firsts = this.#origins ? carries.filter((c, k) => carries.indexOf(c) === k) : [];
    this.#outers = [...constants, ...firsts.filter((c) => !constants.includes(c))];
    // A value that is given twice has its sum so far once.
    this.#given = this.#outers.map((v, i) =>
      this.#outers.indexOf(v) === i ? sums[op.args.indexOf(v)] : undefined,
    );
    this.#wantedOuters = this.#outers.map((v) => wanted[op.args.indexOf(v)] === true);
    this.#wantedRows = rows.flatMap((_, i) => (wanted[op.carries + i] ? [i] : []));
    this.#outs = op.body.outputs.slice(op.carries).flatMap((_, index) => {
      const cotangent = cotangents[op.carries + index];
      return cotangent === undefined ? [] : [{ index, cotangent }];
    });
    const outs = this.#outs.map(({ index }) => index);
    this.#asked = { op, wantedRows: this.#wantedRows, wantedOuters: this.#wantedOuters, outs, gradient };
    this.#now = this.#afterAll(cotangents);
  }

  pull(): PulledBack {
    const { length } = this.#op;
    const first = this.#origins ? this.#oneByOneAtStart(this.#origins) : 0;
    let t = length;
    if (this.#origins) {
      const least = Math.max(first, length - MOST_AT_END);
      while (t > least && !this.#isSteady()) this.#pullOne(--t);
      if (t - first === 1) this.#pullOne(--t);
    }
    const terms: [ValueId, ValueId][] = [];
    if (t > first) {
      this.#pullLoop(first, t);
      t = first;
      if (first === 0)
        for (const [k, carry] of [...this.#parts.carries.entries()].reverse()) {
          const lambda = this.#now.carries.get(this.#classAt(k, length).key);
          if (lambda !== undefined) terms.push([carry, lambda]);
        }
    }
    while (t > 0) this.#pullOne(--t);
    const sums = new Map<ValueId, ValueId>();
    const others: [ValueId, ValueId][] = [];
    for (const [i, outer] of this.#outers.entries()) {
      const total = this.#now.outers[i];
      if (total === undefined || total === this.#given[i]) continue;
      if (this.#outers.indexOf(outer) === i) sums.set(outer, total);
      else others.push([outer, total]);
    }
    return { sums, terms: [...others, ...this.#rowTerms(), ...terms] };
  }

  /** What carry k is after `t` iterations; where nobody asks for bare wires, a value of its own. */
  #classAt(k: number, t: number): CarryClass {
    const origin = this.#origins?.at(k, t) ?? { index: k, age: 0 };
    return 'outer' in origin
      ? { key: `outer ${origin.outer}`, outer: origin.outer, index: k, age: 0 }
      : { key: `${origin.index} ${origin.age}`, ...origin };
  }

  readonly #classesAt = (t: number): CarryClass[] => this.#parts.carries.map((_, k) => this.#classAt(k, t));

  #afterAll(cotangents: readonly (ValueId | undefined)[]): Cotangents {
    const carries = new Map<string, ValueId>();
    const outers = [...this.#given];
    const sum = (a: ValueId | undefined, b: ValueId) => (a === undefined ? b : this.#ir.add(a, b));
    for (const [k, { key, outer }] of this.#classesAt(this.#op.length).entries()) {
      const cotangent = cotangents[k];
      const i = outer === undefined ? -1 : this.#outers.indexOf(outer);
      if (cotangent === undefined) continue;
      if (i >= 0) outers[i] = sum(outers[i], cotangent);
      else carries.set(key, sum(carries.get(key), cotangent));
    }
    return { carries, outers };
  }

  /**
   * How many of the first iterations are pulled back one by one: none where they read nothing that is read
   * elsewhere, by several readers at least.
   */
  #oneByOneAtStart({ settled }: Origins): number {
    const { carries, constants } = this.#parts;
    if (settled >= this.#op.length) return this.#op.length;
    const steady = this.#classesAt(settled);
    const isApart =
      settled === 1 &&
      steady.every(({ outer }) => outer === undefined) &&
      new Set(steady.map(({ key }) => key)).size === carries.length;
    const isOwn = carries.every((c, k) => carries.indexOf(c) === k && !constants.includes(c));
    const isRead = (k: number) => this.#given[this.#outers.indexOf(carries[k] as ValueId)] !== undefined;
    const hasMany = (k: number) => {
      const input = this.#inputOf(k);
      const readers = this.#op.body.ops.flatMap((op) => {
        const times = argsOf(op).filter((a) => a === input).length;
        // A recurrence within may read it again and again.
        return op.kind === 'scan' ? [times, times] : [times];
      });
      return readers.reduce((a, b) => a + b, 0) > 1;
    };
    return isApart && isOwn && !carries.some((_, k) => isRead(k) && hasMany(k))
      ? 0
      : Math.min(settled, this.#op.length);
  }

  /** The body's input for a carry; −1 where it has none. */
  readonly #inputOf = (k: number): ValueId =>
    this.#op.body.ops.findIndex((o) => o.kind === 'input' && o.name === `carry ${k}`);

  /** The carries that iterations began with, stacked: the scan gives them from now on if it did not. */
  #startOf(k: number): ValueId {
    let start = this.#starts.get(k);
    if (start === undefined) {
      const { ops, outputs } = (this.#ir.op(this.#value) as ScanOp).body;
      const isStart = (o: Op | undefined) => o?.kind === 'input' && o.name === `carry ${k}`;
      const known = outputs.findIndex((o, index) => index >= this.#op.carries && isStart(ops[o.value]));
      // Nobody reads a result that was not there: the operation may be replaced where it stands.
      if (known < 0)
        this.#ir.ops[this.#value] = withOut(this.#ir.op(this.#value) as ScanOp, this.#inputOf(k));
      start = result(this.#ir, this.#value, known < 0 ? outputs.length : known);
      this.#starts.set(k, start);
    }
    return start;
  }

  /** Whether iterations before this one have the same carries to pull back. */
  #isSteady(): boolean {
    const live = new Set(this.#now.carries.keys());
    const before = this.#liveBefore(live);
    return before.size === live.size && [...live].every((key) => before.has(key));
  }

  /**
   * The classes that have a cotangent in some of the iterations before, these included: carries that change places
   * have one in every other iteration.
   */
  #liveInLoop(): ReadonlySet<string> {
    const live = new Set(this.#now.carries.keys());
    for (let size = -1; size < live.size; ) {
      size = live.size;
      for (const key of this.#liveBefore(live)) live.add(key);
    }
    return live;
  }

  /** The classes of carries that have a cotangent before an iteration, by those that have one after it. */
  #liveBefore(live: ReadonlySet<string>): ReadonlySet<string> {
    const { body, length } = this.#op;
    const classes = this.#classesAt(length);
    const isRead = (k: number) => this.#inputOf(k) >= 0;
    if (classes.every(({ key, outer }, k) => isRead(k) && (outer !== undefined || live.has(key))))
      return live;
    const ir = new Builder();
    const like = (value: ValueId) => ir.input('like', (body.ops[value] as Op).shape, 'feed');
    const row = (value: ValueId) => ir.input('like', this.#ir.shape(value).slice(1), 'feed');
    const outers = this.#outers.map((v) => ir.input('like', this.#ir.shape(v), 'feed'));
    const own = new Map<string, ValueId>();
    const carries = classes.map(({ key, outer }, k) => {
      if (outer !== undefined) return outers[this.#outers.indexOf(outer)] as ValueId;
      if (isRead(k) && !own.has(key)) own.set(key, like(this.#inputOf(k)));
      return own.get(key) ?? -1;
    });
    const given = new Map(
      classes.flatMap(({ key, index }) =>
        live.has(key) ? [[key, like((body.outputs[index] as { value: ValueId }).value)] as const] : [],
      ),
    );
    const at = {
      carries,
      rows: this.#parts.rows.map(row),
      outers,
      outs: this.#outs.map(({ cotangent }) => row(cotangent)),
      before: classes,
      after: classes,
    };
    const none = this.#outers.map(() => undefined);
    return new Set(pullBackIteration(ir, this.#asked, at, { carries: given, outers: none }).carries.keys());
  }

  /** Iteration t, in the program itself. */
  #pullOne(t: number): void {
    const ir = this.#ir;
    const [before, after] = [this.#classesAt(t), this.#classesAt(t + 1)];
    const isConstant = (i: number) => i < this.#parts.constants.length;
    const outers = this.#outers.map((v, i) =>
      isConstant(i) || before.some(({ outer }) => outer === v) ? ir.copy(v) : -1,
    );
    const own = new Map<string, ValueId>();
    const carries = before.map(({ key, outer }, k) => {
      if (outer !== undefined) return outers[this.#outers.indexOf(outer)] as ValueId;
      if (this.#inputOf(k) >= 0 && !own.has(key)) own.set(key, rowAt(ir, this.#startOf(k), t));
      return own.get(key) ?? -1;
    });
    const rows = this.#parts.rows.map((r) => rowAt(ir, r, t));
    const outs = this.#outs.map(({ cotangent }) => rowAt(ir, cotangent, t));
    const step = pullBackIteration(
      ir,
      this.#asked,
      { carries, rows, outers, outs, before, after },
      this.#now,
    );
    this.#now = step;
    const stacked = step.rows.map((g) => (g === undefined ? g : ir.reshape(g, [1, ...ir.shape(g)])));
    this.#pieces.unshift({ count: 1, rows: stacked });
  }

  /** Iterations from `first` to before `end`, as a recurrence. */
  #pullLoop(first: number, end: number): void {
    const ir = this.#ir;
    const { carries, rows, constants } = this.#parts;
    const classes = this.#classesAt(this.#op.length);
    const isAll = first === 0 && end === this.#op.length;
    const within = (stack: ValueId) => (isAll ? stack : ir.part(stack, 0, first, end - first));
    const isFirst = (k: number) => classes.findIndex(({ key }) => key === classes[k]?.key) === k;
    const own = carries.flatMap((_, k) =>
      isFirst(k) && classes[k]?.outer === undefined && this.#inputOf(k) >= 0 ? [k] : [],
    );
    const inLoop = this.#origins && this.#liveInLoop();
    const live = carries.flatMap((_, k) => {
      const { key = '', outer } = classes[k] ?? {};
      return isFirst(k) && outer === undefined && (!inLoop || inLoop.has(key)) ? [k] : [];
    });
    const used = this.#outers.flatMap((v, i) =>
      i < constants.length || classes.some(({ outer }) => outer === v) ? [i] : [],
    );
    const summed = used.filter((i) => this.#wantedOuters[i]);
    const zero = (k: number) => ir.full(ir.shape(carries[k] as ValueId), 0);
    const lambdas = live.map((k) => this.#now.carries.get(classes[k]?.key ?? '') ?? zero(k));
    // To add a number to −0 leaves it as it is, −0 included.
    const sums = summed.map((i) => this.#now.outers[i] ?? ir.full(ir.shape(this.#outers[i] as ValueId), -0));
    /** Which of the wanted gradients are not 0 throughout; found out while the body is written. */
    let [liveRows, liveSums]: [number[], number[]] = [[], []];
    const back = plainScan(ir, {
      length: end - first,
      reverse: !this.#op.reverse,
      carries: [...lambdas, ...sums],
      rows: [
        ...this.#outs.map(({ cotangent }) => within(cotangent)),
        ...own.map((k) => within(this.#startOf(k))),
        ...rows.map(within),
      ],
      constants: used.map((i) => this.#outers[i] as ValueId),
      body: (inner, state, given, fixed) => {
        const running = state.slice(live.length);
        const split = this.#outs.length + own.length;
        const outers = this.#outers.map((_, i) => fixed[used.indexOf(i)] ?? -1);
        const leaves = carries.map((_, k) => {
          const { key, outer } = classes[k] as CarryClass;
          if (outer !== undefined) return outers[this.#outers.indexOf(outer)] as ValueId;
          const at = own.findIndex((o) => classes[o]?.key === key);
          return given[this.#outs.length + at] ?? -1;
        });
        const totals = this.#outers.map((_, i) => running[summed.indexOf(i)]);
        const at = {
          carries: leaves,
          rows: given.slice(split),
          outers,
          outs: given.slice(0, this.#outs.length),
          before: classes,
          after: classes,
        };
        const lambda = new Map(live.map((k, j) => [classes[k]?.key ?? '', state[j] as ValueId]));
        const step = pullBackIteration(inner, this.#asked, at, { carries: lambda, outers: totals });
        const added = summed.map((i) => step.outers[i] as ValueId);
        liveRows = step.rows.flatMap((g, j) => (g === undefined ? [] : [j]));
        liveSums = added.flatMap((sum, j) => (sum === running[j] ? [] : [j]));
        const next = live.map((k) => {
          const g = step.carries.get(classes[k]?.key ?? '');
          return g ?? inner.full(ir.shape(carries[k] as ValueId), 0);
        });
        return { carries: [...next, ...added], outs: liveRows.map((j) => step.rows[j] as ValueId) };
      },
    });
    const totals = [...this.#now.outers];
    for (const j of liveSums) totals[summed[j] as number] = back.last[live.length + j];
    const found = new Map(live.map((k, j) => [classes[k]?.key ?? '', back.last[j] as ValueId]));
    this.#now = { carries: found, outers: totals };
    const pieces = this.#wantedRows.map((_, j) => back.outs[liveRows.indexOf(j)]);
    this.#pieces.unshift({ count: end - first, rows: pieces });
  }

  /** Gradients by rows, put together of those of the iterations. */
  #rowTerms(): [ValueId, ValueId][] {
    const ir = this.#ir;
    return this.#wantedRows.flatMap((row, j): [ValueId, ValueId][] => {
      const stack = this.#parts.rows[row] as ValueId;
      if (this.#pieces.every(({ rows }) => rows[j] === undefined)) return [];
      const pieces = this.#pieces.map(
        ({ count, rows }) => rows[j] ?? ir.full([count, ...ir.shape(stack).slice(1)], 0),
      );
      return [[stack, pieces.length === 1 ? (pieces[0] as ValueId) : ir.concat(pieces, 0)]];
    });
  }
}
