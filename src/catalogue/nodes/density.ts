/** The Boltzmann density of a potential at a temperature. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, e } from '../../ir/expr.ts';
import {
  boltzmann,
  boltzmannInputs,
  boltzmannNotFinite,
  boltzmannTemperature,
  inferBoltzmann,
  torchBoltzmann,
} from '../boltzmann.ts';
import { defineNode } from '../define.ts';

export const density = defineNode({
  type: 'density',
  category: 'math',
  title: text('Boltzmann density', '玻尔兹曼密度'),
  doc: text(
    'p(x) = exp(−U(x)/T) / Z, with Z = ∫ exp(−U/T) dx by the midpoint rule over equally spaced places: what an ensemble at temperature T settles to. Its sum times the spacing is 1.',
    'p(x) = exp(−U(x)/T) / Z，其中 Z = ∫ exp(−U/T) dx 用等距坐标上的中点法则求得：温度 T 下系综最终的分布。各值之和乘以间距为 1。',
  ),
  glyph: 'p',
  params: z.object({ temperature: boltzmannTemperature }),
  inputs: boltzmannInputs,
  outputs: [{ name: 'density', title: text('density', '密度') }],
  summary: ({ temperature }, wired) =>
    wired.includes('temperature') ? 'e^(−U/T) / Z' : `e^(−U/T) / Z, T = ${temperature}`,
  notFinite: boltzmannNotFinite,
  infer(context) {
    const axis = inferBoltzmann(context);
    return { density: axis && { axes: [axis] } };
  },
  lower(context) {
    const { shares, width } = boltzmann(context);
    return { density: context.ir.map([shares, width], e.div(arg(0), arg(1)), [[0], []]) };
  },
  torch(context) {
    const { shares, width } = torchBoltzmann(context);
    return { density: `${shares} / ${width}` };
  },
  examples: [
    {
      // u = numpy.array([0.5, 0, 1]); w = numpy.exp(-u / 0.5); w / w.sum() / 0.5
      inputs: {
        potential: { axes: 'x 3', values: [0.5, 0, 1] },
        places: { axes: 'x 3', values: [-0.5, 0, 0.5] },
      },
      expect: {
        density: { axes: 'x 3', values: [0.4894569421095953, 1.3304819115496436, 0.18006114634076092] },
      },
    },
    {
      // The temperature on the wire counts: w = numpy.exp(-u / 2)
      inputs: {
        potential: { axes: 'x 3', values: [1000, 1001, 1002] },
        places: { axes: 'x 3', values: [0, 1, 2] },
        temperature: { axes: '', values: [2] },
      },
      expect: {
        density: { axes: 'x 3', values: [0.506480391055654, 0.3071958857184984, 0.1863237232258476] },
      },
    },
  ],
});
