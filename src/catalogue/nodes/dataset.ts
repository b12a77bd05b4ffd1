/** A data set, served in batches. */
import { z } from 'zod';
import { nearest } from '../../base/nearest.ts';
import { type Text, text } from '../../base/text.ts';
import { validate } from '../../base/validate.ts';
import {
  type Column,
  type DataHeader,
  datasets,
  type Normalising,
  normalisations,
  type SplitKind,
  splitKinds,
} from '../../datasets/index.ts';
import { defineNode, type InferContext, type PortSpec } from '../define.ts';
import * as params from '../params.ts';
import { continuous } from '../value-kinds.ts';

type Options = Readonly<Record<string, z.core.util.JSONType>>;

/** An option that the set does not have changes nothing: most often its name is mistyped. */
function tellUnknown(
  report: InferContext<unknown>['report'],
  { title, options: schema }: DataHeader,
  options: Options,
  option: string,
): void {
  const others = Object.keys(schema.shape).filter((name) => !Object.hasOwn(options, name));
  const meant = nearest(
    option,
    others.map((name) => ({ name })),
  );
  const suggestion = meant === undefined ? '' : text(`, or call it “${meant}”`, `，或改名为 “${meant}”`);
  report('unknown-param', { param: 'options' }, { type: title, param: option, suggestion });
}

/** Classes are labels; where all columns are alike in that, what stands last is what the others are to tell. */
function columnPorts(columns: readonly Column[]): readonly PortSpec[] {
  const areLabels = columns.map(({ classes }) => classes !== undefined);
  const tell = areLabels.some((is) => is !== areLabels[0]);
  return columns.map(({ name }, i) => {
    const isLabel = tell ? areLabels[i] : i === columns.length - 1 && (i > 0 || areLabels[i]);
    return { name, meaning: isLabel ? 'labels' : 'features' };
  });
}

/** A number for each row that says what it is. */
const isLabel = ({ classes, axes }: Column): boolean => classes !== undefined && axes.length === 0;

/** Whether a table of the document keeps rows in which something is missing. */
const fillsIn = (header: DataHeader | undefined): boolean => tableOf(header)?.missing === 'mean';

/** What a document's own table says of itself (datasets/table/recipe.ts), as far as it matters here. */
const tableOf = (header: DataHeader | undefined) =>
  header?.own?.source.table as { group?: unknown; order?: unknown; missing?: unknown } | undefined;

/** Inputs are normalised: what is no class, and not what the others are to tell. */
function normalisingOf(
  columns: readonly Column[],
  kind: Normalising['kind'],
  fills: boolean,
): Normalising | undefined {
  if (kind === 'none' && !fills) return undefined;
  const ports = columnPorts(columns);
  const parts = columns.flatMap(({ name, axes, classes }, c) => {
    if (classes !== undefined || ports[c]?.meaning === 'labels') return [];
    const [first] = axes;
    // Each feature of a table; of images and sequences each channel, which stands first.
    return [[name, first?.size ?? 1] as const];
  });
  return { kind, parts: Object.fromEntries(parts) };
}

/** Why rows cannot be split so. */
function whyNotSplit(kind: SplitKind, header: DataHeader, columns: readonly Column[]): Text | undefined {
  if (kind === 'stratified' && !columns.some(isLabel))
    return text('these data have no classes', '这些数据没有类别');
  const table = tableOf(header);
  if (kind === 'order' && typeof table?.order !== 'string')
    return text('these data name no order', '这些数据没有指明顺序');
  if (kind === 'group' && typeof table?.group !== 'string')
    return text('these data name no groups', '这些数据没有指明分组');
  return undefined;
}

function paramsOf(headers: readonly DataHeader[]) {
  const names = headers.map((d) => d.name) as [string, ...string[]];
  return z.object({
    data: z
      .enum(names)
      .default(names[0])
      .meta({
        label: text('Data', '数据'),
        options: Object.fromEntries(headers.map((d) => [d.name, d.title])),
      }),
    batch: params.indexName.default('B').meta({
      label: text('Batch size', '批大小'),
      doc: text(
        'A dimension of the document, such as B. A batch that comes to the end of the rows goes on with the next shuffle: none is short',
        '文档的一个维度，如 B。取到末尾的批会接着取下一轮打乱的行，因此没有不足的批',
      ),
    }),
    replacement: z
      .boolean()
      .default(false)
      .meta({
        label: text('With replacement', '有放回'),
        doc: text(
          'Each training row is drawn from all anew. Without, every row is taken once an epoch, and the noise of batches cancels within it',
          '每行都重新从全部训练行中抽取。否则每轮每行恰取一次，各批的噪声在一轮内相互抵消',
        ),
      }),
    test: z
      .number()
      .min(0)
      .max(0.9)
      .default(0.2)
      .meta({
        label: text('Held back', '留出比例'),
        doc: text(
          'Share of rows kept for testing; whole trajectories where rows are points of some',
          '留作测试的行所占比例；若各行是轨迹上的点，则按整条轨迹留出',
        ),
      }),
    splitSeed: params.seed.default(1).meta({
      label: text('Split seed', '划分种子'),
      doc: text('The seed of the run does not move it', '不随运行的种子而变'),
    }),
    splitBy: z
      .enum(splitKinds)
      .default('random')
      .meta({
        label: text('Split', '划分'),
        doc: text(
          'Which rows are held back: drawn at random; so that each class keeps its share; the last by the order that the data name; or whole groups that they name',
          '留出哪些行：随机抽取；按类别保持比例；按数据指明的顺序取最后的行；或按数据指明的整组',
        ),
        options: {
          random: text('at random', '随机'),
          stratified: text('by class', '按类别'),
          order: text('by time', '按时间'),
          group: text('by group', '按组'),
        },
      }),
    normalise: z
      .enum(normalisations)
      .default('none')
      .meta({
        label: text('Normalisation', '归一化'),
        doc: text(
          'Of the inputs, each by itself (of images each channel), by what the training rows alone show; it is kept with the trained state',
          '对各输入（图像为各通道）分别进行，只依据训练行；与训练结果一同保存',
        ),
        options: {
          none: text('none', '无'),
          standard: text('mean 0, deviation 1', '均值 0、标准差 1'),
          minmax: text('0 to 1', '0 到 1'),
        },
      }),
    options: z
      .record(z.string(), z.json())
      .default({})
      .meta({ label: text('Options', '选项'), widget: 'json' }),
  });
}

