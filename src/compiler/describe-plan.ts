/** A plan in figures and in words: what `tensorloom plan` prints and the Plan panel shows. */
import { fill, type Locale, type Text, text } from '../base/text.ts';
import { arg, type Expr, printExpr, sameExpr } from '../ir/expr.ts';
import {
  bytesOf,
  type GemmStep,
  type LoopStep,
  type NestStep,
  type Plan,
  productAt,
  type Step,
  visitSteps,
  writesOf,
} from '../ir/plan.ts';
import { elements, type Program } from '../ir/program.ts';

export interface PlanSummary {
  /** Multiply-adds and element operations of one step of the program. */
  readonly flops: number;
  /** The same if every contraction were one loop over all its indices. */
  readonly naiveFlops: number;
  readonly peakBytes: number;
  /** Elements of the largest tensor a step makes. */
  readonly largestIntermediate: number;
  /** In order; what stands in a loop follows the loop, and counts what all iterations do. */
  readonly steps: readonly StepSummary[];
}

export interface StepSummary {
  readonly text: Text;
  readonly flops: number;
  readonly bytes: number;
  /** How many loops it stands in; absent in none. */
  readonly depth?: number;
  readonly source?: string;
}

export function describePlan(plan: Plan, program: Program): PlanSummary {
  const steps: StepSummary[] = [];
  visitSteps(plan.steps, (step, loops) => {
    steps.push({
      text: { en: describeStep(step, plan), zh: describeStep(step, plan, 'zh') },
      flops: step.flops * timesOf(loops),
      bytes: Math.max(...writesOf(step).map((buffer) => plan.buffers[buffer]?.bytes ?? 0)),
      ...(loops.length > 0 && { depth: loops.length }),
      ...(step.source !== undefined && { source: step.source }),
    });
  });
  const flops = plan.steps.reduce((sum, s) => sum + s.flops, 0);
  return {
    flops,
    naiveFlops: naiveFlops(plan, program),
    peakBytes: plan.bytes,
    largestIntermediate: Math.max(0, ...steps.map((s) => s.bytes / bytesOf[plan.dtype])),
    steps,
  };
}

/** Each contraction as one loop over all its indices; what is not a contraction costs the same either way. */
function naiveFlops(plan: Plan, program: Program): number {
  let naive = 0;
  visitSteps(plan.steps, (step, loops) => {
    if (step.kind === 'loop') return;
    for (const part of step.kind === 'fused' ? step.nests : [step])
      if (!isProduct(part)) naive += part.flops * timesOf(loops);
  });
  const count = ({ ops }: Program, times: number): void => {
    for (const op of ops) {
      if (op.kind === 'scan') count(op.body, times * op.length);
      if (op.kind !== 'contract' || op.args.length < 2) continue;
      const labels = new Set([...op.inputs.flat(), ...op.output]);
      naive += [...labels].reduce((n, label) => n * (op.sizes[label] as number), times);
    }
  };
  count(program, 1);
  return naive;
}

/** How often a step is run in the loops around it. */
const timesOf = (loops: readonly LoopStep[]): number => loops.reduce((times, { count }) => times * count, 1);

const productOfTwo: Expr = { op: 'mul', a: arg(0), b: arg(1) };

/** Whether a step multiplies two tensors for a contraction. */
const isProduct = (step: Step): boolean =>
  step.kind === 'gemm' ||
  (step.kind === 'nest' &&
    step.operands.length === 2 &&
    step.results.every(({ expr }) => sameExpr(expr, productOfTwo)));

const words = {
  sum: text('sum over {dims} of {value}', '沿 {dims} 求和 {value}'),
  max: text('max over {dims} of {value}', '沿 {dims} 取最大 {value}'),
  min: text('min over {dims} of {value}', '沿 {dims} 取最小 {value}'),
  argmax: text('argmax over {dims} of {value}', '沿 {dims} 取最大值的位置 {value}'),
  each: text('for each of {dims}: {steps}', '对 {dims} 中的每一个：{steps}'),
  times: text('{count} times', '重复 {count} 次'),
  barrier: text('barrier', '等待各线程'),
  random: text('{out} = random, stream {stream}', '{out} = 随机数，第 {stream} 流'),
  gather: text('{out} = {data} at {indices}', '{out} = {data} 按 {indices} 取'),
  scatterAdd: text('{out} += {updates} at {indices}', '{out} 按 {indices} 处 += {updates}'),
  likewise: text('{step}; likewise {others}', '{step}；同样得 {others}'),
} as const;

