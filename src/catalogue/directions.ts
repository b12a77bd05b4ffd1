/**
 * Optimizers that search along lines: in each step so many iterations, each of which chooses a direction and looks for
 * a point along it. One loop of a fixed number of evaluations goes through all of them; what is left over when they are
 * done changes nothing.
 */
import type { Builder } from '../ir/builder.ts';
import type { ValueId } from '../ir/program.ts';
import { scan } from '../ir/scan.ts';
import { evaluate, type TensorFunction } from '../ir/tensor-function.ts';
import type { LowerContext } from './define.ts';
import { type DirectionParams, evaluationsOf } from './direction-params.ts';
import { type FollowedObjective, followedObjective } from './followed-objective.ts';
import { beginSearch, bestOf, type LineSearch, scalarsOf, searchOn, usualSearch } from './line-search.ts';
import { learningRate } from './optimizer.ts';
import { keepAverage } from './weight-averages.ts';

/** Evaluations that the last line search may take beyond that. */
const slack = 5;

/** What is known when a direction is chosen; vectors [n] and scalars. */
export interface DirectionContext {
  readonly gradient: ValueId;
  /** Of the iteration before: where it began, along which direction and how far it went, and the slope there. */
  readonly before: {
    readonly gradient: ValueId;
    readonly direction: ValueId;
    readonly t: ValueId;
    readonly slope: ValueId;
  };
  readonly rate: ValueId;
  /** Truth in the first iteration of all. */
  readonly isFirst: ValueId;
}

/** How directions are chosen. */
export interface DirectionRule {
  /** Shapes of what is kept beside the direction itself, for n parameters. */
  memory(n: number): Readonly<Record<string, readonly number[]>>;
  /** The next direction, the first step along it, and what is kept. */
  choose(
    ir: Builder,
    context: DirectionContext,
    memory: Readonly<Record<string, ValueId>>,
  ): { readonly direction: ValueId; readonly t: ValueId; readonly memory: Readonly<Record<string, ValueId>> };
  /** How much flatter the slope must become along a line. */
  readonly flatter: number;
}

/** min(1, 1 / Σ|g|) η: the first step along the first direction. */
export function firstStep(ir: Builder, gradient: ValueId, rate: ValueId): ValueId {
  const s = scalarsOf(ir);
  const sum = ir.sum(ir.apply('abs', gradient));
  const inverse = ir.apply('recip', sum);
  return s.mul(s.choose(s.lt(inverse, s.number(1)), inverse, s.number(1)), rate);
}

/** Where a step stands: what its loop carries. `count` is of all iterations, `done` of this step's, `used` its evaluations. */
interface Standing {
  readonly x: ValueId;
  readonly direction: ValueId;
  readonly begun: ValueId;
  readonly count: ValueId;
  readonly done: ValueId;
  readonly used: ValueId;
  readonly search: LineSearch;
  readonly memory: Readonly<Record<string, ValueId>>;
}

type Names = readonly string[];

/** A standing as a list of values and back, for a loop. */
const listed = (
  { x, direction, begun, count, done, used, search, memory }: Standing,
  names: Names,
): ValueId[] => {
  const { t, phase, tries, f0, slope0, size, ends, low, stuck } = search;
  const points = ends.flatMap((p) => [p.t, p.f, p.g, p.slope]);
  const own = [x, direction, begun, count, done, used, t, phase, tries, f0, slope0, size, low, stuck];
  return [...own, ...points, ...names.map((name) => memory[name] as ValueId)];
};

function unlisted(values: readonly ValueId[], names: Names): Standing {
  const at = (i: number) => values[i] as ValueId;
  const point = (i: number) => ({ t: at(i), f: at(i + 1), g: at(i + 2), slope: at(i + 3) });
  return {
    ...{ x: at(0), direction: at(1), begun: at(2), count: at(3), done: at(4), used: at(5) },
    search: {
      ...{ t: at(6), phase: at(7), tries: at(8), f0: at(9), slope0: at(10), size: at(11) },
      ...{ low: at(12), stuck: at(13), ends: [point(14), point(18)] },
    },
    memory: Object.fromEntries(names.map((name, i) => [name, at(22 + i)])),
  };
}

