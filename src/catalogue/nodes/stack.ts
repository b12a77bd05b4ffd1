/** Tensors of one shape, stacked along an axis of their own. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { ValueId } from '../../ir/program.ts';
import { constant } from '../../tensor/size.ts';
import { type Axis, defineNode } from '../define.ts';
import { meetInOrder } from '../meeting.ts';
import * as params from '../params.ts';

const letters = 'abcdefghijklmnop';
const wiredPorts = (inputs: object): string[] => Object.keys(inputs).sort();

export const stack = defineNode({
  type: 'stack',
  category: 'math',
  title: text('Stack', '堆叠'),
  doc: text(
    'Tensors of one shape along a new axis, in the order of the inputs.',
    '把形状相同的张量沿新的轴依次堆叠。',
  ),
  glyph: '≣',
  params: z.object({
    name: params.indexName.default('n').meta({ label: text('New axis', '新轴') }),
    last: params.flag.meta({ label: text('Behind the others', '放在最后') }),
  }),
  // Always one more input than is wired.
  inputs: ({ wired }) => {
    const last = Math.max(-1, ...wired.map((port) => (port.length === 1 ? letters.indexOf(port) : -1)));
    const count = Math.min(Math.max(2, last + 2), letters.length);
    return [...letters.slice(0, count)].map((name, k) => ({ name, ...(k > 1 && { optional: true }) }));
  },
  outputs: [{ name: 'y' }],
  summary: ({ name }, wired) => `${name} = ${wired.length}`,
  infer(context) {
    const { params: given, inputs, report } = context;
    const [first, ...others] = wiredPorts(inputs);
    if (first === undefined) return {};
    let axes: readonly Axis[] = inputs[first]?.axes ?? [];
    for (const port of others) {
      const more = inputs[port]?.axes ?? [];
      if (more.length !== axes.length) {
        const names = more.map((a) => a.name).join(', ') || '–';
        const values = { what: port, actual: more.length, axes: names, expected: axes.length };
        report('rank-mismatch', { port }, values);
        return {};
      }
      axes = meetInOrder(context, axes, more, port);
    }
    if (axes.some(({ name }) => name === given.name))
      report('name-twice', { param: 'name', axis: given.name }, { axis: given.name });
    const fresh = { name: given.name, size: constant(others.length + 1) };
    return { y: { axes: given.last ? [...axes, fresh] : [fresh, ...axes] } };
  },
  lower({ params: { last }, inputs, ir }) {
    const each = wiredPorts(inputs).map((port) => {
      const x = inputs[port] as ValueId;
      return ir.reshape(x, last ? [...ir.shape(x), 1] : [1, ...ir.shape(x)]);
    });
    return { y: ir.concat(each, last ? ir.shape(each[0] as ValueId).length - 1 : 0) };
  },
  torch({ params: { last }, inputs }) {
    const all = wiredPorts(inputs).map((port) => inputs[port]);
    return { y: `torch.stack((${all.join(', ')},)${last ? ', -1' : ''})` };
  },
  examples: [
    {
      // torch.stack((a, b, c))
      inputs: {
        a: { axes: 'i 2', values: [1, 2] },
        b: { axes: 'i 2', values: [3, 4] },
        c: { axes: 'i 2', values: [5, 6] },
      },
      expect: { y: { axes: 'n 3, i 2', values: [1, 2, 3, 4, 5, 6] } },
    },
    {
      // torch.stack((a, b), -1)
      params: { last: true, name: 'pair' },
      inputs: { a: { axes: 'i 2', values: [1, 2] }, b: { axes: 'i 2', values: [3, 4] } },
      expect: { y: { axes: 'i 2, pair 2', values: [1, 3, 2, 4] } },
    },
  ],
});
