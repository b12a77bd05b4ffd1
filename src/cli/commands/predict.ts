/** `tensorloom predict`: what a trained graph makes of new arrays. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose, isError, type Outcome } from '../../base/diagnostic.ts';
import { visible } from '../../base/visible.ts';
import { analyse } from '../../compiler/index.ts';
import { type Sampled, sampledIn } from '../../compiler/sampled.ts';
import type { TensorData } from '../../datasets/formats/elements.ts';
import { readNpy, writeNpy } from '../../datasets/formats/npy.ts';
import { drawSamples } from '../../runtime/draw-samples.ts';
import { openModel, readWeights } from '../../runtime/index.ts';
import { arrayText } from '../array-text.ts';
import {
  type Call,
  type CliCommand,
  type CommandResult,
  numberOption,
  seedOption,
  textOption,
  textOptions,
  UsageError,
} from '../command.ts';
import { mustBeWritable, mustNotOverwrite, readBytes, readGraph, writeFile } from '../command-files.ts';
import { chosenDtype, chosenEngine, dtypeOption, engineOption, weightsOption } from '../engine-options.ts';
import { loadForeign, mapOption, matchJson } from '../foreign-state.ts';
import type { Io } from '../io.ts';
import { isTable, predictedClasses, readRows } from '../rows-file.ts';
import { refusalWithFixes } from '../tried-fixes.ts';

/** Larger results are not printed as JSON. */
const PRINTED = 10_000;

export const predict: CliCommand = {
  usage: 'predict GRAPH.json --from FILE --input data.x=ROWS.csv',
  about: 'compute the Probes of a trained graph for arrays (.npy) or rows of a table (.csv)',
  operands: { min: 1, max: 1 },
  options: {
    from: weightsOption,
    map: mapOption,
    input: {
      type: 'string',
      short: 'i',
      multiple: true,
      value: 'NAME=FILE',
      help: 'an Input, or a port of a data set such as data.x; .npy, or .csv with the columns of its table',
    },
    output: {
      type: 'string',
      multiple: true,
      value: 'NODE.PORT',
      help: 'what to compute; the Probes when left out',
    },
    out: {
      type: 'string',
      short: 'o',
      multiple: true,
      value: 'OUT.npy',
      help: 'write it there, one file for each output',
    },
    sample: {
      type: 'string',
      value: 'N',
      help: 'no inputs: N samples, drawn from what the Priors of the graph say',
    },
    seed: { type: 'string', value: 'S', help: 'of the samples; 1 when left out' },
    engine: engineOption,
    dtype: dtypeOption,
    memory: { type: 'string', value: 'BYTES', help: 'refuse to use more than this' },
  },
  async run(call, io) {
    const memoryLimit = numberOption(call, 'memory', 'positive');
    const dtype = chosenDtype(call);
    const files = inputFiles(call);
    const samples = samplesOf(call, files.size);
    const [fromPath, wanted, outPaths] = [
      textOption(call, 'from'),
      textOptions(call, 'output'),
      textOptions(call, 'out'),
    ];
    if (outPaths.includes('-'))
      throw new UsageError('-o takes the name of a file; results without -o are printed');
    const graph = call.operands[0] as string;
    const read = [
      { role: 'the graph', path: graph },
      { role: '--from', path: fromPath },
      ...[...files.values()].map((path) => ({ role: '--input', path })),
    ];
    await mustNotOverwrite(
      outPaths.map((path) => ({ role: '-o', path })),
      read,
      io,
    );
    for (const path of outPaths) await mustBeWritable(path, io);
    const { value: document, diagnostics } = await readGraph(graph, io);
    if (!document) return refused(diagnostics);
    const foreign = await loadForeign(call, document, io);
    if (foreign && !foreign.value) return refused([...diagnostics, ...foreign.diagnostics]);
    const loaded =
      fromPath === undefined || foreign ? undefined : readWeights(await readBytes(fromPath, io), fromPath);
    const inputs = await readInputs(files, document, io);
    const unread = [...diagnostics, ...(loaded?.diagnostics ?? []), ...inputs.diagnostics];
    if (!inputs.value || (loaded && !loaded.value)) return refused(unread);

    const engine = await io.engines[chosenEngine(call, loaded?.value?.engine)]();
    const from = foreign?.value?.checkpoint(engine) ?? loaded?.value;
    const model = await openModel(document, { engine, dtype, memoryLimit, from });
    const options = { outputs: wanted.length > 0 ? wanted : undefined, untrained: false };
    const predicted = samples
      ? await drawSamples(model, sampledFrom(document), { ...samples, ...options })
      : await model.predict(inputs.value, options);
    const said = [...unread, ...predicted.diagnostics];
    if (!from && said.some(({ code }) => code === 'weights-missing'))
      throw new UsageError('--from FILE: the prediction needs trained parameters');
    if (!predicted.value) return refused(refusalWithFixes(document, said));
    const results = Object.entries(predicted.value);
    const classes = new Map(results.map(([key, value]) => [key, predictedClasses(value, from?.data ?? {})]));
    if (outPaths.length > 0 && outPaths.length !== results.length)
      throw new UsageError(
        `${outPaths.length} -o for ${results.length} outputs (${results.map(([key]) => key).join(', ')}); name those that you want with --output`,
      );
    for (const [i, path] of outPaths.entries())
      await writeFile(path, writeNpy((results[i] as [string, TensorData])[1]), io);
    return {
      ok: !said.some(isError),
      diagnostics: said,
      json: {
        ...(foreign?.value && { weights: matchJson(foreign.value.match) }),
        engine: engine.name,
        dtype: model.dtype,
        variant: engine.variant,
        outputs: Object.fromEntries(
          results.map(([key, value], i) => [
            key,
            { ...jsonOf(value, outPaths[i]), ...(classes.get(key) && { classes: classes.get(key) }) },
          ]),
        ),
      },
      text: results.map(([key, value], i) => textOf(key, value, outPaths[i], classes.get(key))).join('\n\n'),
    };
  },
};