/** Updates all parameters above the loss by a rule of directions, and makes the loss known. */
export function followDirections(context: LowerContext<DirectionParams>, rule: DirectionRule): void {
  const { params, inputs, ir, trainable, objective, metric, update, state } = context;
  const parameters = trainable(inputs.loss as ValueId);
  const { loss, gradients } = objective()(parameters);
  metric('loss', loss);
  if (parameters.length === 0) return;
  const f = context.function('loss', []);
  const followed = followedObjective(context, parameters);
  const { n, parts } = followed;
  const shapes = rule.memory(n);
  const names = Object.keys(shapes);
  const kept = {
    direction: state('direction', [n]),
    gradient: state('gradient', [n]),
    t: state('step', []),
    slope: state('slope', []),
    count: state('iterations', []),
  };
  const memory = Object.fromEntries(names.map((name) => [name, state(name, shapes[name] as number[])]));
  const rate = learningRate(context);
  const s = scalarsOf(ir);
  const { loss: total, gradient } = followed.of(ir, { loss, gradients }, parameters);
  const before: Standing = {
    ...{
      x: followed.flat(ir, parameters),
      direction: kept.direction,
      begun: kept.gradient,
      count: kept.count,
      memory,
    },
    ...{ done: s.number(0), used: s.number(1) },
    search: {
      ...beginSearch(ir, { f: total, g: gradient, slope: kept.slope, t: kept.t, direction: kept.direction }),
      phase: s.number(0),
    },
  };
  const isSteep = s.lt(s.number(params.toleranceGradient), s.largest(gradient));
  const started = begin(ir, rule, params, before, { loss: total, gradient, rate, when: isSteep });
  const loop = { rule, params, names, f, followed };
  const last = iterate(ir, loop, started, rate);
  const isOpen = s.not(s.equals(0)(last.search.phase));
  const best = params.lineSearch ? bestSoFar(ir, last.search) : last.search.t;
  const t = s.choose(isOpen, best, last.search.t);
  const x = s.choose(isOpen, followed.moved(ir, last.x, t, last.direction), last.x);
  for (const [i, part] of parts(ir, x).entries()) {
    const parameter = parameters[i] as ValueId;
    update(parameter, part);
    keepAverage(context, params, parameter, part);
  }
  update(kept.direction, last.direction);
  update(kept.gradient, last.begun);
  update(kept.t, t);
  update(kept.slope, last.search.slope0);
  update(kept.count, last.count);
  for (const name of names) update(memory[name] as ValueId, last.memory[name] as ValueId);
}

/** How far a search that was cut off goes: to the best point so far. */
function bestSoFar(ir: Builder, search: LineSearch): ValueId {
  const s = scalarsOf(ir);
  return s.choose(s.equals(2)(search.phase), bestOf(ir, search).t, search.ends[0].t);
}

/** Chooses a direction and begins to search along it, where the condition holds; else all stays as it is. */
function begin(
  ir: Builder,
  rule: DirectionRule,
  { toleranceChange }: DirectionParams,
  before: Standing,
  { loss, gradient, rate, when }: Record<'loss' | 'gradient' | 'rate' | 'when', ValueId>,
): Standing {
  const s = scalarsOf(ir);
  const isFirst = s.equals(0)(before.count);
  const known: DirectionContext = {
    ...{ gradient, rate, isFirst },
    before: {
      ...{ gradient: before.begun, direction: before.direction },
      ...{ t: before.search.t, slope: before.search.slope0 },
    },
  };
  const { direction, t, memory } = rule.choose(ir, known, before.memory);
  const slope = s.dot(gradient, direction);
  const descends = s.le(slope, s.number(-toleranceChange));
  const search = beginSearch(ir, { f: loss, g: gradient, slope, t, direction });
  const own: LineSearch = { ...search, phase: descends };
  const next: Standing = {
    ...{ x: before.x, direction, begun: gradient, memory, used: before.used, search: own },
    ...{ count: s.add(before.count, s.number(1)), done: s.add(before.done, s.number(1)) },
  };
  const names = Object.keys(memory);
  const [yes, no] = [listed(next, names), listed(before, names)];
  return unlisted(
    yes.map((value, i) => (value === no[i] ? value : s.choose(when, value, no[i] as ValueId))),
    names,
  );
}

