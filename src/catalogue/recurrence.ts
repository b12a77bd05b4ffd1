/**
 * What recurrent layers share: their parameters and ports, several layers and both directions as one loop each,
 * states named after those of torch.nn.RNN, and how they are written in PyTorch.
 */
import { z } from 'zod';
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, e } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import { scan } from '../ir/scan.ts';
import type { Axis } from '../tensor/axis.ts';
import { constant, multiply } from '../tensor/size.ts';
import { expectNoBatch, roles } from './axis-roles.ts';
import type { InferContext, LowerContext, PortContext, PortSpec, TensorType } from './define.ts';
import { freshName, shapeOf } from './given.ts';
import { meetInOrder } from './meeting.ts';
import { withLast } from './named-axes.ts';
import { optionalPorts } from './optional-ports.ts';
import * as params from './params.ts';
import type { TorchContext, TorchState } from './torch.ts';
import { continuous, expectQuantities } from './value-kinds.ts';

export const recurrenceParams = {
  units: params.size
    .default(16)
    .meta({ label: text('Units', '单元数'), doc: text('Size of the output index', '输出指标的大小') }),
  name: params.indexName.default('h').meta({ label: text('Output index', '输出指标名') }),
  layers: z
    .int()
    .min(1)
    .max(100)
    .default(1)
    .meta({
      label: text('Layers', '层数'),
      doc: text('Each reads what the one before gives', '每层读取前一层的输出'),
    }),
  bidirectional: z
    .boolean()
    .default(false)
    .meta({
      label: text('Bidirectional', '双向'),
      doc: text(
        'A second one reads from the end; their outputs stand one behind the other',
        '另有一个从末尾读起；两者的输出前后相接',
      ),
    }),
};

export interface RecurrenceParams {
  readonly units: number | string;
  readonly name: string;
  readonly layers: number;
  readonly bidirectional: boolean;
}

/** One step of a layer: what is special about RNN, GRU and LSTM. */
export interface Cell {
  /** Of how many blocks of `units` columns its weights consist, one for each gate. */
  readonly gates: number;
  /** What it hands on: its output `h` first. The names of the ports, with `0` for what they begin with. */
  readonly carries: readonly string[];
  /** Names of its biases: of the input, and of the fed-back state where it has one of its own. */
  readonly biases: readonly string[];
  /** The next carries from x[t] W + b, from h[t−1] U + b′ (both [rows, gates · units]), and from the carries. */
  step(ir: Builder, driven: ValueId, fedBack: ValueId, carries: readonly ValueId[]): readonly ValueId[];
}

/** Gate number `index` of [rows, gates · units]. */
export function gate(ir: Builder, x: ValueId, index: number, of: number): ValueId {
  const units = (ir.shape(x)[1] as number) / of;
  return ir.part(x, 1, index * units, units);
}

const startOf = (carry: string): string => `${carry}0`;

/** Layers and directions in PyTorch's order, with what is put to the names of their states: '', -reverse, -2, … */
const passes = ({ layers, bidirectional }: RecurrenceParams) =>
  Array.from({ length: layers }, (_, layer) =>
    (bidirectional ? [false, true] : [false]).map((reverse) => ({
      layer,
      reverse,
      suffix: `${layer === 0 ? '' : `-${layer + 1}`}${reverse ? '-reverse' : ''}`,
    })),
  ).flat();

/** The states that a layer begins with, where they are wired in. */
export const startsOf = (carries: readonly string[]) =>
  optionalPorts(
    carries.map((carry) => ({ name: startOf(carry), title: titles.first[carry] ?? text(carry, carry) })),
  );

export const recurrenceInputs =
  (starts: ReturnType<typeof startsOf>) =>
  (context: PortContext<{ readonly ports: readonly string[] }>): readonly PortSpec[] => [
    { name: 'x' },
    ...starts.shown(context),
  ];

export const recurrenceOutputs = (carries: readonly string[]) => [
  { name: 'y' },
  ...carries.map((carry) => ({ name: carry, title: titles.last[carry] })),
];

const titles = {
  first: {
    h: text('first state', '初始状态'),
    c: text('first memory', '初始记忆'),
  } as Record<string, ReturnType<typeof text>>,
  last: {
    h: text('last state', '末状态'),
    c: text('last memory', '末记忆'),
  } as Record<string, ReturnType<typeof text>>,
};

export const recurrenceSummary = ({ units, name, layers, bidirectional }: RecurrenceParams): string =>
  `${name} = ${bidirectional ? '2 · ' : ''}${units}${layers > 1 ? `, ${layers} ×` : ''}`;

