/** Help, written from what the verbs say of themselves. */
import type { Option, Verb } from './verb.ts';

const common: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', help: 'print one JSON object, diagnostics included' },
  help: { type: 'boolean', short: 'h', help: 'print this' },
};

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`).join('\n');
};

/** One line for each verb. */
export async function overview(verbs: Readonly<Record<string, () => Promise<Verb>>>): Promise<string> {
  const loaded = await Promise.all(Object.values(verbs).map((load) => load()));
  return `tensorloom VERB …

${columns(loaded.map((verb) => [verb.usage, verb.about]))}

A file given as "-" is read from standard input. "tensorloom VERB --help" lists a verb's options.
Exit status: 0 fine, 1 the graph or the data is at fault, 2 wrong usage.
`;
}

export function helpOf(verb: Verb): string {
  const rows = Object.entries({ ...verb.options, ...common }).map(([name, option]) => {
    const short = option.short ? `-${option.short}, ` : '';
    const value = option.value ? ` ${option.value}` : '';
    return [`${short}--${name}${value}`, option.help] as const;
  });
  return `tensorloom ${verb.usage}\n  ${verb.about}\n\n${columns(rows)}\n`;
}
