/** What a command of the command line is: its help, its options, and what it gives. */
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Io } from './io.ts';

export interface Option {
  readonly type: 'string' | 'boolean';
  /** May be given several times. */
  readonly multiple?: true;
  readonly short?: string;
  /** The name of the value in the help: `--steps N`. */
  readonly value?: string;
  readonly help: string;
}

export interface Call {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

export interface CommandResult {
  /** False when the graph or the data is at fault: exit status 1. */
  readonly ok: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** Everything else that `--json` prints. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The same for people; diagnostics are printed after it. */
  readonly text: string;
}

export interface CliCommand {
  /** `check GRAPH.json` */
  readonly usage: string;
  readonly about: string;
  readonly operands: { readonly min: number; readonly max: number };
  readonly options: Readonly<Record<string, Option>>;
  /** Undefined where all has been printed already. */
  run(call: Call, io: Io): Promise<CommandResult | undefined>;
}

/** The command was written wrongly: exit status 2. */
export class UsageError extends Error {}

/** The value of a numeric option, or a UsageError. `most`: of a whole number. */
export function numberOption(
  call: Call,
  name: string,
  kind: 'whole' | 'positive',
  most = Number.MAX_SAFE_INTEGER,
): number | undefined {
  const written = call.options[name];
  if (typeof written !== 'string') return undefined;
  const value = written.trim() === '' ? Number.NaN : Number(written);
  const fine =
    kind === 'whole'
      ? Number.isInteger(value) && value >= 0 && value <= most
      : Number.isFinite(value) && value > 0;
  const limit = kind === 'whole' && value > most ? ` up to ${most}` : '';
  if (!fine) throw new UsageError(`--${name} takes a ${kind} number${limit}, not "${written}"`);
  return value;
}

/** Of every random number: as many as fit into 32 bits. */
export const seedOption = (call: Call): number | undefined =>
  numberOption(call, 'seed', 'whole', 0xffff_ffff);

export const textOption = (call: Call, name: string): string | undefined => {
  const value = call.options[name];
  return typeof value === 'string' ? value : undefined;
};

/** The values of an option that may be given several times. */
export const textOptions = (call: Call, name: string): readonly string[] => {
  const values = call.options[name];
  return Array.isArray(values) ? (values as readonly string[]) : [];
};

/** Only one of a list will do. */
export function choiceOption<T extends string>(
  call: Call,
  name: string,
  choices: readonly T[],
): T | undefined {
  const written = textOption(call, name);
  if (written === undefined) return undefined;
  const choice = choices.find((c) => c === written);
  if (choice === undefined)
    throw new UsageError(`--${name} takes one of ${choices.join(', ')}; not "${written}"`);
  return choice;
}
