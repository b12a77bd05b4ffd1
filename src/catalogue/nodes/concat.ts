/** Tensors one after the other along an axis. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import type { Axis } from '../../tensor/axis.ts';
import { add } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { meetAxes } from '../meeting.ts';
import * as params from '../params.ts';

const letters = 'abcdefghijklmnop';
const wiredPorts = (inputs: object): string[] => Object.keys(inputs).sort();

/** Where the named axis stands; none named: the last. −1 where it is missing. */
const placeOf = (axes: readonly { readonly name: string }[], name: string | undefined): number =>
  name === undefined ? axes.length - 1 : axes.findIndex((axis) => axis.name === name);

export const concat = defineNode({
  type: 'concat',
  category: 'math',
  title: text('Concatenate', '拼接'),
  doc: text(
    'Puts tensors one after the other along an axis; all other axes agree.',
    '沿一个轴把张量首尾相接；其余各轴须一致。',
  ),
  glyph: '⧺',
  params: z.object({
    axis: params.indexName.optional().meta({
      label: text('Axis', '轴'),
      doc: text('Index name; empty: the last axis', '指标名；留空则为最后一个轴'),
    }),
  }),
  // Always one more input than is wired.
  inputs: ({ wired }) => {
    const last = Math.max(-1, ...wired.map((port) => (port.length === 1 ? letters.indexOf(port) : -1)));
    const count = Math.min(Math.max(2, last + 2), letters.length);
    return [...letters.slice(0, count)].map((name, k) => ({ name, ...(k > 1 && { optional: true }) }));
  },
  outputs: [{ name: 'out' }],
  summary: ({ axis }) => (axis === undefined ? 'a ⧺ b' : `a ⧺ b along ${axis}`),
  infer(context) {
    const {
      params: { axis },
      inputs,
      report,
    } = context;
    const [first, ...others] = wiredPorts(inputs).map((port) => ({ port, axes: inputs[port]?.axes ?? [] }));
    if (first === undefined) return {};
    const at = placeOf(first.axes, axis);
    if (at < 0) {
      const names = first.axes.map((a) => a.name).join(', ') || '–';
      if (axis === undefined)
        report(
          'rank-mismatch',
          { port: first.port },
          { what: first.port, actual: 0, axes: names, expected: 1 },
        );
      else
        report(
          'bad-param',
          { param: 'axis' },
          { param: 'axis', detail: text(`“${axis}” is not among ${names}`, `“${axis}” 不在 ${names} 之中`) },
        );
      return {};
    }
    const axes: Axis[] = [...first.axes];
    let total = (axes[at] as Axis).size;
    for (const { port, axes: more } of others) {
      if (more.length !== axes.length) {
        const names = more.map((a) => a.name).join(', ') || '–';
        report(
          'rank-mismatch',
          { port },
          { what: port, actual: more.length, axes: names, expected: axes.length },
        );
        return {};
      }
      for (const [d, other] of more.entries())
        if (d === at) total = add(total, other.size);
        else axes[d] = meetAxes(context, { axis: axes[d] as Axis, axes }, { axis: other, axes: more }, port);
    }
    const { name, batch } = axes[at] as Axis;
    const areExamples = batch && others.every(({ axes: more }) => more[at]?.batch);
    axes[at] = { name, size: total, ...(areExamples && { batch }) };
    return { out: { axes } };
  },
  lower({ params: { axis }, inputs, inputTypes, ir }) {
    const ports = wiredPorts(inputs);
    const at = placeOf(inputTypes[ports[0] as string]?.axes ?? [], axis);
    return {
      out: ir.concat(
        ports.map((port) => inputs[port] as ValueId),
        at,
      ),
    };
  },
  torch({ params: { axis }, inputs, inputTypes }) {
    const ports = wiredPorts(inputs);
    const at = placeOf(inputTypes[ports[0] as string]?.axes ?? [], axis);
    return { out: `torch.cat([${ports.map((port) => inputs[port]).join(', ')}], dim=${at})` };
  },
  examples: [
    {
      inputs: { a: { axes: 'i 2', values: [1, 2] }, b: { axes: 'i 1', values: [3] } },
      expect: { out: { axes: 'i 3', values: [1, 2, 3] } },
    },
    {
      params: { axis: 'b' },
      inputs: {
        a: { axes: 'b 1, i 2', values: [1, 2] },
        b: { axes: 'b 2, i 2', values: [3, 4, 5, 6] },
        c: { axes: 'b 1, i 2', values: [7, 8] },
      },
      expect: { out: { axes: 'b 4, i 2', values: [1, 2, 3, 4, 5, 6, 7, 8] } },
    },
    {
      inputs: { a: { axes: 'b 2, i 1', values: [1, 2] }, b: { axes: 'b 2, i 2', values: [3, 4, 5, 6] } },
      expect: { out: { axes: 'b 2, i 3', values: [1, 3, 4, 2, 5, 6] } },
    },
  ],
});
