/**
 * The command line, from arguments to exit status (status.ts). Each command is one file, loaded only when it is called.
 */
import { parseArgs } from 'node:util';
import { visible, visibleLines } from '../base/visible.ts';
import { type Call, type CliCommand, type CommandResult, UsageError } from './command.ts';
import { FileError } from './file-error.ts';
import { diagnosticsText, toJson } from './format.ts';
import { helpOf, overview } from './help.ts';
import type { Io } from './io.ts';
import { bugReport, internalProblem, problemLine, type Status, status } from './status.ts';

const commands: Readonly<Record<string, () => Promise<CliCommand>>> = {
  check: async () => (await import('./commands/check.ts')).check,
  explain: async () => (await import('./commands/explain.ts')).explain,
  plan: async () => (await import('./commands/plan.ts')).plan,
  run: async () => (await import('./commands/run.ts')).run,
  predict: async () => (await import('./commands/predict.ts')).predict,
  weights: async () => (await import('./commands/weights.ts')).weights,
  generate: async () => (await import('./commands/generate.ts')).generate,
  sweep: async () => (await import('./commands/sweep.ts')).sweep,
  data: async () => (await import('./commands/data.ts')).data,
  bundle: async () => (await import('./commands/bundle.ts')).bundle,
  path: async () => (await import('./commands/path.ts')).path,
  einsum: async () => (await import('./commands/einsum.ts')).einsum,
  export: async () => (await import('./commands/export.ts')).exportCommand,
  new: async () => (await import('./commands/new.ts')).newCommand,
  migrate: async () => (await import('./commands/migrate.ts')).migrate,
  lessons: async () => (await import('./commands/lessons.ts')).lessons,
  serve: async () => (await import('./commands/serve.ts')).serve,
};

export async function main(argv: readonly string[], io: Io): Promise<Status> {
  const [name, ...rest] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(await overview(commands));
    return 0;
  }
  const load = name !== undefined && Object.hasOwn(commands, name) ? commands[name] : undefined;
  const json = rest.includes('--json');
  if (!load) {
    const complaint = name === undefined ? 'Which command?' : `There is no command "${name}".`;
    return misused(complaint, `\n${await overview(commands)}`, json, io);
  }

  const command = await load();
  try {
    const call = parseCall(command, rest);
    if (call.options.help) {
      io.out(helpOf(command));
      return 0;
    }
    const result = await command.run(call, io);
    if (!result) return status.fine;
    print(result, call.options.json === true, io);
    return result.ok ? status.fine : status.faulty;
  } catch (error) {
    if (error instanceof UsageError) return misused(error.message, `\n${helpOf(command)}`, json, io);
    if (error instanceof FileError) return misused(error.message, '', json, io);
    io.err(`${visible(internalProblem(error))}\n${bugReport(error)}`);
    if (json) io.out(problemLine(internalProblem(error)));
    return status.failed;
  }
}

function parseCall(command: CliCommand, args: readonly string[]): Call {
  const options = {
    ...Object.fromEntries(
      Object.entries(command.options).map(([name, { type, short, multiple = false }]) => [
        name,
        { type, multiple, ...(short && { short }) },
      ]),
    ),
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let parsed: ReturnType<typeof parseArgs>;
  try {
    const given = { args: args.map(hideArrow), options, allowPositionals: true, strict: true } as const;
    const { tokens, ...rest } = parseArgs({ ...given, tokens: true });
    const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
    const twice = names.find((name, i) => names.indexOf(name) !== i && !command.options[name]?.multiple);
    if (twice !== undefined) throw new UsageError(`--${twice} is given twice`);
    parsed = rest;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const shown = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' ? showArrow(value) : value,
  ]);
  const call: Call = { operands: positionals.map(showArrow), options: Object.fromEntries(shown) };
  const { min, max } = command.operands;
  if (!call.options.help && (positionals.length < min || positionals.length > max)) {
    const wanted = min === max ? `${min}` : `${min} to ${max}`;
    throw new UsageError(`${positionals.length} arguments given, ${wanted} wanted`);
  }
  return call;
}

/** An expression may begin with its arrow (`->`, the scalar itself); to the parser a first minus means an option. */
const hideArrow = (arg: string): string => (arg.startsWith('->') ? `\0${arg}` : arg);
const showArrow = (operand: string): string => operand.replace(/^\0/, '');

function print(result: CommandResult, json: boolean, io: Io): void {
  if (json) {
    io.out(`${toJson(result)}\n`);
    return;
  }
  const complaints = diagnosticsText(result.diagnostics, io.terminal);
  // Commands show names by `visible`, which keeps each in its line; here nothing else gets through that they forgot.
  const parts = [visibleLines(result.text), complaints].filter((part) => part !== '');
  if (parts.length > 0) io.out(`${parts.join('\n\n')}\n`);
}

function misused(complaint: string, usage: string, json: boolean, io: Io): Status {
  io.err(`${visible(complaint)}\n${usage}`);
  if (json) io.out(problemLine(complaint));
  return status.unusable;
}