export function inferRecurrence(
  context: InferContext<RecurrenceParams>,
  carries: readonly string[],
): Record<string, TensorType> {
  const { params: given, inputs, size, report } = context;
  const axes = inputs.x?.axes ?? [];
  if (axes.length < 2) {
    const shown = axes.map((a) => a.name).join(', ') || '–';
    report('rank-mismatch', { port: 'x' }, { what: 'x', actual: axes.length, axes: shown, expected: 2 });
    return {};
  }
  expectQuantities(context, 'x');
  expectNoBatch(context, 'x', axes.at(-2), roles.time);
  const units: Axis = { name: given.name, size: size(given.units, 'units') };
  const wide = given.bidirectional ? { ...units, size: multiply(constant(2), units.size) } : units;
  const state = stateAxes(axes.slice(0, -2), units, passes(given).length);
  for (const carry of carries) meetStart(context, startOf(carry), state);
  const y = { axes: withLast(context, axes.slice(0, -1), wide), valueKind: continuous };
  const last = { axes: state, valueKind: continuous };
  return { y, ...Object.fromEntries(carries.map((carry) => [carry, last])) };
}

/** The state of one layer and direction, or of several along an axis of their own, which comes first as in PyTorch. */
function stateAxes(rows: readonly Axis[], units: Axis, count: number): readonly Axis[] {
  const one = [...rows, units];
  return count === 1 ? one : [{ name: freshName('layer', one), size: constant(count) }, ...one];
}

function meetStart(context: InferContext<unknown>, port: string, state: readonly Axis[]): void {
  const given = context.inputs[port]?.axes;
  if (!given) return;
  if (given.length === state.length) meetInOrder(context, state, given, port);
  else {
    const names = given.map(({ name }) => name).join(', ') || '–';
    const values = { what: port, actual: given.length, axes: names, expected: state.length };
    context.report('rank-mismatch', { port }, values);
  }
}

export function lowerRecurrence(
  { params: given, inputs, inputTypes, outputTypes, ir, parameter }: LowerContext<RecurrenceParams>,
  cell: Cell,
): Record<string, ValueId> {
  const input = shapeOf(inputTypes.x);
  const rank = input.length;
  const rows = input.slice(0, -2);
  const [time, count] = [input.at(-2) as number, rows.reduce((n, s) => n * s, 1)];
  const all = passes(given);
  const units = shapeOf(outputTypes.h).at(-1) as number;
  // PyTorch's default for all of these: even in ±1/√units.
  const init = { kind: 'uniform', scale: 1 / Math.sqrt(units) } as const;
  const first = (carry: string, pass: number): ValueId => {
    const start = inputs[startOf(carry)];
    if (start === undefined) return ir.full([count, units], 0);
    return ir.reshape(ir.part(ir.reshape(start, [all.length, count, units]), 0, pass, 1), [count, units]);
  };

  // Time first, all other axes as one: [time, rows, features].
  const timeFirst = ir.transpose(inputs.x as ValueId, [rank - 2, ...rows.map((_, d) => d), rank - 1]);
  let read = ir.reshape(timeFirst, [time, count, input.at(-1) as number]);
  const last: (readonly ValueId[])[] = [];
  for (let layer = 0; layer < given.layers; layer++) {
    const courses: ValueId[] = [];
    for (const { reverse, suffix } of all.filter((pass) => pass.layer === layer)) {
      const carries = cell.carries.map((carry) => first(carry, last.length));
      const made = pass(read, carries, reverse, suffix);
      courses.push(made.outs[0] as ValueId);
      last.push(made.last);
    }
    read = ir.concat(courses, 2);
  }
  const course = ir.reshape(read, [time, ...rows, ir.shape(read)[2] as number]);
  const y = ir.transpose(course, [...rows.map((_, d) => d + 1), 0, rank - 1]);
  const states = cell.carries.map((carry, c) => {
    const each = last.map((values) => ir.reshape(values[c] as ValueId, [1, count, units]));
    return [carry, ir.reshape(ir.concat(each, 0), shapeOf(outputTypes[carry]))];
  });
  return { y, ...Object.fromEntries(states) };

  function pass(x: ValueId, carries: readonly ValueId[], reverse: boolean, suffix: string) {
    const wide = ir.shape(x)[2] as number;
    const columns = cell.gates * units;
    const weights = parameter(`input${suffix}`, [wide, columns], init);
    const feedback = parameter(`hidden${suffix}`, [units, columns], init);
    const [bias, second] = cell.biases.map((name) => parameter(`${name}${suffix}`, [columns], init));
    // What does not wait for the iteration before is one product for all of them.
    const product = ir.einsum('tri,io->tro', x, weights);
    return scan(ir, {
      length: time,
      carries,
      rows: [ir.map([product, bias as ValueId], e.add(arg(0), arg(1)), [[0, 1, 2], [2]])],
      constants: second === undefined ? [feedback] : [feedback, second],
      reverse,
      body: (inner, before, [drive = 0], [mix = 0, shift]) => {
        const mixed = inner.einsum('ri,io->ro', before[0] as ValueId, mix);
        const shifted =
          shift === undefined ? mixed : inner.map([mixed, shift], e.add(arg(0), arg(1)), [[0, 1], [1]]);
        const next = cell.step(inner, drive, shifted, before);
        return { carries: next, outs: next.slice(0, 1) };
      },
    });
  }
}

