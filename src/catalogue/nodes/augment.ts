/** Pictures turned over, moved and made noisy at random while training. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import type { Builder } from '../../ir/builder.ts';
import { arg, binary, e, number, select, unary } from '../../ir/expr.ts';
import type { ValueId } from '../../ir/program.ts';
import { defineNode } from '../define.ts';
import { gaussian } from '../noise.ts';
import { pythonNumber } from '../torch.ts';

/** What was drawn for each picture of a batch, evenly spread over (0, 1). */
interface Draws {
  /** Below `flip` it is turned over; undefined where none is. */
  readonly turned?: ValueId | undefined;
  readonly moved?: ValueId | undefined;
}

interface Strength {
  readonly flip: number;
  readonly shift: number;
}

/**
 * For each picture the matrix that takes its pixels along one axis to their new places: row v has its 1 where the
 * pixel stands that comes to v, and none where it would come from outside. [batch, size, size].
 */
function places(
  ir: Builder,
  batch: number,
  size: number,
  { turned, moved }: Draws,
  { flip, shift }: Strength,
): ValueId {
  const along = ir.iota(size);
  const [to, from] = [arg(0), arg(1)];
  const draws = [...(turned === undefined ? [] : [turned]), ...(moved === undefined ? [] : [moved])];
  const turns = turned === undefined ? number(0) : binary('lt', arg(2), number(flip));
  const source = select(turns, e.sub(number(size - 1), from), from);
  // Whole numbers from −shift to shift, each as likely.
  const drawn = arg(turned === undefined ? 2 : 3);
  const steps = binary('min', unary('floor', e.mul(drawn, number(2 * shift + 1))), number(2 * shift));
  const by = moved === undefined ? number(0) : e.sub(steps, number(shift));
  return ir.map(
    [along, along, ...draws],
    binary('eq', e.sub(e.sub(to, source), by), number(0)),
    [[1], [2], ...draws.map(() => [0])],
    [batch, size, size],
  );
}

const helper = `def augment(x, turned, down, across, noise):
    """Pictures turned over where told, moved by whole pixels (zeros come in), with noise; one of each for each."""
    height, width = x.shape[-2:]
    i, j = torch.arange(height, device=x.device), torch.arange(width, device=x.device)
    source = torch.where(turned[:, None], width - 1 - j, j.expand(len(x), width))
    columns = (j[None, :, None] == (source + across[:, None])[:, None, :]).to(x.dtype)
    rows = (i[None, :, None] == (i + down[:, None])[:, None, :]).to(x.dtype)
    moved = torch.einsum('b...hw,bgh,bvw->b...gv', x, rows, columns)
    return moved if noise is None else moved + noise`;

export const augment = defineNode({
  type: 'augment',
  category: 'layer',
  title: text('Augment images', '图像增强'),
  doc: text(
    'While training, each picture of a batch is mirrored left to right with probability p, moved by up to so many whole pixels either way, zeros coming in, and given normal noise; anew in every step, by the run’s seed and the step. At all other times y = x. The first axis is the batch, the last two are height and width.',
    '训练时，批中每幅图像以概率 p 左右翻转，沿两个方向各平移至多若干整像素（空处补 0），并加正态噪声；每一步重新抽取，由种子与步数决定。其他时候 y = x。第一个轴为批，最后两个轴为高与宽。',
  ),
  glyph: '⇋',
  params: z.object({
    flip: z
      .number()
      .min(0)
      .max(1)
      .default(0.5)
      .meta({ label: text('Mirror, p', '翻转概率 p') }),
    shift: z
      .int()
      .min(0)
      .max(64)
      .default(2)
      .meta({ label: text('Move, pixels', '平移像素') }),
    noise: z
      .number()
      .min(0)
      .max(100)
      .default(0)
      .meta({ label: text('Noise', '噪声'), doc: text('Standard deviation', '标准差') }),
  }),
  inputs: [{ name: 'x' }],
  outputs: [{ name: 'y' }],
  summary: ({ flip, shift, noise }) =>
    [flip > 0 && `⇋ ${flip}`, shift > 0 && `± ${shift}`, noise > 0 && `σ ${noise}`]
      .filter(Boolean)
      .join(', '),
  infer({ inputs, report }) {
    const { x } = inputs;
    if (!x) return {};
    if (x.axes.length < 3) {
      const axes = x.axes.map(({ name }) => name).join(' ') || '–';
      report('rank-mismatch', { port: 'x' }, { what: 'x', actual: x.axes.length, axes, expected: '≥ 3' });
      return {};
    }
    return { y: x };
  },
  lower({ params: { flip, shift, noise }, inputs, ir, random, training }) {
    const x = inputs.x as number;
    if (!training) return { y: x };
    const shape = ir.shape(x);
    const [batch = 1] = shape;
    const [height, width] = shape.slice(-2) as [number, number];
    const draw = (isWanted: boolean) => (isWanted ? random([batch]) : undefined);
    const [turned, down, across] = [draw(flip > 0), draw(shift > 0), draw(shift > 0)];
    const strength = { flip, shift };
    let y = x;
    if (turned !== undefined || across !== undefined) {
      const flat = ir.reshape(x, [batch, shape.slice(1, -2).reduce((n, size) => n * size, 1), height, width]);
      const columns = places(ir, batch, width, { turned, moved: across }, strength);
      const turnedOver = ir.einsum('brhw,bvw->brhv', flat, columns);
      const rows = down === undefined ? undefined : places(ir, batch, height, { moved: down }, strength);
      y = ir.reshape(rows === undefined ? turnedOver : ir.einsum('brhv,bgh->brgv', turnedOver, rows), shape);
    }
    if (noise > 0) y = ir.map([y, gaussian(ir, random, shape)], e.add(arg(0), e.mul(number(noise), arg(1))));
    return { y };
  },
  torch({ params: { flip, shift, noise }, inputs, length, let: line, random, helper: define, training }) {
    const x = inputs.x as string;
    const batch = `(${length('x', 0)},)`;
    const whole = (name: string) =>
      shift > 0
        ? line(
            name,
            `(${random(batch)} * ${2 * shift + 1}).floor().clamp(max=${2 * shift}).long() - ${shift} if ${training} else None`,
          )
        : `torch.zeros(${batch}, dtype=torch.long, device=${x}.device)`;
    const turned =
      flip > 0
        ? line('turned', `${random(batch)} < ${pythonNumber(flip)} if ${training} else None`)
        : `torch.zeros(${batch}, dtype=torch.bool, device=${x}.device)`;
    const [down, across] = [whole('down'), whole('across')];
    const added =
      noise > 0
        ? `${pythonNumber(noise)} * (-2 * ${random(`${x}.shape`)}.log()).sqrt() * (2 * math.pi * ${random(`${x}.shape`)}).cos()`
        : 'None';
    return { y: `${define(helper)}(${x}, ${turned}, ${down}, ${across}, ${added}) if ${training} else ${x}` };
  },
  examples: [
    {
      inputs: { x: { axes: 'b 1, h 2, w 2', values: [1, 2, 3, 4] } },
      expect: { y: { axes: 'b 1, h 2, w 2', values: [1, 2, 3, 4] } },
    },
    {
      params: { flip: 0, shift: 0, noise: 1 },
      inputs: { x: { axes: 'b 1, c 1, h 1, w 2', values: [1, -2] } },
      expect: { y: { axes: 'b 1, c 1, h 1, w 2', values: [1, -2] } },
    },
  ],
});
