/** A histogram, and beside it the density that it should follow. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { add, constant } from '../../tensor/size.ts';
import { defineNode } from '../define.ts';
import { axisLabel, expectRank, meetPlaces, rangeOfX } from '../picture-axes.ts';
import { picturesInTorch, unsupported } from '../torch.ts';

export const histogramPicture = defineNode({
  type: 'histogram-picture',
  category: 'picture',
  picture: 'histogram',
  title: text('Histogram picture', '直方图'),
  doc: text(
    'Bars over equal or given bins, and a density as a curve. Scaled to area 1, ∑ heightᵢ·widthᵢ = 1, bars and density can be compared. Time t moves by the clock.',
    '在等宽或给定的区间上画柱，并把密度画成曲线。柱的总面积按 ∑ 高ᵢ·宽ᵢ = 1 归一后可与密度比较。时间 t 随时钟走动。',
  ),
  glyph: '▟',
  params: z.object({
    ...rangeOfX,
    area: z
      .boolean()
      .default(false)
      .meta({
        label: text('Area 1', '面积为 1'),
        doc: text('Bars are scaled so that their areas add up to 1', '缩放各柱使总面积为 1'),
      }),
    xName: axisLabel('x'),
  }),
  inputs: [
    { name: 'bars', title: text('bars', '柱') },
    { name: 'edges', title: text('edges', '区间边界'), optional: true },
    { name: 'density', title: text('density', '密度'), optional: true },
    { name: 'x', title: text('places of the density', '密度的坐标'), optional: true },
  ],
  outputs: [],
  summary: ({ xName }) => `p(${xName || 'x'})`,
  infer(context) {
    const { inputs } = context;
    const [bin] = expectRank(context, 'bars', [1]) ?? [];
    const [edge] = (inputs.edges && expectRank(context, 'edges', [1])) ?? [];
    if (bin && edge)
      context.unify(
        edge,
        { name: edge.name, size: add(bin.size, constant(1)) },
        { port: 'edges', axis: edge.name },
      );
    const density = (inputs.density && expectRank(context, 'density', [1])) ?? [];
    meetPlaces(context, 'x', density[0], density);
    return {};
  },
  lower: () => ({}),
  torch: unsupported(picturesInTorch),
  examples: [
    { inputs: { bars: { axes: 'bin 4' } }, expect: {} },
    {
      inputs: {
        bars: { axes: 't 3, bin 4' },
        edges: { axes: 'edge 5' },
        density: { axes: 'k 7' },
        x: { axes: 'k 7' },
      },
      expect: {},
    },
  ],
});
