/** Help, written from what the commands say of themselves. */
import type { CliCommand, Option } from './command.ts';

const common: Readonly<Record<string, Option>> = {
  json: { type: 'boolean', help: 'print one JSON object, diagnostics included' },
  help: { type: 'boolean', short: 'h', help: 'print this' },
};

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`).join('\n');
};

/** One line for each command. */
export async function overview(
  commands: Readonly<Record<string, () => Promise<CliCommand>>>,
): Promise<string> {
  const loaded = await Promise.all(Object.values(commands).map((load) => load()));
  return `tensorloom COMMAND …

${columns(loaded.map((command) => [command.usage, command.about]))}

A file given as "-" is read from standard input. "tensorloom COMMAND --help" lists a command's options.
Exit status: 0 fine, 1 the graph or the data is at fault, 2 wrong usage, or a file that
cannot be read or written, 3 the program itself failed; a command that a signal ends before there is a result ends by
that signal (130 for Ctrl-C, 143 for SIGTERM).
`;
}

export function helpOf(command: CliCommand): string {
  const rows = Object.entries({ ...command.options, ...common }).map(([name, option]) => {
    const short = option.short ? `-${option.short}, ` : '';
    const value = option.value ? ` ${option.value}` : '';
    return [`${short}--${name}${value}`, option.help] as const;
  });
  return `tensorloom ${command.usage}\n  ${command.about}\n\n${columns(rows)}\n`;
}
