/** How fast an ensemble leaves a well over a barrier, and how fast it should by Kramers' formula. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { scalar } from '../../tensor/axis.ts';
import { boltzmannInputs, boltzmannTemperature, inferBoltzmann } from '../boltzmann.ts';
import { defineNode } from '../define.ts';
import { expectPositive } from '../expectations.ts';
import { pythonBoolean, pythonNumber } from '../torch.ts';

export const escapeRate = defineNode({
  type: 'escape-rate',
  category: 'math',
  title: text('Escape rate', '逃逸速率'),
  // H. A. Kramers, "Brownian motion in a field of force and the diffusion model of chemical reactions", Physica 7
  // (1940), equation 17, for dx = −U′ dt + √(2T) dW.
  doc: text(
    'Of an ensemble that has started in one well of U: the share s that is still on that side of the highest barrier, the rate −ln s / t at which it leaves, and Kramers’ rate √(U″(well)·|U″(top)|) / 2π · e^(−ΔU/T), which holds for high barriers: height is ΔU/T. The time t is the number of steps times the time step.',
    '对从 U 的一个势阱出发的系综：仍在最高势垒该侧的比例 s、逃逸速率 −ln s / t，以及适用于高势垒的克拉默斯速率 √(U″(阱)·|U″(顶)|) / 2π · e^(−ΔU/T)；height 为 ΔU/T。时间 t 等于步数乘以时间步长。',
  ),
  glyph: '⤳',
  params: z.object({
    side: z
      .enum(['left', 'right'])
      .default('right')
      .meta({
        label: text('Start', '起始阱'),
        options: { left: text('left well', '左阱'), right: text('right well', '右阱') },
      }),
    temperature: boltzmannTemperature,
    rate: z
      .number()
      .positive()
      .default(0.01)
      .meta({ label: text('Time step h', '时间步长 h') }),
  }),
  inputs: [
    { name: 'x' },
    ...boltzmannInputs,
    { name: 'rate', title: text('time step', '时间步长'), optional: true },
  ],
  outputs: [
    { name: 'share', title: text('share that stayed', '留下的比例') },
    { name: 'rate', title: text('rate', '速率') },
    { name: 'kramers', title: text('Kramers', '克拉默斯') },
    { name: 'height', title: text('ΔU/T', 'ΔU/T') },
  ],
  summary: ({ side }) => (side === 'right' ? '← e^(−ΔU/T)' : '→ e^(−ΔU/T)'),
  notFinite: text(
    'it needs a top between two wells, a temperature and a time step above 0, and chains that have stayed',
    '需要两阱之间的峰、大于 0 的温度与时间步长，以及尚未离开的链',
  ),
  infer(context) {
    const { inputs, report } = context;
    const step = inputs.rate?.axes ?? [];
    if (step.length > 0)
      report('not-scalar', { port: 'rate' }, { what: 'rate', axes: step.map((a) => a.name).join(', ') });
    expectPositive(context, 'rate', true);
    const reason = text('a top has a place on either side', '峰的两侧各有一个坐标');
    inferBoltzmann(context, 3, reason);
    return { share: scalar, rate: scalar, kramers: scalar, height: scalar };
  },
  lower({ params, inputs, ir, step, training }) {
    const { top, well, place } = barrierOf(
      ir,
      inputs.potential as ValueId,
      inputs.places as ValueId,
      params.side,
    );
    const temperature = inputs.temperature ?? ir.full([], params.temperature);
    const h = inputs.rate ?? ir.full([], params.rate);
    const height = ir.map([top.value, well.value, temperature], e.div(e.sub(arg(0), arg(1)), arg(2)));
    const attempts = unary('sqrt', e.mul(arg(0), unary('abs', arg(1))));
    const kramers = ir.map(
      [well.curvature, top.curvature, height],
      e.mul(e.mul(number(1 / (2 * Math.PI)), attempts), unary('exp', e.neg(arg(2)))),
    );
    const x = inputs.x as ValueId;
    const all = ir.shape(x).map((_, d) => d);
    const stays = params.side === 'right' ? binary('lt', arg(1), arg(0)) : binary('lt', arg(0), arg(1));
    const share = ir.mean(ir.map([x, place], stays, [all, []]));
    // While training, x is what the steps before this one have made; where it is shown, this one has been made.
    const time = e.mul(arg(2), training ? arg(1) : e.add(arg(1), number(1)));
    const rate = ir.map([share, step(), h], e.div(e.sub(number(0), unary('log', arg(0))), time));
    return { share, rate, kramers, height };
  },
  detached: ['x', 'potential', 'places', 'temperature', 'rate'],
  torch({ params, inputs, helper, let: assign, step, training }) {
    const temperature = inputs.temperature ?? pythonNumber(params.temperature);
    const h = inputs.rate ?? pythonNumber(params.rate);
    const given = [inputs.x, inputs.potential, inputs.places, temperature].join(', ');
    const isRight = pythonBoolean(params.side === 'right');
    const found = assign('found', `${helper(torchEscape)}(${given}, ${isRight})`);
    // While training, x is what the steps before this one have made; where it is shown, this one has been made.
    const time = `(${h} * (${step()} + (0 if ${training} else 1)))`;
    return {
      share: `${found}[0]`,
      rate: `-torch.log(${found}[0]) / ${time}`,
      kramers: `${found}[1]`,
      height: `${found}[2]`,
    };
  },
  examples: [
    {
      // Top at 0 of height 1, curvature (0.5 + 0.4 − 2)/0.25; well on the right at 1, height 0.1, curvature 1.6. A
      // half has stayed after one step of 0.1: ln 2 / 0.1; sqrt(1.6 · 4.4) / 2π · exp(−0.9 / 0.3).
      params: { temperature: 0.3, rate: 0.1 },
      inputs: {
        x: { axes: 'chain 4', values: [0.5, 0.25, -1, -0.5] },
        potential: { axes: 'x 7', values: [0.9, 0.2, 0.5, 1, 0.4, 0.1, 0.2] },
        places: { axes: 'x 7', values: [-1.5, -1, -0.5, 0, 0.5, 1, 1.5] },
      },
      expect: {
        share: { axes: '', values: [0.5] },
        rate: { axes: '', values: [6.931471805599453] },
        kramers: { axes: '', values: [0.021024371189472178] },
        height: { axes: '', values: [3] },
      },
      notDifferentiable: ['x', 'potential', 'places'],
    },
  ],
});

/** Height and curvature of the highest top between the ends, of the lowest place on one side of it, and where it is. */
function barrierOf(ir: Builder, potential: ValueId, places: ValueId, side: 'left' | 'right') {
  const count = ir.shape(potential)[0] as number;
  const inner = Math.max(1, count - 2);
  const part = (of: ValueId, start: number) => ir.part(of, 0, Math.min(start, count - inner), inner);
  const [left, middle, right, x] = [
    part(potential, 0),
    part(potential, 1),
    part(potential, 2),
    part(places, 1),
  ] as const;
  const width = ir.map([part(places, 2), part(places, 0)], e.mul(number(0.5), e.sub(arg(0), arg(1))));
  const bend = e.sub(e.add(arg(0), arg(2)), e.mul(number(2), arg(1)));
  const curvature = ir.map([left, middle, right, width], e.div(bend, e.mul(arg(3), arg(3))));
  const all = [0];
  /** Averages where a mask is 1: in most potentials that is one place. NaN where it is nowhere. */
  const at = (mask: ValueId, values: ValueId) =>
    ir.map([ir.sum(ir.mul(mask, values)), ir.sum(mask)], e.div(arg(0), arg(1)));
  const isOf = (mask: ValueId, height: ValueId) =>
    ir.map([mask, middle, height], e.mul(arg(0), binary('eq', arg(1), arg(2))), [all, all, []]);

  const isTop = ir.map(
    [left, middle, right],
    e.mul(binary('le', arg(0), arg(1)), binary('lt', arg(2), arg(1))),
  );
  const high = ir.reduce(
    'max',
    ir.map([isTop, middle], select(arg(0), arg(1), number(-Infinity))),
    all,
    true,
  );
  const top = isOf(isTop, high);
  const place = at(top, x);
  const isBeyond = side === 'right' ? binary('lt', arg(1), arg(0)) : binary('lt', arg(0), arg(1));
  const beyond = ir.map([x, place], isBeyond, [all, []]);
  const low = ir.reduce('min', ir.map([beyond, middle], select(arg(0), arg(1), number(Infinity))), all, true);
  const bottom = isOf(beyond, low);
  return {
    place,
    top: { value: at(top, middle), curvature: at(top, curvature) },
    well: { value: at(bottom, middle), curvature: at(bottom, curvature) },
  };
}

const torchEscape = `@torch.no_grad()
def escape(x, potential, places, temperature, from_right):
    """The share that stays beside the highest top, Kramers' rate of escape, and the height of the top over T."""
    left, middle, right, at = potential[:-2], potential[1:-1], potential[2:], places[1:-1]
    bend = (left + right - 2 * middle) / (0.5 * (places[2:] - places[:-2])) ** 2

    def mean(values, mask):
        return (mask * values).sum() / mask.sum()

    is_top = ((left <= middle) & (right < middle)).to(x.dtype)
    top = is_top * (middle == middle.masked_fill(is_top == 0, -math.inf).max())
    place = mean(at, top)
    beyond = (at > place if from_right else at < place).to(x.dtype)
    well = beyond * (middle == middle.masked_fill(beyond == 0, math.inf).min())
    height = (mean(middle, top) - mean(middle, well)) / temperature
    attempts = torch.sqrt(mean(bend, well) * mean(bend, top).abs()) / (2 * math.pi)
    stays = x > place if from_right else x < place
    return stays.to(x.dtype).mean(), attempts * torch.exp(-height), height`;