interface Loop {
  readonly rule: DirectionRule;
  readonly params: DirectionParams;
  readonly names: Names;
  readonly f: TensorFunction;
  readonly followed: FollowedObjective;
}

/** All evaluations of a step, but the first. */
function iterate(ir: Builder, loop: Loop, from: Standing, rate: ValueId): Standing {
  const { params, names, f, followed } = loop;
  // Without a search the last move of a step is not evaluated.
  const length = params.lineSearch ? evaluationsOf(params) + slack : params.iterations - 1;
  if (length < 1) return from;
  const { last } = scan(ir, {
    length,
    carries: listed(from, names),
    constants: [rate, ...f.captured],
    body(inner, carried, _, [eta = 0, ...captured]) {
      const standing = unlisted(carried, names);
      const s = scalarsOf(inner);
      const t = standing.search.t;
      const at = followed.parts(inner, followed.moved(inner, standing.x, t, standing.direction));
      const { loss, gradient: g } = followed.of(inner, evaluate(inner, f, at, captured), at);
      const found = { t, f: loss, g, slope: s.dot(g, standing.direction) };
      const next = evaluated(inner, loop, standing, found, eta);
      const isActive = s.not(s.equals(0)(standing.search.phase));
      const [yes, no] = [listed(next, names), listed(standing, names)];
      return {
        carries: yes.map((value, i) =>
          value === no[i] ? value : s.choose(isActive, value, no[i] as ValueId),
        ),
      };
    },
  });
  return unlisted(last, names);
}

/** What one evaluation makes of a step that is not over. */
function evaluated(
  ir: Builder,
  { rule, params, names, followed }: Loop,
  standing: Standing,
  found: LineSearch['ends'][0],
  rate: ValueId,
): Standing {
  const s = scalarsOf(ir);
  const used = s.add(standing.used, s.number(1));
  const options = { ...usualSearch, c2: rule.flatter };
  const { search, isOver } = params.lineSearch
    ? searchOn(ir, standing.search, found, options)
    : { search: standing.search, isOver: s.number(1) };
  const best = params.lineSearch ? bestOf(ir, search) : found;
  const x = followed.moved(ir, standing.x, best.t, standing.direction);
  const stops = [
    s.le(s.number(params.iterations), standing.done),
    s.le(s.number(evaluationsOf(params)), used),
    s.le(s.largest(best.g), s.number(params.toleranceGradient)),
    s.le(s.mul(s.abs(best.t), s.largest(standing.direction)), s.number(params.toleranceChange)),
    s.lt(s.abs(s.sub(best.f, standing.search.f0)), s.number(params.toleranceChange)),
  ].reduce((a, b) => s.or(a, b));
  const arrived: Standing = {
    ...standing,
    ...{ x, used, search: { ...search, t: best.t, phase: s.number(0) } },
  };
  const { f: loss, g: gradient } = best;
  const onwards = begin(ir, rule, params, arrived, { loss, gradient, rate, when: s.not(stops) });
  const [over, searching] = [listed(onwards, names), listed({ ...standing, used, search }, names)];
  return unlisted(
    over.map((value, i) =>
      value === searching[i] ? value : s.choose(isOver, value, searching[i] as ValueId),
    ),
    names,
  );
}
