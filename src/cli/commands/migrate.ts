/** `tensorloom migrate`: brings a file to the newest version of the format. */
import { migrate as migrateDocument } from '../../../graph-schema/migrate.ts';
import { parseGraph } from '../../../graph-schema/parse.ts';
import { parseJson } from '../../../graph-schema/read-json.ts';
import { serialize } from '../../../graph-schema/serialize.ts';
import { visible } from '../../base/visible.ts';
import { migrateNodes } from '../../compiler/read-document.ts';
import { type CliCommand, textOption } from '../command.ts';
import { readGraphText, writeFile } from '../command-files.ts';

export const migrate: CliCommand = {
  usage: 'migrate GRAPH.json',
  about: 'bring a file to the newest version of the format, in place',
  operands: { min: 1, max: 1 },
  options: {
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write there instead ("-": standard output)' },
  },
  async run(call, io) {
    const path = call.operands[0] as string;
    const { value: source, diagnostics: unread } = await readGraphText(path, io);
    if (source === undefined) return { ok: false, diagnostics: unread, json: {}, text: '' };
    const { value: parsed, diagnostics } = parseGraph(source);
    if (!parsed) return { ok: false, diagnostics, json: {}, text: '' };
    const document = migrateNodes(parsed);
    const ofFormat = migrateDocument(parseJson(source).value).value?.applied ?? [];
    const applied = document === parsed ? ofFormat : [...ofFormat, 'parameters-of-types'];
    const { version } = document;
    const output = textOption(call, 'output') ?? path;
    const text = serialize(document);
    if (output === '-')
      return { ok: true, diagnostics, json: { version, applied, text }, text: text.trimEnd() };
    if (applied.length === 0 && output === path) {
      return {
        ok: true,
        diagnostics,
        json: { version, applied },
        text: `${visible(path)} is version ${version} already.`,
      };
    }
    await writeFile(output, text, io);
    const steps = applied.length > 0 ? ` (${applied.join(', ')})` : '';
    return {
      ok: true,
      diagnostics,
      json: { version, applied, output },
      text: `Wrote ${visible(output)} as version ${version}${steps}.`,
    };
  },
};
