/**
 * Scaled dot-product attention in heads, with masks: Vaswani et al., "Attention is all you need", arXiv 1706.03762,
 * section 3.2; groups of heads that share keys and values: Ainslie et al., arXiv 2305.13245.
 */
import { text } from '../base/text.ts';
import type { Builder } from '../ir/builder.ts';
import { arg, binary, type Expr, number, select } from '../ir/expr.ts';
import type { ValueId } from '../ir/program.ts';
import type { Axis } from '../tensor/axis.ts';
import type { InferContext } from './define.ts';
import { softmaxAlongLast } from './log-sum-exp.ts';
import { meetInOrder } from './meeting.ts';
import { optionalPorts } from './optional-ports.ts';
import * as params from './params.ts';
import { pythonBoolean, type TorchContext } from './torch.ts';

export const headsUnit = text(' heads', ' 个头');

export const headParams = {
  heads: params
    .count(1000)
    .default(1)
    .meta({ label: text('Heads', '头数'), doc: text('They share the width equally', '各头平分宽度') }),
  keyHeads: params
    .count(1000)
    .optional()
    .meta({
      label: text('Heads of keys', '键的头数'),
      doc: text(
        'Fewer for keys and values, each for a group of queries; empty: as many',
        '键和值用较少的头，每个头供一组查询使用；留空则同样多',
      ),
    }),
  causal: params.flag.meta({ label: text('Causal', '因果') }),
};

export interface HeadParams {
  readonly heads: number;
  readonly keyHeads?: number | undefined;
  readonly causal: boolean;
}

/** Which places are seen: ports that every kind of attention has. */
export const maskPorts = optionalPorts([
  { name: 'mask', title: text('mask', '掩码') },
  { name: 'padding', title: text('padding', '填充') },
]);

/** False, with a diagnostic, where the heads of queries cannot be shared out among those of keys. */
export function groupsEqually({
  params: { heads, keyHeads = heads },
  report,
}: InferContext<HeadParams>): boolean {
  if (heads % keyHeads === 0) return true;
  const detail = text(
    `${heads} heads cannot be parted into ${keyHeads} equal groups`,
    `${heads} 个头不能平分成 ${keyHeads} 组`,
  );
  report('bad-param', { param: 'keyHeads' }, { param: 'keyHeads', detail });
  return false;
}

/**
 * Masks meet what they hide: `mask` is [t, s], or has the batch axes of the queries before; `padding` is [s], or has
 * those before.
 */
export function meetMasks(
  context: InferContext<unknown>,
  batch: readonly Axis[],
  asking: Axis,
  answering: Axis,
): boolean {
  const whole = { mask: [asking, answering], padding: [answering] };
  for (const port of ['mask', 'padding'] as const) {
    const given = context.inputs[port]?.axes;
    if (!given) continue;
    const expected = given.length === whole[port].length ? whole[port] : [...batch, ...whole[port]];
    if (given.length !== expected.length) {
      const axes = given.map((axis) => axis.name).join(', ') || '–';
      const values = { what: port, actual: given.length, axes, expected: expected.length };
      context.report('rank-mismatch', { port }, values);
      return false;
    }
    meetInOrder(context, expected, given, port);
  }
  return true;
}

export interface Attending {
  /** […, t, heads · d] */
  readonly q: ValueId;
  /** […, s, keyHeads · d] */
  readonly k: ValueId;
  /** […, s, keyHeads · e] */
  readonly v: ValueId;
  readonly mask?: ValueId | undefined;
  readonly padding?: ValueId | undefined;
}

/** Beside it, any score that is computed is large; and it can be subtracted from itself. */
const hidden = -1e30;

