/** How much of the variance of the target a prediction explains. */

import { z } from 'zod';
import { text } from '../../base/text.ts';
import { arg, binary, e, number, select } from '../../ir/expr.ts';
import { elements, type ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { defineNode } from '../define.ts';
import { expectSameAxes } from '../loss.ts';

const inTorch = `def coefficient_of_determination(prediction, target):
    outputs = target.shape[-1] if target.dim() > 1 else 1
    prediction, target = prediction.reshape(-1, outputs), target.reshape(-1, outputs)
    left = ((target - prediction) ** 2).sum(0)
    total = ((target - target.mean(0)) ** 2).sum(0)
    return torch.where(total == 0, (left == 0).to(left.dtype), 1 - left / total).mean()`;

export const rSquared = defineNode({
  type: 'r-squared',
  category: 'metric',
  title: text('R²', 'R²'),
  doc: text(
    '1 − Σ (t − p)² / Σ (t − t̄)² over rows, the mean over the outputs along the last axis: 1 is perfect, 0 as good as the mean. Of a target that does not change it is 1 where the prediction is right and 0 else, as in scikit-learn.',
    '1 − Σ (t − p)² / Σ (t − t̄)²，对各行求和，再对最后一个轴上的各输出平均：1 为完美，0 与取均值相当。目标不变时，预测正确为 1，否则为 0，同 scikit-learn。',
  ),
  glyph: '◎',
  params: z.object({}),
  inputs: [
    { name: 'prediction', title: text('prediction', '预测'), meaning: 'scores' },
    { name: 'target', title: text('target', '目标'), meaning: 'labels' },
  ],
  outputs: [{ name: 'value', title: text('R²', 'R²'), meaning: 'metric' }],
  summary: () => '1 − Σ (t − p)² / Σ (t − t̄)²',
  measures: 'R²',
  infer: (context) => (expectSameAxes(context, 'prediction', 'target') ? { value: scalar } : {}),
  lower({ inputs, ir, metric }) {
    const shape = ir.shape(inputs.prediction as ValueId);
    // One axis holds rows; of several the last holds outputs.
    const outputs = shape.length > 1 ? (shape.at(-1) as number) : 1;
    const rows = elements(shape) / outputs;
    const [prediction, target] = [inputs.prediction, inputs.target].map((x) =>
      ir.reshape(x as ValueId, [rows, outputs]),
    ) as [ValueId, ValueId];
    const difference = e.sub(arg(0), arg(1));
    const square = e.mul(difference, difference);
    const mean = ir.mean(target, [0]);
    const left = ir.sum(ir.map([target, prediction], square), [0]);
    const all = ir.sum(ir.map([target, mean], square, [[0, 1], [1]]), [0]);
    const constant = select(binary('eq', arg(0), number(0)), number(1), number(0));
    const explained = e.sub(number(1), e.div(arg(0), arg(1)));
    const each = ir.map([left, all], select(binary('eq', arg(1), number(0)), constant, explained));
    const value = ir.mean(each);
    metric('R²', value);
    return { value };
  },
  torch({ inputs, helper, metric, let: line }) {
    const value = line('r_squared', `${helper(inTorch)}(${inputs.prediction}, ${inputs.target})`);
    metric('R²', value);
    return { value };
  },
  detached: ['prediction', 'target'],
  examples: [
    {
      // sklearn.metrics.r2_score by its definition, in NumPy
      inputs: {
        prediction: { axes: 'b 4', values: [2.5, 0, 2, 8] },
        target: { axes: 'b 4', values: [3, -0.5, 2, 7] },
      },
      expect: { value: { axes: '', values: [0.9486081370449679] } },
      notDifferentiable: ['prediction', 'target'],
    },
    {
      inputs: {
        prediction: { axes: 'b 3, o 2', values: [0, 2, -1, 2, 8, -5] },
        target: { axes: 'b 3, o 2', values: [0.5, 1, -1, 1, 7, -6] },
      },
      expect: { value: { axes: '', values: [0.9368005266622779] } },
      notDifferentiable: ['prediction', 'target'],
    },
    {
      inputs: {
        prediction: { axes: 'b 2, o 2', values: [1, 2, 1, 3] },
        target: { axes: 'b 2, o 2', values: [1, 2, 1, 2] },
      },
      expect: { value: { axes: '', values: [0.5] } },
      notDifferentiable: ['prediction', 'target'],
    },
  ],
});