/** The node type for these data sets, the first being the default. */
export function defineDataset(headers: readonly DataHeader[]) {
  const headerOf = (name: string) => headers.find((d) => d.name === name) as DataHeader;

  /** A header and its options with their defaults filled in; undefined where these are no good. */
  function read(name: string, options: unknown) {
    const header = headerOf(name);
    const valid = validate(header.options, options);
    return 'value' in valid ? { header, options: valid.value } : undefined;
  }

  return defineNode({
    type: 'dataset',
    category: 'data',
    title: text('Data set', '数据集'),
    doc: text(
      'Rows of a data set, a new random batch at each step; a part is held back and evaluated all at once. Nodes with as many rows, one split, one batch size and one way of drawing take the same rows. Numbers are held in single precision, for float64 too.',
      '数据集的行，每一步随机取一批；留出一部分，一次全部评估。行数、划分、批大小与抽取方式都相同的节点取相同的行。数值以单精度保存，float64 亦然。',
    ),
    glyph: '▤',
    params: paramsOf(headers),
    symbols: { B: 32 },
    inner: ({ data }) => ({ options: headerOf(data).options }),
    inputs: [],
    outputs: ({ params }) => {
      const found = read(params.data, params.options) ?? read(params.data, {});
      return columnPorts(found?.header.columns(found.options) ?? []);
    },
    summary: ({ data }) => data,
    infer({ params, size, report }) {
      const header = headerOf(params.data);
      const options = validate(header.options, params.options);
      if ('faults' in options) {
        for (const { path, detail } of options.faults)
          report('bad-param', { param: 'options' }, { param: ['options', ...path].join('.'), detail });
        return {};
      }
      for (const key of Object.keys(params.options))
        if (!Object.hasOwn(header.options.shape, key)) tellUnknown(report, header, params.options, key);
      const columns = header.columns(options.value);
      const detail = whyNotSplit(params.splitBy, header, columns);
      if (detail) report('bad-param', { param: 'splitBy' }, { param: 'splitBy', detail });
      const batch = { name: 'batch', size: size(params.batch, 'batch'), batch: true as const };
      return Object.fromEntries(
        columns.map((column) => [
          column.name,
          {
            axes: [batch, ...column.axes.map((a) => ({ name: a.name, size: size(a.size, 'data') }))],
            valueKind:
              column.classes === undefined ? continuous : { kind: 'classes', classes: column.classes },
          },
        ]),
      );
    },
    lower: ({ outputTypes, data }) =>
      Object.fromEntries(Object.keys(outputTypes).map((column) => [column, data(column)])),
    dataset({ data, batch, replacement, test, splitSeed, splitBy, normalise, options }) {
      const found = read(data, options);
      const columns = found?.header.columns(found.options) ?? [];
      const normalising = normalisingOf(columns, normalise, fillsIn(found?.header));
      const classColumn = columns.find(isLabel)?.name;
      const classNames = columns.flatMap(({ name, names }) => (names ? [[name, names] as const] : []));
      return {
        name: data,
        options: found?.options ?? {},
        rows: found?.header.rows(found.options) ?? 0,
        group: found?.header.rowsOfGroup?.(found.options) ?? 1,
        own: found?.header.own,
        batch,
        ...(replacement && { replacement }),
        testFraction: test,
        splitSeed,
        ...(splitBy !== 'random' && { splitBy }),
        ...(splitBy === 'stratified' && classColumn !== undefined && { classColumn }),
        ...(normalising && { normalise: normalising }),
        ...(found?.header.text && { text: found.header.text }),
        ...(classNames.length > 0 && { classNames: Object.fromEntries(classNames) }),
      };
    },
    torch: ({ outputTypes, data }) =>
      Object.fromEntries(Object.keys(outputTypes).map((column) => [column, data(column)])),
    examples: [],
  });
}

/** With the data sets of the product alone. */
export const dataset = defineDataset(datasets);