const refused = (diagnostics: readonly Diagnostic[]): CommandResult => ({
  ok: false,
  diagnostics,
  json: {},
  text: '',
});

const MOST_SAMPLES = 10_000;

function samplesOf(call: Call, inputs: number): { count: number; seed: number } | undefined {
  const [count, seed] = [numberOption(call, 'sample', 'whole', MOST_SAMPLES), seedOption(call)];
  if (count === undefined && seed !== undefined) throw new UsageError('--seed goes with --sample');
  if (count === undefined) return undefined;
  if (count === 0) throw new UsageError('--sample takes a number of at least 1');
  if (inputs > 0) throw new UsageError('--sample takes no --input: what the Priors give is drawn');
  return { count, seed: seed ?? 1 };
}

function sampledFrom(document: GraphDocument): Sampled {
  const found = sampledIn(analyse(document));
  if (!found) throw new UsageError('--sample: no Probe of this graph follows from Priors alone');
  return found;
}

/** `x=X.npy`, by name; a name may hold an equals sign no more than a file may be nameless. */
function inputFiles(call: Call): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const written of textOptions(call, 'input')) {
    const [, name, path] = /^([^=]+)=(.+)$/s.exec(written) ?? [];
    if (name === undefined || path === undefined)
      throw new UsageError(`--input takes NAME=X.npy, not "${written}"`);
    if (files.has(name)) throw new UsageError(`--input ${name} is given twice`);
    files.set(name, path);
  }
  return files;
}

async function readInputs(
  files: ReadonlyMap<string, string>,
  document: GraphDocument,
  io: Io,
): Promise<Outcome<Readonly<Record<string, TensorData>>>> {
  const inputs: [string, TensorData][] = [];
  const diagnostics: Diagnostic[] = [];
  for (const [name, file] of files) {
    const bytes = await readBytes(file, io);
    const read = isTable(file) ? readRows(document, name, bytes) : readNpy(bytes);
    if ('error' in read)
      diagnostics.push(diagnose('tensor-file', {}, { file, detail: read.error, cure: read.cure }));
    else inputs.push([name, read.value]);
  }
  return diagnostics.length > 0 ? { diagnostics } : { value: Object.fromEntries(inputs), diagnostics };
}

const jsonOf = ({ shape, data }: TensorData, file: string | undefined) => ({
  shape,
  ...(file !== undefined ? { file } : data.length <= PRINTED ? { data: [...data] } : {}),
});

/** Printed rows of class names. */
const NAMED = 100;

function textOf(
  key: string,
  { shape, data }: TensorData,
  file: string | undefined,
  classes: readonly string[] | undefined,
): string {
  const what = `${visible(key)}  [${shape.join(', ')}]`;
  const numbers =
    file === undefined
      ? `${what}\n${arrayText(shape, data)}`
      : `Wrote ${visible(key)} [${shape.join(', ')}] to ${visible(file)}.`;
  if (!classes) return numbers;
  const more = classes.length > NAMED ? `, … (${classes.length} in all)` : '';
  return `${numbers}\nclasses: ${classes.slice(0, NAMED).map(visible).join(', ')}${more}`;
}
