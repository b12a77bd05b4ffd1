/** A diagram in words, for those who do not see it. */
import { fill, type Locale, text } from '../../../base/text.ts';
import type { Form } from '../layout/recognise.ts';
import type { NetworkDiagram, TensorKind } from './network-diagram.ts';

export const diagramSpeech = {
  network: text('{form} of {count} tensors.', '{count} 个张量构成的{form}。'),
  one: text('One tensor.', '一个张量。'),
  several: text(
    '{parts} networks side by side, {count} tensors in all.',
    '并列的 {parts} 个网络，共 {count} 个张量。',
  ),
  joins: text('{index} joins {tensors}.', '{index}连接 {tensors}。'),
  trace: text('{index} is the trace of {tensor}.', '{index}是 {tensor} 的迹。'),
  summed: text('{index} of {tensor} is summed.', '对 {tensor} 的 {index} 求和。'),
  open: text('Open: {indices}.', '开放指标：{indices}。'),
  scalar: text('Nothing is open: the result is a number.', '没有开放指标：结果是一个数。'),
  sized: text('{name} of size {size}', '{name}（大小 {size}）'),
  unsized: text('{name} of unknown size', '{name}（大小未定）'),
  plain: text('tensor {name}', '张量 {name}'),
  isometry: text('isometry {name}', '等距 {name}'),
  diagonal: text('diagonal tensor {name}', '对角张量 {name}'),
  delta: text('delta {name}', 'δ {name}'),
} as const;

const forms: Readonly<Record<Form, ReturnType<typeof text>>> = {
  point: text('A point', '单点'),
  chain: text('A chain', '链'),
  ring: text('A ring', '环'),
  lattice: text('A lattice', '格子'),
  tree: text('A tree', '树'),
  star: text('A star', '星形'),
  rings: text('Rings inside each other', '同心环'),
  row: text('A row between two', '两者之间的一排'),
  general: text('A network', '网络'),
};

export const speakTensor = (name: string, kind: TensorKind, locale: Locale): string =>
  fill(diagramSpeech[kind === 'general' ? 'plain' : kind], { name })[locale];

export function speakIndex({ indices }: NetworkDiagram, index: number, locale: Locale): string {
  const { name = '', size } = indices[index] ?? {};
  return size === undefined
    ? fill(diagramSpeech.unsized, { name })[locale]
    : fill(diagramSpeech.sized, { name, size })[locale];
}

/** What an index does: what it joins, of what it is the trace, or where it is summed; undefined where it is only open. */
export function sayIndex(diagram: NetworkDiagram, index: number, locale: Locale): string | undefined {
  const { tensors, output } = diagram;
  const ends = tensors.flatMap(({ axes, name }) => axes.filter((i) => i === index).map(() => name));
  const told = { index: speakIndex(diagram, index, locale) };
  const [first = ''] = ends;
  const holders = tensors.filter(({ axes }) => axes.includes(index)).length;
  if (holders > 1) return fill(diagramSpeech.joins, { ...told, tensors: ends.join(comma(locale)) })[locale];
  if (ends.length > 1) return fill(diagramSpeech.trace, { ...told, tensor: first })[locale];
  return output.includes(index) ? undefined : fill(diagramSpeech.summed, { ...told, tensor: first })[locale];
}

const comma = (locale: Locale): string => (locale === 'zh' ? '、' : ', ');

/** All of it in a few sentences: its form, what each index joins, what is open. */
export function describeDiagram(diagram: NetworkDiagram, found: readonly Form[], locale: Locale): string {
  const { tensors, indices, output } = diagram;
  const count = tensors.length;
  const [only] = found;
  const first =
    count === 1
      ? diagramSpeech.one[locale]
      : found.length === 1 && only
        ? fill(diagramSpeech.network, { form: forms[only], count })[locale]
        : fill(diagramSpeech.several, { parts: found.length, count })[locale];
  const open = output.map((index) => speakIndex(diagram, index, locale)).join(comma(locale));
  return [
    first,
    ...[...indices.keys()].flatMap((index) => sayIndex(diagram, index, locale) ?? []),
    open === '' ? diagramSpeech.scalar[locale] : fill(diagramSpeech.open, { indices: open })[locale],
  ].join(locale === 'zh' ? '' : ' ');
}