/** `options`: further arguments of the module in Python, each after a comma. `wrap`: a function that the module is given to. */
export function torchRecurrence(
  context: TorchContext<RecurrenceParams>,
  module: 'RNN' | 'GRU' | 'LSTM',
  cell: Pick<Cell, 'carries' | 'biases'>,
  { options = '', wrap = '' } = {},
): Record<string, string> {
  const { params: given, inputs, inputTypes, outputTypes } = context;
  const all = passes(given);
  const batched = (inputTypes.x?.axes.length ?? 0) > 2;
  const units = outputTypes.h?.axes.at(-1)?.size;
  const written = [
    `${inputTypes.x?.axes.at(-1)?.size}, ${units}`,
    given.layers > 1 ? `, num_layers=${given.layers}` : '',
    options,
    batched ? ', batch_first=True' : '',
    given.bidirectional ? ', bidirectional=True' : '',
  ].join('');
  const code = `nn.${module}(${written})`;
  const layer = context.module(wrap ? `${wrap}(${code})` : code, statesOf(all, cell));
  const isDeep = (inputTypes.x?.axes.length ?? 0) > 3;
  const x = isDeep ? `${inputs.x}.flatten(0, -3)` : inputs.x;
  // Where one first state is wired and the other is not, that one is 0.
  const given0 = cell.carries.find((carry) => inputs[startOf(carry)] !== undefined);
  const shape = batched ? `(${all.length}, -1, ${units})` : `(${all.length}, ${units})`;
  const starts = cell.carries.map((carry) => {
    const start = inputs[startOf(carry)];
    return start === undefined
      ? `torch.zeros_like(${inputs[startOf(given0 ?? '')]}).reshape(${shape.slice(1, -1)})`
      : `${start}.reshape(${shape.slice(1, -1)})`;
  });
  const begin = starts.length === 1 ? starts[0] : `(${starts.join(', ')})`;
  const made = context.let('states', `${layer}(${x}${given0 === undefined ? '' : `, ${begin}`})`);
  const y = isDeep ? `${made}[0].unflatten(0, ${inputs.x}.shape[:-2])` : `${made}[0]`;
  const lastOf = (index: number) => {
    const state = cell.carries.length === 1 ? `${made}[1]` : `${made}[1][${index}]`;
    const whole = isDeep ? `${state}.unflatten(1, ${inputs.x}.shape[:-2])` : state;
    return all.length === 1 ? `${whole}[0]` : whole;
  };
  return { y, ...Object.fromEntries(cell.carries.map((carry, index) => [carry, lastOf(index)])) };
}

/** PyTorch has the gates one behind the other along the first axis of a weight, we along the second; their order is one. */
function statesOf(all: ReturnType<typeof passes>, { biases }: Pick<Cell, 'biases'>) {
  const states: Record<string, TorchState> = {};
  for (const { layer, reverse, suffix } of all) {
    const end = `l${layer}${reverse ? '_reverse' : ''}`;
    states[`weight_ih_${end}`] = { of: `input${suffix}`, axes: [1, 0] };
    states[`weight_hh_${end}`] = { of: `hidden${suffix}`, axes: [1, 0] };
    for (const [i, name] of biases.entries())
      states[`bias_${i === 0 ? 'ih' : 'hh'}_${end}`] = { of: `${name}${suffix}` };
  }
  return states;
}

export function learnedOfRecurrence(
  _: unknown,
  { x }: Readonly<Record<string, TensorType>>,
  { y, h }: Readonly<Record<string, TensorType>>,
): readonly Axis[] {
  return [...(x?.axes.slice(-1) ?? []), ...(y?.axes.slice(-1) ?? []), ...(h?.axes.slice(-1) ?? [])];
}