/** […, t, heads · e]. A place to which masks leave nothing gets 0. */
export function attend(
  ir: Builder,
  { heads, keyHeads = heads, causal }: HeadParams,
  { q, k, v, mask, padding }: Attending,
): ValueId {
  const shared = heads / keyHeads;
  /** […, t, width] as […, t, head, width of a head]; queries by groups of heads, where several share their keys. */
  const split = (x: ValueId, parts: readonly number[]): ValueId => {
    const shape = ir.shape(x);
    const width = shape.at(-1) as number;
    return ir.reshape(x, [...shape.slice(0, -1), ...parts, width / parts.reduce((n, part) => n * part, 1)]);
  };
  const queries = split(q, shared === 1 ? [heads] : [keyHeads, shared]);
  const [keys, values] = [split(k, [keyHeads]), split(v, [keyHeads])];
  const batch = Array.from({ length: ir.shape(q).length - 2 }, (_, d) => d);
  // Labels: batch axes, then t, s, head of keys, query in its group, and the two widths.
  const [t, s, group, own, d, wide] = [0, 1, 2, 3, 4, 5].map((label) => batch.length + label) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const head = shared === 1 ? [group] : [group, own];
  const scores = ir.contract(
    [queries, keys],
    [
      [...batch, t, ...head, d],
      [...batch, s, group, d],
    ],
    [...batch, ...head, t, s],
    { scale: 1 / Math.sqrt(ir.shape(queries).at(-1) as number) },
  );
  const shape = ir.shape(scores);
  const [now, then] = [shape.length - 2, shape.length - 1];
  /** The choice of `x`, which reads the first argument, where a place is seen, else `other`. */
  const where = (scored: ValueId, other: number): ValueId => {
    const args = [scored];
    const axes: (readonly number[])[] = [shape.map((_, axis) => axis)];
    const add = (value: ValueId, along: readonly number[]): Expr => {
      axes.push(along);
      return arg(args.push(value) - 1);
    };
    let seen: Expr = arg(0);
    if (causal)
      seen = select(
        binary('le', add(ir.iota(shape[then] as number), [then]), add(ir.iota(shape[now] as number), [now])),
        seen,
        number(other),
      );
    for (const [value, own] of [
      [mask, [now, then]],
      [padding, [then]],
    ] as const)
      if (value !== undefined) {
        const along = ir.shape(value).length === own.length ? own : [...batch, ...own];
        seen = select(add(value, along), seen, number(other));
      }
    return ir.map(args, seen, axes, shape);
  };
  const isMasked = mask !== undefined || padding !== undefined;
  // A causal mask alone always leaves a place itself.
  const weighed = softmaxAlongLast(
    ir,
    isMasked || causal ? where(scores, isMasked ? hidden : -Infinity) : scores,
  );
  const weights = isMasked ? where(weighed, 0) : weighed;
  const heard = ir.contract(
    [weights, values],
    [
      [...batch, ...head, t, s],
      [...batch, s, group, wide],
    ],
    [...batch, t, ...head, wide],
  );
  const width = heads * (ir.shape(values).at(-1) as number);
  return ir.reshape(heard, [...ir.shape(q).slice(0, -1), width]);
}

/** The same in plain torch operations, which 1.13 has, and which give 0 where masks leave nothing. */
const helper = `def attend(q, k, v, heads, key_heads, causal=False, mask=None, padding=None):
    """Scaled dot-product attention; heads stand one behind the other along the last axis."""
    q = q.unflatten(-1, (key_heads, heads // key_heads, -1))
    k, v = k.unflatten(-1, (key_heads, -1)), v.unflatten(-1, (key_heads, -1))
    scores = torch.einsum('...tghd,...sgd->...ghts', q, k) / math.sqrt(q.shape[-1])
    seen = torch.ones(scores.shape[-2:], dtype=torch.bool, device=q.device)
    if causal:
        seen = seen.tril()
    if mask is not None:
        seen = seen & (mask != 0)[..., None, None, :, :]
    if padding is not None:
        seen = seen & (padding != 0)[..., None, None, None, :]
    weights = torch.softmax(scores.masked_fill(~seen, -1e30), -1) * seen
    return torch.einsum('...ghts,...sgd->...tghd', weights, v).flatten(-3)`;

/** Written in PyTorch, with q, k and v as Python expressions. */
export function torchAttend(
  { params: { heads, keyHeads = heads, causal }, inputs, helper: define }: TorchContext<HeadParams>,
  q: string,
  k: string,
  v: string,
): string {
  const options = [
    causal ? `, causal=${pythonBoolean(causal)}` : '',
    ...['mask', 'padding'].map((port) => (inputs[port] === undefined ? '' : `, ${port}=${inputs[port]}`)),
  ];
  return `${define(helper)}(${q}, ${k}, ${v}, ${heads}, ${keyHeads}${options.join('')})`;
}
