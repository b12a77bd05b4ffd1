/**
 * The command line, from arguments to exit status: 0 when fine, 1 when the graph or the data is at fault,
 * 2 on wrong usage. Each verb is one file, loaded only when it is called.
 */
import { parseArgs } from 'node:util';
import { diagnosticsText, toJson } from './format.ts';
import { helpOf, overview } from './help.ts';
import type { Io } from './io.ts';
import { type Answer, type Call, UsageError, type Verb } from './verb.ts';

const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  check: async () => (await import('./verbs/check.ts')).check,
  explain: async () => (await import('./verbs/explain.ts')).explain,
  plan: async () => (await import('./verbs/plan.ts')).plan,
  run: async () => (await import('./verbs/run.ts')).run,
  path: async () => (await import('./verbs/path.ts')).path,
  einsum: async () => (await import('./verbs/einsum.ts')).einsum,
  export: async () => (await import('./verbs/export.ts')).exportVerb,
  new: async () => (await import('./verbs/new.ts')).newVerb,
  migrate: async () => (await import('./verbs/migrate.ts')).migrate,
  serve: async () => (await import('./verbs/serve.ts')).serve,
};

export async function main(argv: readonly string[], io: Io): Promise<0 | 1 | 2> {
  const [name, ...rest] = argv;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(await overview(verbs));
    return 0;
  }
  const load = name !== undefined && Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  const json = rest.includes('--json');
  if (!load) {
    const complaint = name === undefined ? 'Which verb?' : `There is no verb "${name}".`;
    return misused(complaint, await overview(verbs), json, io);
  }

  const verb = await load();
  try {
    const call = parseCall(verb, rest);
    if (call.options.help) {
      io.out(helpOf(verb));
      return 0;
    }
    const answer = await verb.run(call, io);
    if (!answer) return 0;
    print(answer, call.options.json === true, io);
    return answer.ok ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageError) return misused(error.message, helpOf(verb), json, io);
    throw error;
  }
}

function parseCall(verb: Verb, args: readonly string[]): Call {
  const options = {
    ...Object.fromEntries(
      Object.entries(verb.options).map(([name, { type, short }]) => [
        name,
        short ? { type, short } : { type },
      ]),
    ),
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const call: Call = { operands: positionals, options: values as Call['options'] };
  const { min, max } = verb.operands;
  if (!call.options.help && (positionals.length < min || positionals.length > max)) {
    const wanted = min === max ? `${min}` : `${min} to ${max}`;
    throw new UsageError(`${positionals.length} arguments given, ${wanted} wanted`);
  }
  return call;
}

function print(answer: Answer, json: boolean, io: Io): void {
  if (json) {
    io.out(`${toJson(answer)}\n`);
    return;
  }
  const complaints = diagnosticsText(answer.diagnostics, io.terminal);
  const parts = [answer.text, complaints].filter((part) => part !== '');
  if (parts.length > 0) io.out(`${parts.join('\n\n')}\n`);
}

function misused(complaint: string, usage: string, json: boolean, io: Io): 2 {
  io.err(`${complaint}\n\n${usage}`);
  if (json) io.out(`${JSON.stringify({ ok: false, error: complaint, diagnostics: [] })}\n`);
  return 2;
}
