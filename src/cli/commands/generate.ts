/** `tensorloom generate`: what a trained model of language writes. */
import { type Diagnostic, isError } from '../../base/diagnostic.ts';
import { visible, visibleLines } from '../../base/visible.ts';
import { analyse } from '../../compiler/index.ts';
import { type TextModel, textModelsIn } from '../../compiler/text-models.ts';
import { encode, longestText, writeTexts } from '../../runtime/generate.ts';
import { type Model, openModel, readWeights } from '../../runtime/index.ts';
import {
  type Call,
  type CliCommand,
  type CommandResult,
  numberOption,
  seedOption,
  textOption,
  UsageError,
} from '../command.ts';
import { readBytes, readGraph } from '../command-files.ts';
import { chosenDtype, chosenEngine, dtypeOption, engineOption, weightsOption } from '../engine-options.ts';
import type { Io } from '../io.ts';

/** Left out: texts, and characters of one that nothing ends. */
const [COUNT, CHARACTERS] = [10, 200];
const [MOST_TEXTS, MOST_CHARACTERS] = [1000, 100_000];

export const generate: CliCommand = {
  usage: 'generate GRAPH.json --from FILE',
  about: 'let a trained model of language write, a character at a time',
  operands: { min: 1, max: 1 },
  options: {
    from: weightsOption,
    prompt: { type: 'string', value: 'TEXT', help: 'what every text begins with' },
    count: { type: 'string', value: 'N', help: `how many texts; ${COUNT} when left out` },
    length: {
      type: 'string',
      value: 'N',
      help: `characters of a text at most; ${CHARACTERS} when left out, or as many as a row of the data has`,
    },
    temperature: {
      type: 'string',
      value: 'T',
      help: '1 when left out; lower is likelier and duller, 0 always the likeliest character',
    },
    seed: { type: 'string', value: 'S', help: 'of what is drawn; 1 when left out' },
    of: {
      type: 'string',
      value: 'NODE',
      help: 'the loss whose scores are used, where the graph has several',
    },
    engine: engineOption,
    dtype: dtypeOption,
    memory: { type: 'string', value: 'BYTES', help: 'refuse to use more than this' },
  },
  async run(call, io) {
    const memoryLimit = numberOption(call, 'memory', 'positive');
    const count = numberOption(call, 'count', 'whole', MOST_TEXTS) ?? COUNT;
    if (count === 0) throw new UsageError('--count takes a number of at least 1');
    const most = numberOption(call, 'length', 'whole', MOST_CHARACTERS) ?? CHARACTERS;
    const [seed, temperature, dtype] = [seedOption(call) ?? 1, temperatureOf(call), chosenDtype(call)];
    const [fromPath, text] = [textOption(call, 'from'), textOption(call, 'prompt') ?? ''];
    if (fromPath === undefined) throw new UsageError('--from FILE: what writes needs trained parameters');
    const { value: document, diagnostics } = await readGraph(call.operands[0] as string, io);
    if (!document) return refused(diagnostics);
    const loaded = readWeights(await readBytes(fromPath, io), fromPath);
    if (!loaded.value) return refused([...diagnostics, ...loaded.diagnostics]);
    const analysis = analyse(document);
    const errors = analysis.diagnostics.filter(isError);
    const models = textModelsIn(analysis);
    if (models.length === 0 && errors.length > 0) return refused([...diagnostics, ...errors]);
    const writer = chosen(models, textOption(call, 'of'));
    const prompt = encode(writer, text);
    if ('unknown' in prompt)
      throw new UsageError(`--prompt: the model does not know the character "${visible(prompt.unknown)}"`);

    const from = loaded.value;
    const engine = await io.engines[chosenEngine(call, from.engine)]();
    const model = await openModel(document, { engine, dtype, memoryLimit, from });
    const wish = { prompt: prompt.codes, count, most, temperature, seed };
    const written = await texts(model, writer, wish, io);
    return {
      ok: !written.diagnostics.some(isError),
      diagnostics: [...diagnostics, ...loaded.diagnostics, ...written.diagnostics],
      json: {
        ...{ engine: engine.name, dtype: model.dtype, variant: engine.variant },
        ...{ seed, temperature, limit: Math.min(most, longestText(writer)), texts: written.texts },
      },
      text: written.texts.map((one) => (one === '' ? '–' : visibleLines(one))).join('\n'),
    };
  },
};

const refused = (diagnostics: readonly Diagnostic[]): CommandResult => ({
  ok: false,
  diagnostics,
  json: {},
  text: '',
});

function temperatureOf(call: Call): number {
  const written = textOption(call, 'temperature');
  if (written === undefined) return 1;
  const value = written.trim() === '' ? Number.NaN : Number(written);
  if (!(value >= 0 && value <= 100))
    throw new UsageError(`--temperature takes a number from 0 to 100, not "${written}"`);
  return value;
}

function chosen(models: readonly TextModel[], of: string | undefined): TextModel {
  const [first] = models;
  if (!first)
    throw new UsageError(
      'this graph writes no text: it has no loss between scores and the next characters of a data set of text',
    );
  const found = of === undefined ? first : models.find(({ by }) => by === of);
  if (!found) throw new UsageError(`--of takes one of ${models.map(({ by }) => by).join(', ')}`);
  return found;
}

async function texts(
  model: Model,
  writer: TextModel,
  wish: Parameters<typeof writeTexts>[2],
  { signal }: Io,
): Promise<{ readonly texts: readonly string[]; readonly diagnostics: readonly Diagnostic[] }> {
  const { scores, column, length } = writer;
  const inputs = { [column.key]: [wish.count, length] };
  const { value: open, diagnostics } = await model.prediction({
    inputs,
    outputs: [scores],
    untrained: false,
  });
  if (!open) return { texts: [], diagnostics };
  let last: readonly string[] = [];
  try {
    for await (const { value, diagnostics: found } of writeTexts(writer, open, wish)) {
      if (!value) return { texts: [], diagnostics: [...diagnostics, ...found] };
      last = value;
      if (signal.aborted) break;
    }
  } finally {
    open.close();
  }
  return { texts: last, diagnostics };
}
