/** A part of a tensor along one axis: a range, every second element, backwards. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { refuse } from '../../base/validate.ts';
import type { ValueId } from '../../ir/program.ts';
import { add, asNumber, constant, floorDivide, maximum, type Size, subtract } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import * as params from '../params.ts';

interface Range {
  readonly start?: number | undefined;
  readonly stop?: number | undefined;
  readonly step: number;
}

const minimum = (a: Size, b: Size): Size => subtract(add(a, b), maximum(a, b));

/** A place counted from the end where it is negative, kept within `low` … size. */
const place = (at: number, size: Size, low = 0): Size =>
  at < 0 ? maximum(add(size, constant(at)), constant(low)) : minimum(constant(at), size);

/** The first place and the one past the last, in steps of `step`: as NumPy reads start:stop:step. */
function ends({ start, stop, step }: Range, size: Size): [first: Size, past: Size] {
  const last = subtract(size, constant(1));
  if (step > 0)
    return [
      start === undefined ? constant(0) : place(start, size),
      stop === undefined ? size : place(stop, size),
    ];
  // Backwards, what lies before the first element is the place past the last.
  const from = start === undefined ? last : minimum(place(start, size, -1), last);
  return [from, stop === undefined ? constant(-1) : place(stop, size, -1)];
}

/** How many elements are taken. */
function countOf(range: Range, size: Size): Size {
  const [first, past] = ends(range, size);
  const span = range.step > 0 ? subtract(past, first) : subtract(first, past);
  return add(floorDivide(subtract(span, constant(1)), constant(Math.abs(range.step))), constant(1));
}

const bound = z.int().min(-1_000_000_000).max(1_000_000_000);
const placeIn = (axes: readonly { readonly name: string }[], name: string | undefined): number =>
  name === undefined ? axes.length - 1 : axes.findIndex((axis) => axis.name === name);

export const slice = defineNode({
  type: 'slice',
  category: 'math',
  title: text('Slice', '切片'),
  doc: text(
    'The elements start, start + step, … before stop of one axis, as NumPy’s x[start:stop:step]. Negative places count from the end; a step of −1 reverses.',
    '取一个轴上从 start 起、步长 step、stop 之前的元素，同 NumPy 的 x[start:stop:step]。负数从末尾数起；步长 −1 即反转。',
  ),
  glyph: '⊏',
  params: z.object({
    axis: params.indexName.optional().meta({
      label: text('Axis', '轴'),
      doc: text('Index name; empty: the last axis', '指标名；留空则为最后一个轴'),
    }),
    start: bound.optional().meta({ label: text('Start', '起') }),
    stop: bound.optional().meta({ label: text('Stop', '止（不含）') }),
    step: bound
      .refine((n) => n !== 0, refuse(text('must not be 0', '不能为 0')))
      .default(1)
      .meta({ label: text('Step', '步长') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ axis, start, stop, step }) =>
    `${axis ?? ''}[${start ?? ''}:${stop ?? ''}${step === 1 ? '' : `:${step}`}]`,
  infer({ params: range, inputs, report }) {
    const axes = inputs.x?.axes ?? [];
    const at = placeIn(axes, range.axis);
    const axis = axes[at];
    if (axis) return { y: { axes: axes.with(at, { ...axis, size: countOf(range, axis.size) }) } };
    if (range.axis === undefined)
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: 0, axes: '–', expected: 1 });
    else {
      const names = axes.map((a) => a.name).join(', ') || '–';
      const detail = text(`“${range.axis}” is not among ${names}`, `“${range.axis}” 不在 ${names} 之中`);
      report('bad-param', { param: 'axis' }, { param: 'axis', detail });
    }
    return {};
  },
  lower({ params: range, inputs, inputTypes, outputTypes, ir }) {
    const at = placeIn(inputTypes.x?.axes ?? [], range.axis);
    const [whole, count] = [inputTypes.x?.axes[at]?.size, outputTypes.y?.axes[at]?.size];
    const [first] = ends(range, constant(whole as number));
    return {
      y: ir.part(inputs.x as ValueId, at, first.terms[0]?.coefficient ?? 0, count as number, range.step),
    };
  },
  torch({ params: { axis, start, stop, step }, inputs, inputTypes }) {
    const at = placeIn(inputTypes.x?.axes ?? [], axis);
    const before = at === (inputTypes.x?.axes.length ?? 0) - 1 && at > 0 ? '..., ' : ':, '.repeat(at);
    if (step > 0)
      return { y: `${inputs.x}[${before}${start ?? ''}:${stop ?? ''}${step === 1 ? '' : `:${step}`}]` };
    // PyTorch has no steps backwards.
    const size = inputTypes.x?.axes[at]?.size ?? 0;
    const [first, past] = ends({ start, stop, step }, constant(size)).map(
      (end) => asNumber(end) as number,
    ) as [number, number];
    if (first >= size - 1 && past < 0 && step === -1) return { y: `${inputs.x}.flip(${at})` };
    return {
      y: `${inputs.x}.index_select(${at}, torch.arange(${first}, ${past}, ${step}, device=${inputs.x}.device))`,
    };
  },
  examples: [
    {
      params: { start: 1 },
      inputs: { x: { axes: 'i 3', values: [1, 2, 3] } },
      expect: { y: { axes: 'i 2', values: [2, 3] } },
    },
    {
      params: { step: -1 },
      inputs: { x: { axes: 'i 3', values: [1, 2, 3] } },
      expect: { y: { axes: 'i 3', values: [3, 2, 1] } },
    },
    {
      params: { axis: 'b', start: -2, stop: 9, step: 2 },
      inputs: { x: { axes: 'b 3, i 2', values: [1, 2, 3, 4, 5, 6] } },
      expect: { y: { axes: 'b 1, i 2', values: [3, 4] } },
    },
    {
      params: { stop: -2, step: -1 },
      inputs: { x: { axes: 'i 1', values: [5] } },
      expect: { y: { axes: 'i 1', values: [5] } },
    },
    {
      params: { start: 9, stop: 0, step: -2 },
      inputs: { x: { axes: 'i 4', values: [1, 2, 3, 4] } },
      expect: { y: { axes: 'i 2', values: [4, 2] } },
    },
  ],
});
