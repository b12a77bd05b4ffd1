/** `tensorloom data`: what stands in a file of data, and how a graph gets it. */
import { dirname, relative, sep } from 'node:path';
import { emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import { serialize } from '../../../graph-schema/serialize.ts';
import { diagnose } from '../../base/diagnostic.ts';
import type { Text } from '../../base/text.ts';
import { visible } from '../../base/visible.ts';
import { isImage } from '../../datasets/image-archive.ts';
import type { OwnData } from '../../datasets/index.ts';
import { stemOf, withOwnData } from '../../document/with-own-data.ts';
import {
  type Call,
  type CliCommand,
  type CommandResult,
  choiceOption,
  numberOption,
  textOption,
  textOptions,
  UsageError,
} from '../command.ts';
import { mustBeWritable, openBytes, readBytes, readGraph, writeFile } from '../command-files.ts';
import { type ImportChoices, importFile, makeArchive } from '../import-file.ts';
import type { Io } from '../io.ts';
import { surveyJson, surveyText } from '../survey-text.ts';

const kinds = ['number', 'class', 'date', 'ignored'] as const;

export const data: CliCommand = {
  usage: 'data FILE [--into GRAPH.json]',
  about:
    'look at a table (.csv, .tsv), arrays (.npy, .npz), pictures (a folder, or .zip) or a text, and give it to a graph',
  operands: { min: 1, max: 1 },
  options: {
    into: {
      type: 'string',
      value: 'GRAPH.json',
      help: 'add a data set node of it; FILE lies beside the graph',
    },
    name: {
      type: 'string',
      value: 'NAME',
      help: 'what the graph calls it; the name of the file when left out',
    },
    target: { type: 'string', value: 'COLUMN', help: 'what the others are to tell; "-": nothing' },
    as: {
      type: 'string',
      multiple: true,
      value: 'COLUMN=KIND',
      help: `take a column for: ${kinds.join(', ')}`,
    },
    group: { type: 'string', value: 'COLUMN', help: 'hold back whole groups of rows with one value here' },
    order: { type: 'string', value: 'COLUMN', help: 'hold back the last rows by this date or number' },
    missing: { type: 'string', value: 'drop|mean', help: 'leave rows with gaps out, or fill in the mean' },
    sample: { type: 'string', value: 'N', help: 'take N rows of a table, chosen at random' },
    length: { type: 'string', value: 'N', help: 'characters in a row of a text; default 64' },
    size: { type: 'string', value: 'N', help: 'pixels that pictures are high and wide; default 32' },
    colour: { type: 'boolean', help: 'keep the colours of pictures' },
  },
  async run(call, io) {
    const [path, graph] = [call.operands[0] as string, textOption(call, 'into')];
    const inGraph = graph === undefined ? path : placeBeside(path, graph);
    if (graph !== undefined) await mustBeWritable(graph, io);
    const folder = await io.list(path);
    const found = folder
      ? await importFolder(path, folder, inGraph, choicesOf(call), io)
      : await importFile(path, await openBytes(path, io), inGraph, choicesOf(call));
    if ('fault' in found) return refused(path, found.fault);
    const { survey, imported, archive } = found;
    if ('fault' in imported) return refused(path, imported.fault);
    const json = {
      ...(survey && surveyJson(survey)),
      rows: imported.own.rows,
      columns: imported.own.columns,
    };
    const seen = surveyText(imported, survey);
    if (graph === undefined) return { ok: true, diagnostics: [], json, text: seen };

    const { value: document, diagnostics } = await graphAt(graph, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };
    if (archive) await writeFile(path.replace(/[^/\\]*$/, '') + archive.name, archive.bytes, io);
    const added = withOwnData(document, textOption(call, 'name') ?? stemOf(path), recordOf(imported.own));
    await writeFile(graph, serialize(added.document), io);
    return {
      ok: true,
      diagnostics,
      json: { ...json, data: added.id, node: added.node },
      text: `${seen}\n\nAdded ${visible(added.node)} to ${visible(graph)}.`,
    };
  },
};

/** A folder of pictures, with one folder in it for each class. */
async function importFolder(
  path: string,
  names: readonly string[],
  place: string,
  { image }: ImportChoices,
  io: Io,
): ReturnType<typeof importFile> {
  const files = new Map<string, Uint8Array>();
  for (const name of names.filter(isImage)) files.set(name, await readBytes(`${path}/${name}`, io));
  return makeArchive(files, place, image);
}

/** As a document holds it. */
const recordOf = (own: OwnData) =>
  JSON.parse(JSON.stringify(own)) as NonNullable<GraphDocument['data']>[string];

function refused(file: string, detail: Text): CommandResult {
  const cure = { en: 'Choose another file, or other columns.', zh: '请选择其他文件或其他列。' };
  const diagnostics = [diagnose('tensor-file', {}, { file, detail, cure })];
  return { ok: false, diagnostics, json: {}, text: '' };
}

/** The file as the graph is to call it. */
function placeBeside(path: string, graph: string): string {
  const place = relative(dirname(graph), path).split(sep).join('/');
  if (place.startsWith('..') || path === '-')
    throw new UsageError(`${path} must lie in the folder of ${graph}, or below it: the graph finds it there`);
  return place;
}

/** The graph, or an empty one where there is none. */
const graphAt = async (path: string, io: Io) =>
  (await io.exists(path))
    ? readGraph(path, io)
    : { value: emptyDocument(stemOf(stemOf(path))), diagnostics: [] };

function choicesOf(call: Call): ImportChoices {
  const chosen: Record<string, (typeof kinds)[number]> = Object.create(null) as Record<string, never>;
  for (const written of textOptions(call, 'as')) {
    const at = written.lastIndexOf('=');
    const kind = kinds.find((known) => known === written.slice(at + 1));
    if (at < 1 || !kind) throw new UsageError(`--as takes COLUMN=${kinds.join('|')}, not "${written}"`);
    chosen[written.slice(0, at)] = kind;
  }
  const target = textOption(call, 'target');
  return {
    columns: {
      kinds: chosen,
      target: target === '-' ? null : target,
      group: textOption(call, 'group'),
      order: textOption(call, 'order'),
      sample: numberOption(call, 'sample', 'whole'),
      missing: choiceOption(call, 'missing', ['drop', 'mean']) ?? 'drop',
    },
    length: numberOption(call, 'length', 'whole') ?? 64,
    image: {
      width: numberOption(call, 'size', 'whole') ?? 32,
      height: numberOption(call, 'size', 'whole') ?? 32,
      colour: call.options.colour === true,
    },
  };
}
