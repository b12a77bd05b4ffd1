/**
 * Finds what first made a number that is not finite. Checking every step would slow every run; instead
 * a run that has gone wrong is repeated from its last good state, one checked operation at a time.
 */
import { type Diagnostic, diagnose } from '../base/diagnostic.ts';
import { type PathText, readPath, readPortKey, showPath } from '../base/path.ts';
import { type Text, text } from '../base/text.ts';
import { derivativeMark, type ProgramKind } from '../compiler/types.ts';
import { outputOfChoice } from '../compiler/unfused.ts';
import type { LoopStep, Plan, Step } from '../ir/plan.ts';
import type { BadSource } from '../numeric/engine.ts';
import type { State } from './initialise.ts';
import { type Session, writeState } from './session.ts';
import type { Sessions } from './sessions.ts';
import { shapeOfOutput } from './value-reader.ts';
import { wrongChoice } from './wrong-choices.ts';

export interface Culprit {
  /** Steps done before the one that failed. */
  readonly step: number;
  readonly diagnostic: Diagnostic;
}

/** What was going on, and whether steps of training have moved the state. */
interface Occasion {
  readonly when: (step: number) => Text;
  readonly hasLearned: (step: number) => boolean;
}

const inTraining: Occasion = {
  when: (step) => text(`The run stopped at step ${step}`, `运行在第 ${step} 步停止`),
  hasLearned: (step) => step > 0,
};

const occasions: Readonly<Record<ProgramKind, Occasion>> = {
  train: inTraining,
  gradients: inTraining,
  evaluate: {
    when: (step) => text(`The evaluation after step ${step} stopped`, `第 ${step} 步之后的评估停止`),
    hasLearned: (step) => step > 0,
  },
  forward: { when: () => text('In what is computed', '计算结果中'), hasLearned: () => false },
  checks: { when: () => text('In what is checked', '检验之中'), hasLearned: () => false },
};

/** What is looked at: one of the sessions that a run has opened, and some of its outputs, or all that it gives. */
export interface Suspect {
  readonly sessions: Pick<Sessions, 'openUnfused'>;
  readonly session: Session;
  readonly outputs?: readonly string[];
}

/** Steps `from` … `to` inclusive are repeated, starting at `state`. */
export async function findCulprit(
  suspect: Suspect,
  state: State,
  from: number,
  to: number,
): Promise<Culprit> {
  const { sessions, session } = suspect;
  const occasion = occasions[session.program.kind];
  const unfused = await sessions.openUnfused(session);
  // Rounding may differ by what is fused: what is not found without is looked for with.
  for (const examined of unfused ? [unfused, session] : [session]) {
    writeState(examined, state);
    for (let step = from; step <= to; step++) {
      const bad = await examined.advanceChecked(step, suspect.outputs);
      if (bad) return { step, diagnostic: await describe(examined, bad, step, occasion) };
    }
  }
  return { step: to, diagnostic: notFinite(to, occasion, { what: '?', value: Number.NaN }) };
}

async function describe(
  session: Session,
  bad: BadSource,
  step: number,
  occasion: Occasion,
): Promise<Diagnostic> {
  const { program } = session;
  const { value } = bad;
  if ('input' in bad) {
    const { node } = readPortKey(bad.input);
    return notFinite(step, occasion, { node, what: bad.input, value, cause: 'input' });
  }
  const node = originOf(program.plan, bad);
  if (node === undefined) return notFinite(step, occasion, { what: '?', value });
  const isDerivative = stepOf(program.plan, bad)?.source?.startsWith(derivativeMark) ?? false;
  if (!isDerivative) {
    const wrong = await describeChoice(session, node, step, occasion);
    if (wrong) return wrong;
  }
  const what = isDerivative ? text(`the derivative of ${node}`, `${node} 的导数`) : node;
  const why = program.whyNotFinite(node);
  const cause = isDerivative ? { cause: 'derivative' as const } : why && { why };
  return notFinite(step, occasion, { node, what, value, ...cause });
}

