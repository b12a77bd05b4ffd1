/** What the trained model says: of rows that were held back, and of what somebody gives it. Fetched when it is asked. */
import { isError, type Outcome } from '../base/diagnostic.ts';
import type { Analysis } from '../compiler/index.ts';
import { type DataColumn, judgedIn } from '../compiler/judged.ts';
import { sampledIn } from '../compiler/sampled.ts';
import { type TextModel, textModelsIn } from '../compiler/text-models.ts';
import type { Compiled } from '../compiler/types.ts';
import type { DataSource } from '../datasets/index.ts';
import { loadData } from '../runtime/data.ts';
import { drawSamples, type SampleWish } from '../runtime/draw-samples.ts';
import { encode, type TextWish, writeTexts } from '../runtime/generate.ts';
import type { Model } from '../runtime/index.ts';
import type { GivenTensor } from '../runtime/prediction.ts';

/** Rows with their labels, and what the model makes of them. */
export interface JudgedRows {
  /** Whether no step has trained on them; where nothing is held back they are training rows. */
  readonly isTest: boolean;
  /** How many there are in all. */
  readonly count: number;
  /** Their numbers in the data set. */
  readonly rows: readonly number[];
  readonly features: readonly (Pick<DataColumn, 'key' | 'axes'> & { readonly data: Float32Array })[];
  readonly labels: Float32Array;
  readonly classes: number;
  /** What they are called, where they have names. */
  readonly names: readonly string[] | undefined;
  /** The port of the scores, and their numbers: `classes` for each row. */
  readonly port: string;
  readonly scores: Float32Array;
}

/** What the model of a document can be used for. */
export interface ModelUses {
  /** It classifies rows of a data set. */
  readonly judges: boolean;
  /** Those in it that write. */
  readonly texts: readonly TextModel[];
  /** Samples can be drawn from it. */
  readonly samples: boolean;
}

export const usesOf = (analysis: Analysis): ModelUses => ({
  judges: judgedIn(analysis) !== undefined,
  texts: textModelsIn(analysis),
  samples: sampledIn(analysis) !== undefined,
});

export interface ModelParts {
  readonly analysis: Analysis;
  readonly compiled: Compiled;
  readonly model: Model;
  readonly data: DataSource | undefined;
}

/** The first `most` rows that are held back. No value where the document classifies nothing. */
export async function heldBack(
  { analysis, compiled, model, data: source }: ModelParts,
  most: number,
): Promise<Outcome<JudgedRows>> {
  const judged = judgedIn(analysis);
  if (!judged) return { diagnostics: [] };
  // As they stand in their file: the model normalises what it is given.
  const raw = compiled.data.map((spec) => ({ ...spec, normalise: undefined }));
  const loaded = await loadData(raw, source);
  if (loaded.diagnostics.some(isError)) return { diagnostics: loaded.diagnostics };
  const of = ({ node }: DataColumn) => loaded.value?.find(({ spec }) => spec.node === node);
  const { split, facts } = of(judged.labels) ?? {};
  if (!split) return { diagnostics: [] };
  const all = split.test.length > 0 ? split.test : split.train;
  const rows = [...all.slice(0, most)];
  const gather = (column: DataColumn): Float32Array => {
    const numbers = of(column)?.columns[column.port] ?? new Float32Array();
    const width = column.axes.reduce((n, { size }) => n * size, 1);
    const gathered = new Float32Array(rows.length * width);
    for (const [i, row] of rows.entries())
      gathered.set(numbers.subarray(row * width, (row + 1) * width), i * width);
    return gathered;
  };
  const features = judged.features.map((column) => ({ ...column, data: gather(column) }));
  const inputs = Object.fromEntries(
    features.map(({ key, axes, data }) => [key, { shape: [rows.length, ...axes.map((a) => a.size)], data }]),
  );
  const { value, diagnostics } = await model.predict(inputs, { outputs: [judged.scores] });
  const scores = value?.[judged.scores];
  if (!scores) return { diagnostics };
  return {
    value: {
      isTest: split.test.length > 0,
      count: all.length,
      rows,
      features: features.map(({ key, axes, data }) => ({ key, axes, data })),
      labels: gather(judged.labels),
      classes: judged.classes,
      names: facts?.[judged.labels.key]?.names,
      port: judged.scores,
      scores: Float32Array.from(scores.data),
    },
    diagnostics: [],
  };
}

export const predictFor = (
  { model }: ModelParts,
  inputs: Readonly<Record<string, GivenTensor>>,
  outputs: readonly string[],
): Promise<Outcome<Readonly<Record<string, GivenTensor>>>> => model.predict(inputs, { outputs });

/** What a writing model is asked for: the prompt as it was typed. */
export interface WritingWish extends Omit<TextWish, 'prompt'> {
  readonly scores: string;
  readonly prompt: string;
}

export interface GrownTexts {
  readonly texts: readonly string[];
  readonly unknown?: string;
}

/** The texts as they grow. No value where the document has no such model. */
export async function* write(
  { analysis, model }: Pick<ModelParts, 'analysis' | 'model'>,
  { scores, prompt, ...wish }: WritingWish,
): AsyncGenerator<Outcome<GrownTexts>, void, void> {
  const writer = textModelsIn(analysis).find((found) => found.scores === scores);
  if (!writer) return yield { diagnostics: [] };
  const begun = encode(writer, prompt);
  if ('unknown' in begun) return yield { value: { texts: [], ...begun }, diagnostics: [] };
  const inputs = { [writer.column.key]: [wish.count, writer.length] };
  const { value: open, diagnostics } = await model.prediction({ inputs, outputs: [scores] });
  if (!open) return yield { diagnostics };
  try {
    for await (const { value: texts, diagnostics: found } of writeTexts(writer, open, {
      ...wish,
      prompt: begun.codes,
    }))
      yield { value: texts && { texts }, diagnostics: found };
  } finally {
    open.close();
  }
}

/** What follows from priors for so many samples. No value where the document has none. */
export async function sample(
  { analysis, model }: Pick<ModelParts, 'analysis' | 'model'>,
  wish: Pick<SampleWish, 'count' | 'seed'>,
): Promise<Outcome<Readonly<Record<string, GivenTensor>>>> {
  const sampled = sampledIn(analysis);
  return sampled ? drawSamples(model, sampled, wish) : { diagnostics: [] };
}
