/** `tensorloom export`: the graph in another language. */
import { serialize } from '../../../graph-schema/serialize.ts';
import { visible } from '../../base/visible.ts';
import { type CliCommand, textOption, UsageError } from '../command.ts';
import { mustNotOverwrite, readGraph, writeFile } from '../command-files.ts';
import { scriptPath, writePytorch } from '../export-pytorch.ts';

const languages = ['json', 'pytorch'] as const;
const known = languages.join(', ');

export const exportCommand: CliCommand = {
  usage: 'export GRAPH.json --to pytorch',
  about: 'write the graph in another format: as a PyTorch script, or as JSON',
  operands: { min: 1, max: 1 },
  options: {
    to: { type: 'string', value: 'FORMAT', help: `one of: ${known}` },
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      help: 'write there: json to standard output without, pytorch beside the graph; a script may go into a folder',
    },
    from: {
      type: 'string',
      value: 'FILE',
      help: 'pytorch: the trained state (run --save), for the script to begin with',
    },
  },
  async run(call, io) {
    const to = textOption(call, 'to');
    if (to === undefined) throw new UsageError(`--to is missing; it takes one of: ${known}`);
    if (!languages.some((language) => language === to))
      throw new UsageError(`cannot export to "${to}"; it takes one of: ${known}`);
    const [output, from] = [textOption(call, 'output'), textOption(call, 'from')];
    if (to === 'json' && from !== undefined) throw new UsageError('--from is for --to pytorch');
    const path = call.operands[0] as string;
    const written = to === 'pytorch' ? scriptPath(path, output) : output;
    const read = [
      { role: 'the graph', path },
      { role: '--from', path: from },
    ];
    await mustNotOverwrite([{ role: '-o', path: written }], read, io);
    const { value: document, diagnostics } = await readGraph(path, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };
    if (to === 'pytorch') return writePytorch(document, path, call, io);
    const text = serialize(document);
    if (output === undefined || output === '-')
      return { ok: true, diagnostics, json: { to, text }, text: text.trimEnd() };
    await writeFile(output, text, io);
    return { ok: true, diagnostics, json: { to, output }, text: `Wrote ${visible(output)}.` };
  },
};
