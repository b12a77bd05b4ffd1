/** Bodies that move in the plane, with their trails. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { defineNode } from '../define.ts';
import { meetAxes, meetInOrder } from '../meeting.ts';
import { axisLabel, expectCoordinates, seriesNames, seriesPorts, wiredSeries } from '../picture-axes.ts';
import { picturesInTorch, unsupported } from '../torch.ts';

export const bodies = defineNode({
  type: 'bodies',
  category: 'picture',
  picture: 'bodies',
  title: text('Bodies', '物体'),
  doc: text(
    'Draws bodies in the plane by their positions a[t, body, 2], each with its trail up to the clock; b, c … are the same bodies of other models, drawn hollow. Masses decide how large they are, arrows (forces, velocities) stand on the bodies of a. Both axes have one scale.',
    '按位置 a[t, body, 2] 画出平面上的物体，各带到时钟为止的轨迹；b, c …是其他模型中的同一批物体，画成空心。质量决定大小，箭头（力、速度）画在 a 的物体上。两轴同比例。',
  ),
  glyph: '∴',
  params: z.object({
    trail: z
      .number()
      .min(0)
      .max(1)
      .default(1)
      .meta({
        label: text('Trail', '轨迹长度'),
        doc: text(
          'The part of all time that a trail goes back: 1 is all, 0 none',
          '轨迹回溯的时间占全程的比例：1 为全部，0 为无',
        ),
      }),
    xName: axisLabel('x'),
    yName: axisLabel('y'),
    names: seriesNames,
  }),
  inputs: ({ wired }) => [
    ...seriesPorts(wired, true),
    { name: 'masses', title: text('masses', '质量'), optional: true },
    { name: 'arrows', title: text('arrows', '箭头'), optional: true },
  ],
  outputs: [],
  summary: ({ xName, yName }) => `${xName || 'x'}, ${yName || 'y'}`,
  infer(context) {
    const { inputs, report } = context;
    const refuse = (port: string, expected: number) => {
      const axes = inputs[port]?.axes ?? [];
      const names = axes.map(({ name }) => name).join(', ') || '–';
      report('rank-mismatch', { port }, { what: port, actual: axes.length, axes: names, expected });
    };
    for (const port of wiredSeries(inputs)) expectCoordinates(context, port);
    const { a, masses, arrows } = inputs;
    const body = a?.axes.at(-2);
    if (a && masses) {
      const [own, ...more] = masses.axes;
      if (own && more.length === 0 && body)
        meetAxes(context, { axis: body, axes: a.axes }, { axis: own, axes: masses.axes }, 'masses');
      else refuse('masses', 1);
    }
    if (a && arrows && expectCoordinates(context, 'arrows')) {
      if (arrows.axes.length === a.axes.length) meetInOrder(context, a.axes, arrows.axes, 'arrows');
      else refuse('arrows', a.axes.length);
    }
    return {};
  },
  lower: () => ({}),
  torch: unsupported(picturesInTorch),
  examples: [
    {
      inputs: {
        a: { axes: 't 5, body 3, xy 2' },
        masses: { axes: 'body 3' },
        arrows: { axes: 't 5, body 3, xy 2' },
      },
      expect: {},
    },
    { inputs: { a: { axes: 't 5, body 2, xy 2' }, b: { axes: 't 9, body 2, xy 2' } }, expect: {} },
  ],
});
