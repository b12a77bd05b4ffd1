/** `tensorloom weights`: what of a file of another program's tensors a graph takes. */
import { visible } from '../../base/visible.ts';
import { mapOf } from '../../export/pytorch/foreign-weights.ts';
import { writeCheckpoint } from '../../runtime/index.ts';
import { type CliCommand, textOption } from '../command.ts';
import { mustNotOverwrite, readGraph, writeFile } from '../command-files.ts';
import { mapOption, matchJson, matchText, readForeign } from '../foreign-state.ts';

export const weights: CliCommand = {
  usage: 'weights GRAPH.json FILE.safetensors',
  about: 'match the tensors of a PyTorch state_dict with those of a graph: taken, missing, left',
  operands: { min: 2, max: 2 },
  options: {
    map: {
      ...mapOption,
      help: 'a map of names: {"fc.weight": "classifier.weight"}, those of the graph’s PyTorch export first; without, names, order and shapes tell',
    },
    output: {
      type: 'string',
      short: 'o',
      value: 'MAP.json',
      help: 'write what was found as such a map, to change it, and for --map of run and predict',
    },
    save: {
      type: 'string',
      value: 'FILE',
      help: 'save the state with these weights there, as run --save does',
    },
  },
  async run(call, io) {
    const [graph, file] = call.operands as readonly [string, string];
    const [map, output, save] = ['map', 'output', 'save'].map((name) => textOption(call, name));
    const read = [
      { role: 'the graph', path: graph },
      { role: 'the file', path: file },
      { role: '--map', path: map },
    ];
    const written = [
      { role: '-o', path: output },
      { role: '--save', path: save },
    ];
    await mustNotOverwrite(written, read, io);
    const { value: document, diagnostics } = await readGraph(graph, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };
    const found = await readForeign(document, file, map ?? 'auto', io);
    const said = [...diagnostics, ...found.diagnostics];
    if (!found.value) return { ok: false, diagnostics: said, json: {}, text: '' };
    const { match, checkpoint } = found.value;
    if (output !== undefined) await writeFile(output, `${JSON.stringify(mapOf(match), undefined, 2)}\n`, io);
    if (save !== undefined) await writeFile(save, writeCheckpoint(checkpoint(await io.engines.wasm())), io);
    const wrote = [output, save].flatMap((path) => (path === undefined ? [] : [`Wrote ${visible(path)}.`]));
    return {
      ok: match.missing.length === 0,
      diagnostics: said,
      json: matchJson(match),
      text: [matchText(match, true), ...wrote].join('\n'),
    };
  },
};
