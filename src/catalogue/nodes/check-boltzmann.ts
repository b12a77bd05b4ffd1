/** Whether an ensemble is distributed as Boltzmann says: its histogram, a moment, or what it has on either side. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, e, number, unary } from '../../ir/expr.ts';
import { elements, type ValueId } from '../../ir/program.ts';
import { asNumber, constant, multiply } from '../../tensor/size.ts';
import {
  type Boltzmann,
  boltzmann,
  boltzmannInputs,
  boltzmannTemperature,
  centredBy,
  inferBoltzmann,
  meanOf,
  powerOf,
  torchBoltzmann,
} from '../boltzmann.ts';
import { defineNode, type LowerContext, type MeasuredCheck } from '../define.ts';
import { multipleOf } from '../divisibility.ts';
import { binsOf, torchBins } from '../ranges.ts';
import { pythonNumber } from '../torch.ts';

const schema = z.object({
  compare: z
    .enum(['distribution', 'mean', 'variance', 'ratio'])
    .default('distribution')
    .meta({
      label: text('Compares', '比较'),
      options: {
        distribution: text('histograms', '直方图'),
        mean: text('means', '均值'),
        variance: text('variances', '方差'),
        ratio: text('right of the boundary : left of it', '分界右侧与左侧之比'),
      },
    }),
  temperature: boltzmannTemperature,
  bins: z
    .int()
    .min(2)
    .max(100_000)
    .default(50)
    .meta({ label: text('Bins', '区间数'), doc: text('Of the histograms', '直方图的区间数') }),
  boundary: z
    .number()
    .default(0)
    .meta({ label: text('Boundary', '分界') }),
  tolerance: z
    .number()
    .min(0)
    .default(0.02)
    .meta({
      label: text('Total variation', '全变差'),
      doc: text('The most, of histograms', '直方图允许的最大值'),
    }),
  errors: z
    .number()
    .positive()
    .default(3)
    .meta({
      label: text('Standard errors', '标准误倍数'),
      doc: text('The most, of means, variances and ratios', '均值、方差与比允许的最大值'),
    }),
});
type Context = LowerContext<typeof schema._zod.output>;

export const checkBoltzmann = defineNode({
  type: 'check-boltzmann',
  category: 'check',
  title: text('Check Boltzmann', '检验玻尔兹曼分布'),
  doc: text(
    'Holds the numbers of x, independent members of an ensemble, against P ∝ exp(−U/T) on the given places. Histograms: the total variation ½ Σ |nᵢ/n − Pᵢ|, what lies outside included. Mean, variance and the ratio right : left of a boundary: within so many standard errors of a sample of this size. With a time step η the variance is that of Euler–Maruyama steps, v / (1 − ηT/2v), exact where U is harmonic.',
    '把 x 的各数（系综中相互独立的成员）与给定坐标上的 P ∝ exp(−U/T) 相比。直方图：全变差 ½ Σ |nᵢ/n − Pᵢ|，范围外的也计入。均值、方差以及分界右侧与左侧之比：在该样本量的若干倍标准误之内。给出时间步长 η 时，方差为欧拉–丸山步的 v / (1 − ηT/2v)，U 为谐振势时精确。',
  ),
  glyph: '✓',
  params: schema,
  inputs: [
    { name: 'x' },
    ...boltzmannInputs,
    { name: 'rate', title: text('time step', '时间步长'), optional: true },
  ],
  outputs: [],
  summary: ({ compare, errors, tolerance }) => {
    const of = { distribution: 'TV', mean: '⟨x⟩', variance: '⟨δx²⟩', ratio: 'n₊ : n₋' }[compare];
    return compare === 'distribution' ? `${of} ≤ ${tolerance}` : `${of} ± ${errors} σ`;
  },
  infer(context) {
    const { params, inputs, fresh, unify, report } = context;
    const axis = inferBoltzmann(context);
    const step = inputs.rate?.axes ?? [];
    if (step.length > 0)
      report('not-scalar', { port: 'rate' }, { what: 'rate', axes: step.map((a) => a.name).join(', ') });
    if (!axis || params.compare !== 'distribution') return {};
    const cells = asNumber(axis.size);
    const place = { port: 'potential', axis: axis.name };
    if (cells !== undefined && cells % params.bins !== 0)
      report('not-a-multiple', place, multipleOf(axis.name, cells, params.bins, text(' bins', ' 个区间')));
    else unify(axis, { name: axis.name, size: multiply(constant(params.bins), fresh()) }, place);
    return {};
  },
  lower(context) {
    const measured = { distribution: totalVariation, mean, variance, ratio }[context.params.compare];
    context.check(measured(context, context.inputs.x as ValueId, boltzmann(context)));
    return {};
  },
  torch(context) {
    const { params, inputs, inputTypes, let: assign, helper, check } = context;
    const { compare, errors, tolerance, bins, boundary } = params;
    const { shares, width } = torchBoltzmann(context);
    const [x, places] = [inputs.x as string, inputs.places as string];
    if (compare === 'distribution') {
      const cells = (inputTypes.places?.axes[0]?.size as number) / bins;
      helper(torchBins);
      const given = [x, shares, places, width, bins, cells].join(', ');
      const value = assign('variation', `${helper(torchVariation)}(${given})`);
      check({ value, theory: '0.0', residual: value, tolerance: pythonNumber(tolerance) });
      return {};
    }
    const temperature = inputs.temperature ?? pythonNumber(params.temperature);
    const rest = {
      mean: [],
      variance: [inputs.rate ?? '0.0', temperature],
      ratio: [pythonNumber(boundary)],
    }[compare];
    const given = [x, shares, places, ...rest].join(', ');
    const found = assign('found', `${helper(torchMeasures[compare])}(${given})`);
    const [value, theory] = [`${found}[0]`, `${found}[1]`];
    const error = `${pythonNumber(errors)} * torch.sqrt(${found}[2] / ${x}.numel())`;
    check({ value, theory, residual: `abs(${value} - ${theory})`, tolerance: error });
    return {};
  },
  examples: [
    {
      // Shares of the bins: 1/2, 1/2 of exp(0); of x: 1/4, 1/2, outside 1/4. By hand.
      params: { bins: 2 },
      inputs: {
        x: { axes: 'chain 4', values: [-0.5, 0.25, 0.5, 3] },
        potential: { axes: 'x 4', values: [0, 0, 0, 0] },
        places: { axes: 'x 4', values: [-0.75, -0.25, 0.25, 0.75] },
      },
      expect: {},
      check: { value: 0.25, theory: 0, residual: 0.25, met: false },
    },
    {
      // p = numpy.exp(-u / 0.5); p /= p.sum(); (p * places).sum()
      params: { compare: 'mean' },
      inputs: {
        x: { axes: 'chain 5', values: [-1, -0.25, 0.5, 0.75, 1] },
        potential: { axes: 'x 4', values: [0.5, 0, 0.25, 1] },
        places: { axes: 'x 4', values: [-1.5, -0.5, 0.5, 1.5] },
      },
      expect: {},
      check: { value: 0.2, theory: -0.25858613610537917, residual: 0.4585861361053792, met: true },
    },
    {
      // v = (p * (places - m)**2).sum(); v / (1 - 0.2 * 0.5 / (2 * v)); x.var()
      params: { compare: 'variance' },
      inputs: {
        x: { axes: 'chain 5', values: [-1, -0.25, 0.5, 0.75, 1] },
        potential: { axes: 'x 4', values: [0.5, 0, 0.25, 1] },
        places: { axes: 'x 4', values: [-1.5, -0.5, 0.5, 1.5] },
        rate: { axes: '', values: [0.2] },
      },
      expect: {},
      check: { value: 0.535, theory: 0.7142687647106356, residual: 0.17926876471063558, met: true },
    },
    {
      // p[places >= 0].sum() / p[places < 0].sum()
      params: { compare: 'ratio', errors: 0.5 },
      inputs: {
        x: { axes: 'chain 5', values: [-1, -0.25, 0.5, 0.75, 1] },
        potential: { axes: 'x 4', values: [0.5, 0, 0.25, 1] },
        places: { axes: 'x 4', values: [-1.5, -0.5, 0.5, 1.5] },
      },
      expect: {},
      check: { value: 1.5, theory: 0.5423474617864843, residual: 0.9576525382135157, met: false },
    },
    {
      // Beyond all places: nothing is there to agree with.
      params: { compare: 'ratio', boundary: 9 },
      inputs: {
        x: { axes: 'chain 2', values: [-1, 1] },
        potential: { axes: 'x 2', values: [0, 0] },
        places: { axes: 'x 2', values: [-0.5, 0.5] },
      },
      expect: {},
      check: { value: 0, theory: 0, residual: 0, met: false },
    },
  ],
});

type Measure = (context: Context, x: ValueId, of: Boltzmann) => MeasuredCheck;

const totalVariation: Measure = ({ ir, params: { bins, tolerance } }, x, { shares, places, width }) => {
  const n = elements(ir.shape(x));
  const cells = (ir.shape(shares)[0] as number) / bins;
  const first = ir.reshape(ir.part(places, 0, 0, 1), []);
  const from = ir.map([first, width], e.sub(arg(0), e.mul(number(0.5), arg(1))));
  const counts = binsOf(ir, x, from, ir.scale(width, cells), bins);
  const expected = ir.sum(ir.reshape(shares, [bins, cells]), [1]);
  const difference = unary('abs', e.sub(e.mul(number(1 / n), arg(0)), arg(1)));
  const inside = ir.sum(ir.map([counts, expected], difference));
  const outside = e.sub(number(1), e.mul(number(1 / n), arg(1)));
  const value = ir.map([inside, ir.sum(counts)], e.mul(number(0.5), e.add(arg(0), outside)));
  return { value, theory: ir.full([], 0), residual: value, tolerance: ir.full([], tolerance) };
};

/** |value − theory| against so many standard errors, of which argument 0 of `error` is the square times n. */
function within(
  ir: Builder,
  {
    value,
    theory,
    squared,
    n,
    errors,
  }: Record<'value' | 'theory' | 'squared', ValueId> & {
    readonly n: number;
    readonly errors: number;
  },
): MeasuredCheck {
  const residual = ir.map([value, theory], unary('abs', e.sub(arg(0), arg(1))));
  const tolerance = ir.map([squared], e.mul(number(errors), unary('sqrt', e.mul(number(1 / n), arg(0)))));
  return { value, theory, residual, tolerance };
}

