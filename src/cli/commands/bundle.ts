/** `tensorloom bundle`: a graph with its data, and its trained state, in one file. */
import { serialize } from '../../../graph-schema/serialize.ts';
import { byteText } from '../../base/bytes.ts';
import { diagnose } from '../../base/diagnostic.ts';
import { sha256 } from '../../base/sha256.ts';
import { text } from '../../base/text.ts';
import { visible } from '../../base/visible.ts';
import { dataFiles } from '../../datasets/data-files.ts';
import { writeBundle } from '../../datasets/formats/bundle.ts';
import { joined } from '../../datasets/table/decode.ts';
import { type CliCommand, textOption, UsageError } from '../command.ts';
import { mustBeWritable, mustNotOverwrite, readBytes, readGraph, writeFile } from '../command-files.ts';
import { openBeside } from '../data-beside.ts';
import { loadState } from '../state-file.ts';

export const bundle: CliCommand = {
  usage: 'bundle GRAPH.json -o FILE.tensorloom',
  about: 'write one file with the graph, its data and its trained state; run, predict and the page open it',
  operands: { min: 1, max: 1 },
  options: {
    output: { type: 'string', short: 'o', value: 'FILE', help: 'the file to write' },
    from: { type: 'string', value: 'FILE', help: 'the trained state (run --save) to put in' },
  },
  async run(call, io) {
    const path = call.operands[0] as string;
    const [output, fromPath] = [textOption(call, 'output'), textOption(call, 'from')];
    if (output === undefined || output === '-')
      throw new UsageError('say where to write it: -o FILE.tensorloom');
    const read = [
      { role: 'the graph', path },
      { role: '--from', path: fromPath },
    ];
    await mustNotOverwrite([{ role: '-o', path: output }], read, io);
    await mustBeWritable(output, io);
    const { value: document, diagnostics } = await readGraph(path, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };
    const state = fromPath === undefined ? undefined : await loadState(fromPath, io);
    if (state && !state.value) return { ok: false, diagnostics: state.diagnostics, json: {}, text: '' };

    const files = new Map<string, Uint8Array>();
    const said = [...diagnostics];
    for (const [file, own] of dataFiles(document.data)) {
      const bytes = await joined(await openBeside(path, io)(file));
      const hash = sha256();
      hash.push(bytes);
      const detail = text('its checksum is another', '校验和不同');
      if (hash.end() === own.sha256) files.set(file, bytes);
      else said.push(diagnose('data-changed', {}, { name: file, detail }));
    }
    if (said.length > diagnostics.length) return { ok: false, diagnostics: said, json: {}, text: '' };
    const weights = fromPath === undefined ? undefined : await readBytes(fromPath, io);
    const graph = new TextEncoder().encode(serialize(document));
    const bytes = await writeBundle({ graph, files, weights });
    await writeFile(output, bytes, io);
    return {
      ok: true,
      diagnostics: said,
      json: { output, bytes: bytes.length, files: [...files.keys()], weights: weights !== undefined },
      text: `Wrote ${visible(output)} (${byteText(bytes.length)}): the graph, ${files.size} data files${weights ? ', its trained state' : ''}.`,
    };
  },
};
