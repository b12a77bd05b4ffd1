/** What the classes of one script have in common: helpers, class names, and what the run needs to know of them. */
import type { PathText } from '../../base/path.ts';
import type { Text } from '../../base/text.ts';
import type { TorchAverage, TorchState } from '../../catalogue/torch.ts';
import { Names, reserved } from './identifiers.ts';
import type { KnownNumbers } from './known-numbers.ts';

/** A tensor of the script's state_dict. In its name stands a star for the index of each repeat that has its own. */
export interface TorchTensor extends Omit<TorchState, 'of'> {
  readonly name: string;
  readonly node: PathText;
  /** The node's names for it. */
  readonly of: readonly string[];
}

/** A buffer of numbers that are drawn once for a run. */
export interface TorchDrawn {
  readonly name: string;
  readonly node: PathText;
  readonly fill: 'uniform' | 'normal';
  readonly shape: readonly number[];
}

/** An argument of the model's `forward`. */
export type TorchArgument = { readonly name: string; readonly node: PathText } & (
  | { readonly kind: 'data'; readonly column: string /** Of one row. */; readonly shape: readonly number[] }
  | {
      readonly kind: 'feed';
      readonly port: string;
      readonly shape: readonly number[];
      readonly standIn?: readonly number[] | undefined;
    }
);

export interface TorchOptimizer {
  readonly node: PathText;
  readonly name: string;
  readonly make: (parameters: string) => string;
  /** Keys in the results. */
  readonly loss: string;
  /** What of its groups is set anew in each step, by keys of the results: `lr` where the rate is wired. */
  readonly settings: readonly { readonly key: string; readonly result: string }[];
  /** The trainable parameters of the loss, as attributes below the model; undefined where these are all. */
  readonly parameters: readonly string[] | undefined;
  /** Whether it asks for the loss at other points. */
  readonly closure: boolean;
  /** Lines between the gradients and the step, for parameters. */
  readonly clip: (parameters: string) => readonly string[];
  readonly average: TorchAverage | undefined;
  /** Names of parameters as the state_dict has them, with a star for each index, and their own settings. */
  readonly grouped: () => readonly (readonly [name: string, settings: Readonly<Record<string, number>>])[];
}

/** What nodes do beside giving values. */
export interface NodeEffects {
  readonly metrics: {
    readonly name: string;
    readonly code: string /** A rate is none of what is logged. */;
    readonly isRate?: boolean;
  }[];
  readonly optimizers: TorchOptimizer[];
  readonly checks: { readonly name: string; readonly code: string }[];
}

/** In which order nodes are computed: one after the other, and what is in a use of a block, `count` times where it repeats. */
export type Execution =
  | PathText
  | { readonly count: number | undefined; readonly body: readonly Execution[] };

export interface ExportProblem {
  readonly node: PathText;
  readonly why: Text;
}

export class ScriptParts {
  /** Names at the top of the file. */
  readonly names = new Names(reserved);
  readonly helpers = new Map<string, string>();
  /** Name of each class by its text without the name. */
  readonly classes = new Map<string, { readonly name: string; readonly lines: readonly string[] }>();
  readonly problems: ExportProblem[] = [];
  readonly leftOut = new Map<string, Text>();
  readonly numbers: KnownNumbers;
  /** The shape of what a node draws once for a run. */
  readonly drawnShape: (node: PathText) => readonly number[];

  readonly #values: ReadonlySet<string>;

  /** `values`: names that values may have in some class. */
  constructor(
    numbers: KnownNumbers,
    values: Iterable<string>,
    drawnShape: (node: PathText) => readonly number[],
  ) {
    this.numbers = numbers;
    this.#values = new Set(values);
    this.drawnShape = drawnShape;
  }

  /** Adds a definition once; the result is the name that it defines. */
  helper(code: string): string {
    const name = /^(?:@[^\n]*\n)*(?:def|class)\s+(\w+)|^(\w+)\s*=/m.exec(code);
    const found = name?.[1] ?? name?.[2];
    if (found === undefined) throw new Error(`internal: a helper that defines nothing: ${code.slice(0, 60)}`);
    // A value of the same name would hide it.
    const own = this.#values.has(found) ? `${found}_` : found;
    const renamed = own === found ? code : code.replaceAll(new RegExp(`\\b${found}\\b`, 'g'), own);
    if (!this.helpers.has(renamed)) {
      this.helpers.set(renamed, own);
      this.names.take(own);
    }
    return own;
  }

  class(base: string, linesOf: (name: string) => readonly string[]): string {
    const text = linesOf('').join('\n');
    const known = this.classes.get(text);
    if (known) return known.name;
    const name = this.names.take(base);
    this.classes.set(text, { name, lines: linesOf(name) });
    return name;
  }
}
