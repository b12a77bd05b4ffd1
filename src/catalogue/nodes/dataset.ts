/** A data set, served in batches. */
import { z } from 'zod';
import { text } from '../../base/text.ts';
import { validate } from '../../base/validate.ts';
import { type DataSet, datasets, findDataSet } from '../../datasets/index.ts';
import { defineNode } from '../define.ts';
import { reals } from '../meanings.ts';
import * as params from '../params.ts';

const names = datasets.map((d) => d.name) as [string, ...string[]];

const datasetOf = (name: string) => findDataSet(name) as DataSet;

/** The data set's options with its defaults filled in; undefined where they are no good. */
function optionsOf(name: string, options: unknown) {
  const dataset = datasetOf(name);
  const read = validate(dataset.options, options);
  return 'value' in read ? { dataset, options: read.value } : undefined;
}

export const dataset = defineNode({
  type: 'dataset',
  category: 'data',
  title: text('Data set', '数据集'),
  doc: text(
    'Rows of a data set, a new random batch at each step. A part is held back to test on.',
    '数据集的行，每一步随机取一批。保留一部分用于测试。',
  ),
  glyph: '▤',
  params: z.object({
    data: z
      .enum(names)
      .default('digits')
      .meta({
        label: text('Data', '数据'),
        options: Object.fromEntries(datasets.map((d) => [d.name, d.title])),
      }),
    batch: params.indexName.default('B').meta({
      label: text('Batch size', '批大小'),
      doc: text('A dimension of the document, such as B', '文档的一个维度，如 B'),
    }),
    test: z
      .number()
      .min(0)
      .max(0.9)
      .default(0.2)
      .meta({
        label: text('Held back', '留出比例'),
        doc: text('Share of rows kept for testing', '留作测试的行所占比例'),
      }),
    splitSeed: params.seed.default(1).meta({ label: text('Split seed', '划分种子') }),
    options: z
      .record(z.string(), z.json())
      .default({})
      .meta({ label: text('Options', '选项'), widget: 'json' }),
  }),
  inputs: [],
  outputs: ({ params }) => {
    const found = optionsOf(params.data, params.options) ?? optionsOf(params.data, {});
    return found?.dataset.columns(found.options).map((c) => ({ name: c.name })) ?? [];
  },
  summary: ({ data }) => data,
  infer({ params, size, report }) {
    const data = datasetOf(params.data);
    const read = validate(data.options, params.options);
    if ('faults' in read) {
      for (const { path, detail } of read.faults)
        report('bad-param', { param: 'options' }, { param: ['options', ...path].join('.'), detail });
      return {};
    }
    const batch = { name: 'batch', size: size(params.batch, 'batch'), batch: true as const };
    return Object.fromEntries(
      data.columns(read.value).map((column) => [
        column.name,
        {
          axes: [batch, ...column.axes.map((a) => ({ name: a.name, size: size(a.size, 'data') }))],
          meaning: column.classes === undefined ? reals : { kind: 'classes', classes: column.classes },
        },
      ]),
    );
  },
  lower: ({ outputTypes, data }) =>
    Object.fromEntries(Object.keys(outputTypes).map((column) => [column, data(column)])),
  dataset: ({ data, batch, test, splitSeed, options }) => ({
    name: data,
    options: optionsOf(data, options)?.options ?? {},
    batch,
    testFraction: test,
    splitSeed,
  }),
  examples: [],
});
