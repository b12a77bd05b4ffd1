/**
 * One contraction as a whole program: an einsum expression and the shapes of its operands are checked
 * against each other and planned. What `tensorloom einsum` runs, without a graph around it.
 */

import { type Diagnostic, diagnose, type Outcome } from '../../base/diagnostic.ts';
import { text as say, type Text } from '../../base/text.ts';
import { type EffortLimits, findPath, type Network, type SsaPath } from '../../contraction/index.ts';
import { Builder } from '../../ir/builder.ts';
import { optimise } from '../../ir/passes/index.ts';
import { bytesOf, type Dtype, type Plan } from '../../ir/plan.ts';
import type { Program, Shape, ValueId } from '../../ir/program.ts';
import { processor } from '../../ir/target.ts';
import { type Einsum, excerpt, expandEllipsis, implicitOutput, parseEinsum } from '../../tensor/einsum.ts';
import { planProgram } from '../plan/index.ts';
import { slicesOf } from './slice-operands.ts';

export interface EinsumOperand {
  /** For messages. */
  readonly name: string;
  readonly shape: Shape;
}

/** The most operands of one expression. */
const maxOperands = 5000;

/** Names of the plan's inputs, by position, and of its one output. */
export const operandName = (k: number): string => `operand ${k}`;
export const resultName = 'result';

/** An expression as it was written, and as it was read. */
export interface EinsumExpression {
  readonly text: string;
  readonly einsum: Einsum;
}

/** Reads the expression for so many operands, whose shapes need not be known yet. */
export function readExpression(text: string, operands: number): Outcome<EinsumExpression> {
  const parsed = parseEinsum(text);
  if ('error' in parsed) return refused(text, parsed.error);
  const count = parsed.einsum.inputs.length;
  if (Math.max(count, operands) > maxOperands)
    return refused(
      text,
      say(
        `${Math.max(count, operands)} operands are more than ${maxOperands}`,
        `${Math.max(count, operands)} 个操作数超过上限 ${maxOperands}`,
      ),
    );
  if (count !== operands)
    return refused(
      text,
      say(
        `it names ${plural(count, 'operand')}, ${plural(operands, 'array')} given`,
        `它写了 ${count} 个操作数，实际给出 ${operands} 个数组`,
      ),
    );
  return { value: { text, einsum: parsed.einsum }, diagnostics: [] };
}

/**
 * The network that an expression means for operands of these shapes. As in NumPy, an axis of size 1 fits any
 * size of its index on another operand; such axes are left out, so that operand k holds the same numbers in
 * the shape of its labels. Two axes of one operand under one index are of one size. A size may be 0.
 */
export function networkOf(
  { text, einsum }: EinsumExpression,
  operands: readonly EinsumOperand[],
): Outcome<Network> {
  const expanded = expandEllipsis(
    einsum,
    operands.map(({ shape }) => shape.length),
  );
  if ('error' in expanded) return refused(text, expanded.error);
  return numbered(expanded.einsum.inputs, expanded.einsum.output, operands);
}

function refused(text: string, detail: Text): { readonly diagnostics: readonly Diagnostic[] } {
  return { diagnostics: [diagnose('bad-expression', {}, { expression: excerpt(text), detail })] };
}

const plural = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** Labels become numbers, each with one size. */
function numbered(
  inputs: readonly (readonly string[])[],
  output: readonly string[] | undefined,
  operands: readonly EinsumOperand[],
): Outcome<Network> {
  const numbers = new Map<string, number>();
  const sizes: number[] = [];
  /** The operand that a label has its size from. */
  const origins: string[] = [];
  /** The first fault of each label. */
  const faults = new Map<string, Diagnostic>();
  const fault = (label: string, found: Diagnostic) => {
    if (!faults.has(label)) faults.set(label, found);
  };
  const conflict = (label: string, left: number, leftOrigin: string, right: number, rightOrigin: string) => {
    const sides = { leftAxis: label, left, leftOrigin, rightAxis: label, right, rightOrigin };
    fault(label, diagnose('size-conflict', { axis: label }, sides));
  };
  for (const [k, labels] of inputs.entries()) {
    const { name, shape } = operands[k] as EinsumOperand;
    for (const [d, label] of labels.entries()) {
      const size = shape[d] as number;
      const known = numbers.get(label);
      const own = shape[labels.indexOf(label)] as number;
      if (own !== size) conflict(label, own, name, size, name);
      else if (known === undefined) {
        numbers.set(label, sizes.push(size) - 1);
        origins.push(name);
      } else if (sizes[known] === 1) {
        sizes[known] = size;
        origins[known] = name;
      } else if (sizes[known] !== size && size !== 1)
        conflict(label, sizes[known] as number, origins[known] as string, size, name);
    }
  }
  if (faults.size > 0) return { diagnostics: [...faults.values()] };

  const number = (label: string) => numbers.get(label) as number;
  const fitting = inputs.map((labels, k) =>
    labels.filter((label, d) => operands[k]?.shape[d] === sizes[number(label)]).map(number),
  );
  return {
    value: { inputs: fitting, output: (output ?? implicitOutput(inputs)).map(number), sizes },
    diagnostics: [],
  };
}

export interface PlannedEinsum {
  /** Of the whole, or of one slice. */
  readonly plan: Plan;
  /** The contraction in one operation: what the plan is compared with. */
  readonly program: Program;
  /** Labels to loop over, where the memory is too small for the whole. */
  readonly sliced: readonly number[];
}