/** Central moments of order 2 and 4 under the distribution. */
function moments(ir: Builder, { shares, places }: Boltzmann) {
  const centre = meanOf(ir, shares, places);
  const centred = centredBy(ir, places, centre);
  const [second, fourth] = ([2, 4] as const).map((n) => meanOf(ir, shares, powerOf(ir, centred, n)));
  return { centre, second: second as ValueId, fourth: fourth as ValueId };
}

const mean: Measure = ({ ir, params: { errors } }, x, of) => {
  const { centre, second } = moments(ir, of);
  const n = elements(ir.shape(x));
  return within(ir, { value: ir.mean(x), theory: centre, squared: second, n, errors });
};

const variance: Measure = ({ ir, inputs, params }, x, of) => {
  const { second, fourth } = moments(ir, of);
  const temperature = inputs.temperature ?? ir.full([], params.temperature);
  const step = inputs.rate ?? ir.full([], 0);
  // v / (1 − ηT / 2v): for U = ½λx² with v = T/λ it is T / (λ(1 − ηλ/2)).
  const lost = e.div(e.mul(arg(1), arg(2)), e.mul(number(2), arg(0)));
  const theory = ir.map([second, step, temperature], e.div(arg(0), e.sub(number(1), lost)));
  const value = ir.mean(powerOf(ir, centredBy(ir, x, ir.mean(x)), 2));
  // The fourth moment grows with the square of the variance.
  const grown = e.div(arg(1), arg(2));
  const squared = ir.map(
    [fourth, theory, second],
    e.sub(e.mul(arg(0), e.mul(grown, grown)), e.mul(arg(1), arg(1))),
  );
  return within(ir, { value, theory, squared, n: elements(ir.shape(x)), errors: params.errors });
};