export function describeStep(step: Step, plan: Plan, locale: Locale = 'en'): string {
  const name = (buffer: number) => `b${buffer}[${plan.buffers[buffer]?.shape.join(' ')}]`;
  switch (step.kind) {
    case 'gemm':
      return describeProduct(step, name);
    case 'nest':
      return describeNest(step, name, locale);
    case 'fused': {
      if (step.outer.length === 0)
        return describeAlike(
          step.nests.filter((nest) => nest.kind === 'nest'),
          name,
          locale,
        );
      const parts = step.nests.map((nest) =>
        nest.kind === 'gemm'
          ? describeProduct(
              productAt(
                nest,
                step.outer.map(() => 0),
              ),
              name,
            )
          : describeNest(nest, name, locale),
      );
      return fill(words.each, { dims: step.outer.join('×'), steps: parts.join('; ') })[locale];
    }
    case 'loop':
      return fill(words.times, { count: step.count })[locale];
    case 'barrier':
      return words.barrier[locale];
    case 'fill':
      return `${name(step.out.buffer)} = ${step.value}`;
    case 'random':
      return fill(words.random, { out: name(step.out.buffer), stream: step.stream })[locale];
    case 'gather':
      return fill(words.gather, {
        out: name(step.out.buffer),
        data: name(step.data.buffer),
        indices: name(step.indices.buffer),
      })[locale];
    case 'scatterAdd':
      return fill(words.scatterAdd, {
        out: name(step.out.buffer),
        updates: name(step.updates.buffer),
        indices: name(step.indices.buffer),
      })[locale];
  }
}

function describeProduct({ batch, m, n, k, a, b, c }: GemmStep, name: (buffer: number) => string): string {
  const batches = batch.length > 0 ? `${batch.join('×')} × ` : '';
  const [rows, columns, terms] = [m, n, k].map(elements);
  return `${name(c.buffer)} = ${batches}matmul(${rows}×${terms} ${name(a.buffer)}, ${terms}×${columns} ${name(b.buffer)})`;
}

/** What one result has computed is not written out again in the next: b3′ is b3 as this step leaves it. */
function describeNest(
  { operands, results, dims, reduced }: NestStep,
  name: (buffer: number) => string,
  locale: Locale,
): string {
  const made: { readonly text: string; readonly name: string }[] = [];
  const all = results.map(({ out, expr, reduce, scale }) => {
    const written = printExpr(expr, (i) => name(operands[i]?.buffer ?? -1));
    const value = made.reduceRight((text, known) => text.replaceAll(known.text, known.name), written);
    if (reduce === 'none' && scale === 1 && expr.op !== 'arg' && expr.op !== 'const')
      made.push({ text: written, name: `${name(out.buffer)}′` });
    const whole = value + (scale === 1 ? '' : ` * ${scale}`);
    const over = { dims: dims.slice(-reduced).join('×'), value: whole };
    return `${name(out.buffer)} = ${reduce === 'none' ? whole : fill(words[reduce], over)[locale]}`;
  });
  return all.join(', ');
}

/** Independent nests: what the first of each kind computes, and which tensors the others make in the same way. */
function describeAlike(nests: readonly NestStep[], name: (buffer: number) => string, locale: Locale): string {
  const kinds = new Map<string, NestStep[]>();
  for (const nest of nests) {
    const kind = nest.results.map(({ expr, scale }) => `${printExpr(expr)} * ${scale}`).join();
    kinds.set(kind, [...(kinds.get(kind) ?? []), nest]);
  }
  const texts = [...kinds.values()].map(([first, ...others]) => {
    const step = describeNest(first as NestStep, name, locale);
    const like = others.map((nest) => nest.results.map((r) => name(r.out.buffer)).join(', '));
    return like.length > 0 ? fill(words.likewise, { step, others: like.join('; ') })[locale] : step;
  });
  return texts.join('; ');
}
