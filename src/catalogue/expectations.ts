/** What a node needs of the numbers and sizes that come in, told where they are known from the document. */
import { type Text, text } from '../base/text.ts';
import { asNumber } from '../tensor/size.ts';
import type { InferContext } from './define.ts';

type Context = Pick<InferContext<unknown>, 'inputs' | 'report'>;

/** Says why what comes into a port does not do. */
export const refuseInput = ({ report }: Context, port: string, why: Text, axis?: string): void =>
  report('input-unfit', { port, ...(axis !== undefined && { axis }) }, { what: port, why });

const shown = (x: number): string => String(x).replace('-', '−');

/** Of a scalar that stands in the document: it must not be below 0, and not 0 where `above` is set. */
export function expectPositive(context: Context, port: string, above = false): void {
  const wrong = context.inputs[port]?.written?.find((x) => !(above ? x > 0 : x >= 0));
  if (wrong === undefined) return;
  const least = above ? text('above 0', '大于 0') : text('0 or more', '不小于 0');
  const x = shown(wrong);
  refuseInput(
    context,
    port,
    text(`it must be ${least.en}, and here it is ${x}`, `它必须${least.zh}，此处为 ${x}`),
  );
}

/** Of the axis at a place, where its size is known: there must be so many, for a reason without a full stop. */
export function expectCount(
  context: Context,
  port: string,
  place: number,
  least: number,
  reason: Text,
): void {
  const axis = context.inputs[port]?.axes.at(place);
  const size = axis && asNumber(axis.size);
  if (!axis || size === undefined || size >= least) return;
  const why = text(
    `${reason.en}: ${axis.name} must be at least ${least}, and is ${size}`,
    `${reason.zh}：${axis.name} 至少为 ${least}，此处为 ${size}`,
  );
  refuseInput(context, port, why, axis.name);
}
