/** `tensorloom lessons`: whether what the lessons teach holds, measured anew. */
import { templates } from '../../../templates/index.ts';
import type { Template } from '../../../templates/template.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { EngineName } from '../../numeric/engine.ts';
import { type CliCommand, seedOption, UsageError } from '../command.ts';
import type { Io } from '../io.ts';
import { checkLesson, type NamedVerdict } from '../lesson-checks.ts';
import { checksJson, checksText } from '../results.ts';

interface CheckedLesson {
  readonly name: string;
  readonly seed: number;
  readonly engine: EngineName;
  readonly checks: readonly NamedVerdict[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Those that all lessons are held to. */
const seeds = [1, 2, 3, 4, 5];

export const lessons: CliCommand = {
  usage: 'lessons [LESSON …]',
  about: 'run the lessons, and say whether their checks are met',
  operands: { min: 0, max: 100 },
  options: {
    seed: { type: 'string', value: 'N', help: 'seed of every random number; 1 when left out' },
    all: {
      type: 'boolean',
      help: 'those that take long too, on every engine that has the time, and for the seeds 1 to 5 unless one is given',
    },
  },
  async run(call, io) {
    const seed = seedOption(call);
    const isAll = call.options.all === true;
    const chosen = named(call.operands, isAll);
    const found: CheckedLesson[] = [];
    for (const template of chosen)
      for (const engine of isAll && template.lesson?.onReference ? engineNames : (['wasm'] as const))
        for (const each of seed === undefined ? (isAll ? seeds : [1]) : [seed])
          if (!io.signal.aborted) found.push(await checked(template, engine, each, io));
    return {
      ok: found.every(isMet) && !io.signal.aborted,
      diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
      json: {
        lessons: found.map(({ name, seed: drawn, engine, checks }) => ({
          ...{ name, seed: drawn, engine },
          checks: checks.map((check) => ({ name: check.name, ...checksJson([check])[0] })),
        })),
      },
      text: found.map(textOf).join('\n\n'),
    };
  },
};

const engineNames = ['wasm', 'reference'] as const;

/** The lessons of these names, or all: those that take long only where all are asked for. */
function named(names: readonly string[], isAll: boolean): readonly Template[] {
  const known = templates.filter(({ lesson }) => lesson !== undefined);
  const unknown = names.find((name) => !known.some((template) => template.name === name));
  if (unknown !== undefined) {
    const list = known.map(({ name }) => name).join(', ');
    throw new UsageError(`there is no lesson "${unknown}"; there are: ${list}`);
  }
  if (names.length > 0) return known.filter(({ name }) => names.includes(name));
  return known.filter(({ lesson }) => isAll || !lesson?.isLong);
}

async function checked(template: Template, engine: EngineName, seed: number, io: Io): Promise<CheckedLesson> {
  const document = await template.load();
  const { value: checks = [], diagnostics } = await checkLesson(document, await io.engines[engine](), seed);
  return { name: template.name, seed, engine, checks, diagnostics };
}

/** A lesson that checks nothing has failed. */
const isMet = ({ checks }: CheckedLesson): boolean => checks.length > 0 && checks.every(({ met }) => met);

const textOf = ({ name, seed, engine, checks }: CheckedLesson): string =>
  [
    `${name}  seed ${seed}  engine ${engine}`,
    checks.length === 0 ? '  nothing was checked' : checksText(checks.map((c) => ({ ...c, node: c.name }))),
  ].join('\n');
