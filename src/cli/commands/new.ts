/** `tensorloom new`: a graph to start from. */
import { dirname, join } from 'node:path';
import { serialize } from '../../../graph-schema/serialize.ts';
import { allTemplates } from '../../../templates/index.ts';
import { visible } from '../../base/visible.ts';
import { type CliCommand, textOption, UsageError } from '../command.ts';
import { writeFile } from '../command-files.ts';
import { table } from '../format.ts';

const list = () => table(allTemplates.map(({ name, sentence }) => [name, sentence.en]));

export const newCommand: CliCommand = {
  usage: 'new [TEMPLATE -o GRAPH.json]',
  about: 'write a template to a file; without a name, list them',
  operands: { min: 0, max: 1 },
  options: {
    output: { type: 'string', short: 'o', value: 'FILE', help: 'the file to write ("-": standard output)' },
    force: { type: 'boolean', help: 'overwrite the file if it exists' },
  },
  async run(call, io) {
    const [name] = call.operands;
    if (name === undefined) {
      const names = allTemplates.map(({ name, title, sentence }) => ({
        name,
        title: title.en,
        sentence: sentence.en,
      }));
      return { ok: true, diagnostics: [], json: { templates: names }, text: list() };
    }
    const template = allTemplates.find((t) => t.name === name);
    if (!template)
      throw new UsageError(
        `there is no template "${name}"; there are: ${allTemplates.map((t) => t.name).join(', ')}`,
      );
    const output = textOption(call, 'output');
    if (output === undefined) throw new UsageError(`say where to write it: -o ${name}.graph.json`);
    const text = serialize(await template.load());
    const files = Object.entries(template.files);
    if (output === '-')
      return { ok: true, diagnostics: [], json: { template: name, text }, text: text.trimEnd() };
    if (!call.options.force && (await io.exists(output))) {
      throw new UsageError(`${output} exists; --force overwrites it`);
    }
    const beside = files.map(([path, of]) => ({ place: join(dirname(output), path), of }));
    for (const { place } of beside)
      if (!call.options.force && (await io.exists(place)))
        throw new UsageError(`${place} exists; --force overwrites it`);
    await writeFile(output, text, io);
    for (const { place, of } of beside) await writeFile(place, await of(), io);
    const written = [output, ...beside.map(({ place }) => place)];
    return {
      ok: true,
      diagnostics: [],
      json: { template: name, output, ...(beside.length > 0 && { files: written.slice(1) }) },
      text: `Wrote ${written.map(visible).join(', ')}.`,
    };
  },
};