/** Where a number that chooses nothing made the value NaN: which one, and what it is. */
async function describeChoice(
  { program, executable }: Session,
  node: PathText,
  step: number,
  occasion: Occasion,
): Promise<Diagnostic | undefined> {
  for (const choice of program.choices) {
    const output = outputOfChoice(choice);
    if (choice.node !== node || program.plan.outputs[output] === undefined) continue;
    const numbers = await executable.read(output);
    const at = wrongChoice(choice, numbers);
    if (at < 0) continue;
    const element = placeOf(at, shapeOfOutput(program, output));
    const when = occasion.when(step);
    const where = text(`${when.en}: element ${element}`, `${when.zh}：元素 ${element}`);
    const values = { where, value: String(numbers[at]), what: choice.port, greatest: choice.count - 1 };
    return diagnose('index-out-of-range', { node, port: choice.port }, values);
  }
  return undefined;
}

/** `[2, 0]`, counted from 0. */
function placeOf(at: number, shape: readonly number[]): string {
  const place = shape.map((size, d) => {
    const inner = shape.slice(d + 1).reduce((n, s) => n * s, 1);
    return Math.floor(at / inner) % size;
  });
  return `[${place.join(', ')}]`;
}

type StepSource = Pick<Extract<BadSource, { path: unknown }>, 'path' | 'iterations'>;

/** The node whose value, or whose derivative, a step computes a part of. */
const sourceOf = (step: Step | undefined): PathText | undefined =>
  step?.source?.startsWith(derivativeMark) ? step.source.slice(derivativeMark.length) : step?.source;

function stepOf(plan: Plan, { path }: StepSource): Step | undefined {
  let steps: readonly Step[] = plan.steps;
  let step: Step | undefined;
  for (const i of path) {
    step = steps[i];
    steps = step?.kind === 'loop' ? step.steps : [];
  }
  return step;
}

/**
 * Where a step comes from: the node that it was lowered from. In a loop over the repeats of a block, `encoder`,
 * that is the node of the repeat that the iteration computed: not encoder/0/attention, but encoder/3/attention.
 */
export function originOf(plan: Plan, { path, iterations }: StepSource): PathText | undefined {
  let steps = plan.steps;
  const loops: LoopStep[] = [];
  let step: Step | undefined;
  for (const i of path) {
    step = steps[i];
    if (step?.kind !== 'loop') break;
    loops.push(step);
    steps = step.steps;
  }
  const from = sourceOf(step);
  if (from === undefined) return undefined;
  const own = readPath(from);
  let ids = own;
  for (const [d, loop] of loops.entries()) {
    const source = sourceOf(loop);
    // Loops over segments of one recurrence follow each other.
    if (source === undefined || iterations[d] === undefined || sourceOf(loops[d + 1]) === source) continue;
    const block = readPath(source);
    const isRepeat = own[block.length] === '0' && block.every((id, i) => id === own[i]);
    if (!isRepeat) continue;
    let row = 0;
    for (const [e, around] of loops.entries()) {
      if (sourceOf(around) !== source) continue;
      const t = iterations[e] ?? 0;
      row = row * around.count + (around.reverse ? around.count - 1 - t : t);
    }
    ids = ids.with(block.length, String(row));
  }
  return showPath(ids);
}

interface Finding {
  readonly node?: PathText;
  readonly what: string | Text;
  readonly value: number;
  readonly cause?: 'input' | 'derivative';
  /** What its type says of it. */
  readonly why?: Text;
}

const nameOfValue = (value: number): string => (Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞');

function notFinite(
  step: number,
  { when, hasLearned }: Occasion,
  { node, what, value, cause, why }: Finding,
): Diagnostic {
  const advice = why ?? adviceFor(cause, hasLearned(step));
  const values = { when: when(step), what, value: nameOfValue(value), advice };
  return diagnose('not-finite', node === undefined ? {} : { node }, values);
}

function adviceFor(cause: Finding['cause'], hasLearned: boolean): Text {
  if (cause === 'input')
    return text('it is given from outside, or stands there as it is', '它由外部给定，或原本就是如此');
  if (cause === 'derivative')
    return text(
      'keep them away from where its slope is infinite, as that of √x and log x is at 0, by adding a small number',
      '加上一个小的数，使它们远离斜率为无穷之处（如 √x 与 log x 的 0 处）',
    );
  if (hasLearned)
    return text('lower the learning rate if they grow from step to step', '若逐步增大，请降低学习率');
  return text(
    'logarithms of 0, roots of negative numbers and quotients by 0 are no numbers',
    '0 的对数、负数的平方根、除以 0 都不是数',
  );
}
