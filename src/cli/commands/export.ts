/** `tensorloom export`: the graph in another language. */
import { serialize } from '../../../graph-schema/serialize.ts';
import { visible } from '../../base/visible.ts';
import { type CliCommand, textOption, UsageError } from '../command.ts';
import { mustNotOverwrite, readGraph, writeFile } from '../command-files.ts';

const languages = { json: serialize } as const;
const known = Object.keys(languages).join(', ');

export const exportCommand: CliCommand = {
  usage: 'export GRAPH.json --to json',
  about: 'write the graph in another format',
  operands: { min: 1, max: 1 },
  options: {
    to: { type: 'string', value: 'FORMAT', help: `one of: ${known}` },
    output: { type: 'string', short: 'o', value: 'FILE', help: 'write there instead of to standard output' },
  },
  async run(call, io) {
    const to = textOption(call, 'to');
    if (to === undefined) throw new UsageError(`--to is missing; it takes one of: ${known}`);
    if (!Object.hasOwn(languages, to))
      throw new UsageError(`cannot export to "${to}"; it takes one of: ${known}`);
    const output = textOption(call, 'output');
    const path = call.operands[0] as string;
    await mustNotOverwrite([{ role: '-o', path: output }], [{ role: 'the graph', path }], io);
    const { value: document, diagnostics } = await readGraph(path, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };
    const written = languages[to as keyof typeof languages](document);
    if (output === undefined || output === '-')
      return { ok: true, diagnostics, json: { to, text: written }, text: written.trimEnd() };
    await writeFile(output, written, io);
    return { ok: true, diagnostics, json: { to, output }, text: `Wrote ${visible(output)}.` };
  },
};