/**
 * With a search, a contraction path is searched for as long as it says, and each pair becomes an
 * operation of its own; without one, the planner finds it by a fixed effort. A plan of more than `memory`
 * bytes is cut into slices that need less, if there are any.
 */
export function planEinsum(
  network: Network,
  dtype: Dtype,
  search?: EffortLimits,
  memory = Number.POSITIVE_INFINITY,
): PlannedEinsum {
  if (isEmpty(network)) return { ...planZeros(network, dtype), sliced: [] };
  const whole = planWhole(network, dtype, search);
  if (whole.plan.bytes <= memory || network.inputs.length < 2) return { ...whole, sliced: [] };
  let best: PlannedEinsum = { ...whole, sliced: [] };
  // A plan needs room for its operands too, and for copies: the search is asked for less until it fits.
  for (let maxPeak = memory / bytesOf[dtype]; best.plan.bytes > memory && maxPeak >= 1; maxPeak /= 2) {
    const { path, sliced } = findPath(network, { rounds: sliceRounds, maxPeak });
    const slice = planAlong(slicesOf(network, sliced).network, path, dtype);
    if (slice.plan.bytes < best.plan.bytes) best = { ...slice, sliced };
  }
  return best;
}

/** Whether some index runs over nothing: then every sum is 0, or there is no element. */
export const isEmpty = ({ sizes }: Network): boolean => sizes.includes(0);

/** A plan that reads no operand: zeros in the shape of the result, or one where the result has no element. */
function planZeros({ output, sizes }: Network, dtype: Dtype): Planned {
  const ir = new Builder();
  const shape = output.map((label) => sizes[label] as number);
  const value = ir.full(shape.includes(0) ? [] : shape, 0);
  const program = ir.finish([{ name: resultName, value }], []);
  return { plan: planProgram(optimise(program), processor(dtype)), program };
}

/** Effort for one attempt at slicing. */
const sliceRounds = 4;

type Planned = Omit<PlannedEinsum, 'sliced'>;

function planWhole(network: Network, dtype: Dtype, search?: EffortLimits): Planned {
  if (search && network.inputs.length > 2) return planAlong(network, findPath(network, search).path, dtype);
  const program = wholeProgram(network);
  return { plan: planProgram(optimise(program), processor(dtype)), program };
}

function planAlong(network: Network, path: SsaPath, dtype: Dtype): Planned {
  const pairs = programOf(
    network,
    (ir, operands) => contractPairs(ir, operands, network, path).at(-1)?.value as ValueId,
  );
  return {
    plan: planProgram(optimise(pairs, ['mergeContractions']), processor(dtype)),
    program: wholeProgram(network),
  };
}

const wholeProgram = (network: Network): Program =>
  programOf(network, (ir, operands) => ir.contract(operands, network.inputs, network.output));

/** The numbers of every pair along a path: a plan, and the names of its outputs in the order of the path. */
export function contractAlong(
  network: Network,
  path: SsaPath,
  dtype: Dtype,
): {
  readonly plan: Plan;
  readonly results: readonly { readonly name: string; readonly labels: readonly number[] }[];
} {
  const ir = new Builder();
  const made = contractPairs(ir, operandsOf(ir, network), network, path);
  const results = made.map(({ value, labels }, i) => ({ name: `pair ${i}`, value, labels }));
  const program = optimise(ir.finish(results, []), ['mergeContractions']);
  return { plan: planProgram(program, processor(dtype)), results };
}

function programOf(
  network: Network,
  contract: (ir: Builder, operands: readonly ValueId[]) => ValueId,
): Program {
  const ir = new Builder();
  return ir.finish([{ name: resultName, value: contract(ir, operandsOf(ir, network)) }], []);
}

const operandsOf = (ir: Builder, { inputs, sizes }: Network): readonly ValueId[] =>
  inputs.map((labels, k) =>
    ir.input(
      operandName(k),
      labels.map((label) => sizes[label] as number),
      'feed',
    ),
  );

interface Tensor {
  readonly value: ValueId;
  readonly labels: readonly number[];
}

/** Pair by pair along the path: what each makes. */
function contractPairs(
  ir: Builder,
  operands: readonly ValueId[],
  { inputs, output }: Network,
  path: SsaPath,
): Tensor[] {
  const made: Tensor[] = [];
  const alive: (Tensor | undefined)[] = [];
  /** On how many tensors that are alive, or the output, each label stands. */
  const holders = new Map<number, number>();
  const count = (labels: readonly number[], by: 1 | -1) => {
    for (const label of new Set(labels)) holders.set(label, (holders.get(label) ?? 0) + by);
  };
  const add = (value: ValueId, labels: readonly number[]) => {
    alive.push({ value, labels });
    count(labels, 1);
  };
  const take = (k: number): Tensor => {
    const tensor = alive[k];
    if (!tensor) throw new Error(`internal: the path contracts ${k} twice, or before it is made`);
    alive[k] = undefined;
    count(tensor.labels, -1);
    return tensor;
  };
  count(output, 1);
  for (const [k, value] of operands.entries()) add(value, inputs[k] as readonly number[]);
  for (const [i, [a, b]] of path.entries()) {
    const [left, right] = [take(a), take(b)];
    // Shared labels first, then those of the left, then of the right: as a batched matrix product gives them.
    const shared = left.labels.filter((label) => right.labels.includes(label));
    const kept = new Set([...shared, ...left.labels, ...right.labels].filter((l) => holders.get(l) !== 0));
    const labels = i === path.length - 1 ? output : [...kept];
    const value = ir.contract([left.value, right.value], [left.labels, right.labels], labels);
    add(value, labels);
    made.push({ value, labels });
  }
  return made;
}