const ratio: Measure = ({ ir, params: { boundary, errors } }, x, { shares, places }) => {
  const n = elements(ir.shape(x));
  const isRight = (of: ValueId) => ir.map([of], binary('le', number(boundary), arg(0)));
  const odds = e.div(arg(0), e.sub(number(1), arg(0)));
  const right = meanOf(ir, shares, isRight(places));
  // The odds r = p/(1 − p) of a share p vary as p(1 − p)/n · (dr/dp)² = p/(1 − p)³/n.
  const left = e.sub(number(1), arg(0));
  const squared = ir.map([right], e.div(arg(0), e.mul(left, e.mul(left, left))));
  // Without places on both sides theory says nothing, and no sample agrees with it: 0/0.
  const sides = isRight(places);
  const ends = (['max', 'min'] as const).map((end) => ir.reduce(end, sides, [0]));
  const both = e.mul(arg(1), e.sub(number(1), arg(2)));
  const known = ir.map([squared, ...ends], e.mul(arg(0), e.div(both, both)));
  return within(ir, {
    value: ir.map([ir.mean(isRight(x))], odds),
    theory: ir.map([right], odds),
    squared: known,
    n,
    errors,
  });
};

const torchVariation = `def total_variation(x, shares, places, width, bins, cells):
    """Half of the sum of differences between an ensemble's histogram and the distribution, what lies outside too."""
    counts = bin_counts(x, places[0] - 0.5 * width, width * cells, bins) / x.numel()
    expected = shares.reshape(bins, -1).sum(1)
    return 0.5 * ((counts - expected).abs().sum() + 1 - counts.sum())`;

/** Value, theory and the square of the standard error times n. */
const torchMeasures = {
  mean: `def mean_and_theory(x, shares, places):
    """The mean, what it should be, and the variance under the distribution."""
    centre = (shares * places).sum()
    return x.mean(), centre, (shares * (places - centre) ** 2).sum()`,
  variance: `def variance_and_theory(x, shares, places, rate, temperature):
    """The variance, what it should be at a step of this size, and the variance of its estimate."""
    off = places - (shares * places).sum()
    second, fourth = (shares * off**2).sum(), (shares * off**4).sum()
    theory = second / (1 - rate * temperature / (2 * second))
    return x.var(unbiased=False), theory, fourth * (theory / second) ** 2 - theory**2`,
  ratio: `def ratio_and_theory(x, shares, places, boundary):
    """The odds of the right side, what they should be, and the variance of their estimate."""
    sides = (places >= boundary).to(x.dtype)
    right = (shares * sides).sum()
    share = (x >= boundary).to(x.dtype).mean()
    known = sides.max() * (1 - sides.min())
    return share / (1 - share), right / (1 - right), right / (1 - right) ** 3 * (known / known)`,
};
