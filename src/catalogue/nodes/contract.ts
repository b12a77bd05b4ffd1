/** The contraction: multiplies any number of tensors and sums over shared indices. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { refuse } from '../../base/validate.ts';
import { printContractionPath, readContractionPath, type SsaPath } from '../../contraction/index.ts';
import type { ValueId } from '../../ir/program.ts';
import type { Axis } from '../../tensor/axis.ts';
import { excerpt, isHidden } from '../../tensor/einsum.ts';
import { findCrossed } from '../crossed-names.ts';
import { defineNode } from '../define.ts';
import { shapeOf } from '../given.ts';
import { stretched, unstretched } from '../hidden-axes.ts';
import { operandCount, readIndices } from '../indices.ts';
import { meetAxes } from '../meeting.ts';
import { relabellings, sums } from '../sums.ts';

const maxOperands = 64;

/** a, b, … z, a1, b1, … */
const portName = (k: number) =>
  String.fromCharCode(97 + (k % 26)) + (k < 26 ? '' : String(Math.floor(k / 26)));
const position = (port: string) => port.charCodeAt(0) - 97 + 26 * Number(port.slice(1) || 0);

export const contract = defineNode({
  type: 'contract',
  category: 'contraction',
  title: text('Contract', '收缩'),
  doc: text(
    'Multiplies tensors and sums over the indices they share: C_ik = Σ_j A_ij B_jk. An expression means what numpy.einsum means: without an arrow its output is sorted. Without an expression, an index name that stands twice is summed, and the others keep their order.',
    '将张量相乘，并对共有的指标求和：C_ik = Σ_j A_ij B_jk。表达式的含义同 numpy.einsum：没有箭头时输出按字母排序。没有表达式时，出现两次的指标名会被求和，其余保持原有次序。',
  ),
  glyph: '⊗',
  params: z.object({
    expression: z
      .string()
      .max(100_000)
      .refine(
        (expression) => (operandCount(expression) ?? 0) <= maxOperands,
        refuse(
          text(
            `more than ${maxOperands} operands; contract some of them in a node before`,
            `操作数多于 ${maxOperands} 个；请先在前面的节点中收缩一部分`,
          ),
        ),
      )
      .default('')
      .meta({
        label: text('Expression', '表达式'),
        doc: text(
          'ij,jk->ik or i j, j k -> i k; empty: by index names',
          'ij,jk->ik 或 i j, j k -> i k；留空则按指标名',
        ),
        widget: 'expression',
      }),
    order: z
      .string()
      .max(10_000)
      .default('')
      .meta({
        label: text('Order', '顺序'),
        doc: text(
          '((a, b), c): pairs to contract first; empty: the best that is found',
          '((a, b), c)：先收缩哪些对；留空则自动寻找最优顺序',
        ),
        widget: 'order',
      }),
  }),
  // As many inputs as the expression names; without one, always one more than is wired.
  inputs: ({ params, wired }) => {
    const last = Math.max(-1, ...wired.map(position).filter((k) => k >= 0 && k < maxOperands));
    const named = operandCount(params.expression);
    const count = named ?? Math.max(2, last + 2);
    return Array.from({ length: Math.min(Math.max(count, last + 1), maxOperands) }, (_, k) => ({
      name: portName(k),
      ...(named === undefined && k > 0 && { optional: true }),
    }));
  },
  outputs: [{ name: 'out' }],
  summary: ({ expression }) => expression.replace('->', ' → '),
  infer(context) {
    const {
      params: { expression },
      inputs,
      unify,
      report,
    } = context;
    const ports = Object.keys(inputs).sort((a, b) => position(a) - position(b));
    const types = ports.map((port) => inputs[port]?.axes ?? []);
    const read = readIndices(
      expression,
      types.map((axes) => axes.map((a) => a.name)),
    );
    if ('error' in read) {
      report(
        'bad-expression',
        { param: 'expression' },
        { expression: excerpt(expression), detail: read.error },
      );
      return {};
    }
    if ('operands' in read) {
      report('operand-count', { param: 'expression' }, { expected: read.operands, actual: ports.length });
      return {};
    }
    const { indices } = read;
    const crossed = expression === '' ? undefined : findCrossed(types, indices.inputs);
    if (crossed) {
      const { at, name, other } = crossed;
      const [port, partner] = [ports[at] as string, ports[crossed.from] as string];
      report('names-crossed', { port, axis: other }, { axis: name, other, port, partner });
    }
    const axes = new Map<string, Axis>();
    for (const [k, labels] of indices.inputs.entries())
      for (const [d, label] of labels.entries()) {
        const axis = types[k]?.[d] as Axis;
        const known = axes.get(label);
        const place = { port: ports[k] as string, axis: axis.name };
        // The letters of an expression say what meets; under `...` axes meet by their places alone.
        const met =
          known && isHidden(label)
            ? (stretched(known, axis) ??
              meetAxes(context, { axis: known, axes: [known] }, { axis, axes: types[k] ?? [] }, place.port))
            : known && unify(known, axis, place);
        axes.set(label, met ?? axis);
      }
    // Open indices keep their axes' names where those differ, else they take the expression's.
    const open = indices.output.map((label) => axes.get(label) as Axis);
    const unique = new Set(open.map((a) => a.name)).size === open.length;
    return {
      out: {
        axes: unique
          ? open
          : open.map((axis, d) => ({ ...axis, name: (indices.output[d] as string).replace('…', 'x') })),
      },
    };
  },
  lower({ params: { expression, order }, inputs, inputTypes, ir }) {
    const ports = Object.keys(inputs).sort((a, b) => position(a) - position(b));
    const read = readIndices(
      expression,
      ports.map((port) => inputTypes[port]?.axes.map((a) => a.name) ?? []),
    );
    if (!('indices' in read)) throw new Error('internal: a contraction was lowered that does not check');
    const labels = new Map<string, number>();
    const number = (label: string) => {
      if (!labels.has(label)) labels.set(label, labels.size);
      return labels.get(label) as number;
    };
    const shapes = ports.map((port) => shapeOf(inputTypes[port]));
    const kept = unstretched(read.indices.inputs, shapes);
    const operands = ports.map((port, k) => {
      const [value, shape, axes = []] = [inputs[port] as ValueId, shapes[k] as number[], kept[k]];
      const isWhole = axes.length === shape.length;
      return isWhole
        ? value
        : ir.reshape(
            value,
            axes.map((d) => shape[d] as number),
          );
    });
    const numbered = read.indices.inputs.map((list, k) =>
      (kept[k] ?? []).map((d) => number(list[d] as string)),
    );
    return {
      out: ir.contract(operands, numbered, read.indices.output.map(number), {
        path: readContractionPath(order, ports),
      }),
    };
  },
  network({ expression, order }, inputs) {
    const ports = Object.keys(inputs).sort((a, b) => position(a) - position(b));
    const read = readIndices(
      expression,
      ports.map((port) => inputs[port] ?? []),
    );
    if (!('indices' in read)) return undefined;
    const keep = (path: SsaPath | undefined) => ({ order: path ? printContractionPath(path, ports) : '' });
    return { ports, ...read.indices, path: readContractionPath(order, ports), keep };
  },
  adapt: ({ has, wanted }) => sums(has, wanted),
  repair: ({ expression }, inputs) => relabellings(expression, inputs),
  examples: [
    {
      params: { expression: 'ij,jk->ik' },
      inputs: {
        a: { axes: 'i 2, j 2', values: [1, 2, 3, 4] },
        b: { axes: 'j 2, k 2', values: [5, 6, 7, 8] },
      },
      expect: { out: { axes: 'i 2, k 2', values: [19, 22, 43, 50] } },
    },
    {
      inputs: { a: { axes: 'i 2, j 3' }, b: { axes: 'j 3, k 2' }, c: { axes: 'k 2, l 4' } },
      expect: { out: { axes: 'i 2, l 4' } },
    },
    // A trace, a diagonal, an outer product, a hyper-index.
    {
      params: { expression: 'ii->' },
      inputs: { a: { axes: 'i 2, j 2', values: [1, 2, 3, 4] } },
      expect: { out: { axes: '', values: [5] } },
    },
    {
      params: { expression: 'ii->i' },
      inputs: { a: { axes: 'i 2, j 2', values: [1, 2, 3, 4] } },
      expect: { out: { axes: 'i 2', values: [1, 4] } },
    },
    {
      params: { expression: 'i,j->ij' },
      inputs: { a: { axes: 'i 2', values: [1, 2] }, b: { axes: 'j 2', values: [3, 4] } },
      expect: { out: { axes: 'i 2, j 2', values: [3, 4, 6, 8] } },
    },
    {
      params: { expression: 'b i, b j, b -> b' },
      inputs: { a: { axes: 'b 3, i 2' }, b: { axes: 'b 3, j 4' }, c: { axes: 'b 3' } },
      expect: { out: { axes: 'b 3' } },
    },
    {
      // numpy.einsum: an axis of one under "..." fits any size, "..." comes first where there is no arrow.
      params: { expression: 'i...,...' },
      inputs: { a: { axes: 'i 2, n 1', values: [1, 2] }, b: { axes: 'm 1, n 3', values: [3, 4, 5] } },
      expect: { out: { axes: 'm 1, n 3, i 2', values: [3, 6, 4, 8, 5, 10] } },
    },
    {
      params: { expression: 'ba' },
      inputs: { a: { axes: 'i 2, j 3', values: [1, 2, 3, 4, 5, 6] } },
      expect: { out: { axes: 'j 3, i 2', values: [1, 4, 2, 5, 3, 6] } },
    },
    {
      params: { expression: '...ij,...jk->...ik' },
      inputs: { a: { axes: 'n 5, i 2, j 3' }, b: { axes: 'n 5, j 3, k 4' } },
      expect: { out: { axes: 'n 5, i 2, k 4' } },
    },
  ],
});
