/**
 * What a graph takes, node by node and in all, before anything is allocated: numbers that are learned, operations,
 * memory, and how much of the input a convolution sees. Figures are those of the plan.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Outcome } from '../base/diagnostic.ts';
import type { PathText } from '../base/path.ts';
import { extentOf } from '../catalogue/windows.ts';
import { bytesOf, type LoopStep, type Plan, visitSteps, writesOf } from '../ir/plan.ts';
import { elements } from '../ir/program.ts';
import { type Analysis, analyse, soundNodes } from './analyse.ts';
import { type CompileOptions, compileAnalysis } from './compile.ts';
import { streamPath } from './repeat/state-names.ts';
import type { Compiled } from './types.ts';

export interface NodeCosts {
  readonly node: PathText;
  /** Numbers that are learned. */
  readonly parameters: number;
  /** Multiply-adds and element operations of one forward pass. */
  readonly operations: number;
  /** Bytes of what its steps make. */
  readonly bytes: number;
  /** Elements of the input that one element of its output depends on, along each axis that windows slide along. */
  readonly field?: readonly number[];
}

export interface GraphCosts {
  /** Those that cost something, in the order of computation. */
  readonly nodes: readonly NodeCosts[];
  readonly parameters: number;
  readonly weightBytes: number;
  /** A forward pass: operations, and all memory that its plan takes, weights included. */
  readonly inference: { readonly operations: number; readonly bytes: number };
  /** A training step, with gradients and what the optimizer keeps. */
  readonly training?: { readonly operations: number; readonly bytes: number };
}

/** Also of what no memory would hold. */
export function costsOf(
  document: GraphDocument,
  wished: Pick<CompileOptions, 'dtype' | 'partial'> = {},
): Outcome<GraphCosts> {
  const analysis = analyse(document);
  const options = { ...wished, memoryLimit: Number.POSITIVE_INFINITY };
  const { value: compiled, diagnostics } = compileAnalysis(analysis, options);
  return { ...(compiled && { value: costsOfPlans(compiled, analysis) }), diagnostics };
}

/** `analysis`: of the document that has been compiled. */
function costsOfPlans({ forward, train, state }: Compiled, analysis: Analysis): GraphCosts {
  const learned = new Map<string, number>();
  let parameters = 0;
  for (const { stream, shape, trainable } of state) {
    if (!trainable) continue;
    const count = elements(shape);
    parameters += count;
    const owner = stream.slice(0, stream.lastIndexOf('.'));
    learned.set(owner, (learned.get(owner) ?? 0) + count);
  }
  const steps = stepCosts(forward.plan);
  const fields = receptiveFields(analysis);
  const nodes = soundNodes(analysis).flatMap(({ id }): NodeCosts[] => {
    const { operations = 0, bytes = 0 } = steps.get(id) ?? {};
    const field = fields.get(id);
    // Parameters of repeats are one stack, named without their numbers.
    const own = learned.get(streamPath(id, analysis.flat.inside(id)?.iterations ?? [])) ?? 0;
    if (own === 0 && operations === 0 && field === undefined) return [];
    return [{ node: id, parameters: own, operations, bytes, ...(field && { field }) }];
  });
  const total = (plan: Plan) => ({
    operations: plan.steps.reduce((sum, { flops }) => sum + flops, 0),
    bytes: plan.bytes,
  });
  return {
    nodes,
    parameters,
    weightBytes: parameters * bytesOf[forward.plan.dtype],
    inference: total(forward.plan),
    ...(train && { training: total(train.plan) }),
  };
}

const timesOf = (loops: readonly LoopStep[]): number => loops.reduce((times, { count }) => times * count, 1);

/** Operations and bytes by the node that a step comes from. */
function stepCosts(plan: Plan): Map<string, { operations: number; bytes: number }> {
  const costs = new Map<string, { operations: number; bytes: number }>();
  const add = (source: string | undefined, operations: number, bytes: number) => {
    if (source === undefined) return;
    const known = costs.get(source) ?? { operations: 0, bytes: 0 };
    costs.set(source, { operations: known.operations + operations, bytes: known.bytes + bytes });
  };
  visitSteps(plan.steps, (step, loops) => {
    if (step.kind === 'loop') return;
    // Of steps that are run as one each keeps its own origin, and its part of what they take together.
    const parts = step.kind === 'fused' ? step.nests : [step];
    const sum = parts.reduce((all, { flops }) => all + flops, 0);
    const scale = sum > 0 ? (step.flops * timesOf(loops)) / sum : 0;
    for (const part of parts) add(part.source ?? step.source, Math.round(part.flops * scale), 0);
    for (const buffer of writesOf(step)) {
      const { bytes = 0, source } = plan.buffers[buffer] ?? {};
      add(source ?? step.source, 0, bytes);
    }
  });
  return costs;
}

/** How far apart neighbours of an output lie in the input, and how much of it one of them sees, along each axis. */
interface Seen {
  readonly field: readonly number[];
  readonly jump: readonly number[];
}

/**
 * Of nodes whose windows slide, along the path that sees most: r ← r + (k − 1) j and j ← j s for a window of k
 * elements at stride s (Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks, 2019).
 * What changes the rank ends it: there all is mixed.
 */
function receptiveFields({ order, node, inferred }: Analysis): Map<PathText, readonly number[]> {
  const seen = new Map<PathText, Seen>();
  const fields = new Map<PathText, readonly number[]>();
  const rankOf = (id: PathText, port: string) => inferred(id)?.outputs[port]?.axes.length;
  for (const id of order) {
    const resolved = node(id);
    if (!resolved) continue;
    const wires = Object.values(resolved.wires);
    const before = wires.flatMap(({ from }) => {
      const known = seen.get(from.node);
      const ranks = Object.keys(inferred(id)?.outputs ?? {}).map((port) => rankOf(id, port));
      return known && ranks.includes(rankOf(from.node, from.port)) ? [known] : [];
    });
    const windows = resolved.definition.windows?.(resolved.params);
    const widest = before.reduce<Seen | undefined>(
      (best, one) => (best && (best.field[0] ?? 0) >= (one.field[0] ?? 0) ? best : one),
      undefined,
    );
    if (windows) {
      const start = widest ?? { field: windows.map(() => 1), jump: windows.map(() => 1) };
      const made = {
        field: windows.map(
          (window, i) => (start.field[i] ?? 1) + (extentOf(window) - 1) * (start.jump[i] ?? 1),
        ),
        jump: windows.map(({ stride }, i) => (start.jump[i] ?? 1) * stride),
      };
      seen.set(id, made);
      fields.set(id, made.field);
    } else if (widest) seen.set(id, widest);
  }
  return fields;
}
