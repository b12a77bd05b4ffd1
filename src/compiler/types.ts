/** What the compiler says of a document, and what it makes of it. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { PathText } from '../base/path.ts';
import type { Text } from '../base/text.ts';
import type { PortSpec } from '../catalogue/define.ts';
import type { Normalising, OwnData, SplitKind } from '../datasets/index.ts';
import type { Plan } from '../ir/plan.ts';
import type { Program } from '../ir/program.ts';
import type { PlannedNetwork } from './networks/choose-paths.ts';

/** An axis as a person sees it: `batch`, written as `B`, which is 64 now. `size` is undefined while it is open. */
export interface ShownAxis {
  readonly name: string;
  readonly written: string;
  readonly size: number | undefined;
}

export interface ShownType {
  readonly axes: readonly ShownAxis[];
}

export interface CheckedNode {
  /** Ports as they stand for these parameters and wires, in drawing order. */
  readonly inputs: readonly PortSpec[];
  readonly outputs: readonly PortSpec[];
  /** Types of the wired inputs and of the outputs that could be inferred. */
  readonly inputTypes: Readonly<Record<string, ShownType>>;
  readonly outputTypes: Readonly<Record<string, ShownType>>;
  /** The formula line under the title. */
  readonly summary: string;
}

export interface Checked {
  readonly nodes: Readonly<Record<string, CheckedNode>>;
  /** The type on each wire; a wire that has none lies below an error. */
  readonly edges: Readonly<Record<string, ShownType>>;
  readonly diagnostics: readonly Diagnostic[];
  /** Nodes in an order in which every node follows what it reads. */
  readonly order: readonly string[];
}

/** The input of a program that draws random numbers; the runtime feeds it the key of the step. */
export const randomKeyInput = 'random key';

/** The input of a program that reads the number of the training step, a scalar; the runtime feeds it, from 0. */
export const stepInput = 'step';

/** What an edit has changed: the only nodes and wires that are not the same objects as in `since`. */
export interface Touched {
  readonly since: GraphDocument;
  readonly nodes: Iterable<string>;
  readonly edges: Iterable<string>;
}

/** One program of a document: the same parameters under another binding of its symbols. */
export type ProgramKind = 'train' | 'evaluate' | 'forward' | 'gradients' | 'checks';

/** How often state stands in its stack, and the pieces of its names between which the indices stand. */
export interface Repeats {
  /** The outermost first; the leading axes of the stacked shape. */
  readonly counts: readonly number[];
  readonly pieces: readonly string[];
}

export interface StateSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly trainable: boolean;
  /** The type of the optimizer that keeps it for itself. */
  readonly optimizer?: string;
  readonly init: { readonly kind: string; readonly scale?: number; readonly values?: readonly number[] };
  /** Names its first values: those of all repeats are drawn from one stream. */
  readonly stream: string;
  /** For what an optimizer keeps for a parameter: its name. */
  readonly of?: string;
  /**
   * Set where that stands in for the parameter in evaluations and predictions: the state that counts how many steps it
   * is of, one number for each repeat.
   */
  readonly standsIn?: string;
  /** For state in repeats: it is stacked along leading axes, and has a name for each (repeat/state-names.ts). */
  readonly repeats?: Repeats;
}

/** An input that is given from outside, or keeps the values that stand in for it: zeros when there are none. */
export interface FeedSpec {
  /** The port that it is the value of, as `portKey` writes it. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly standIn?: readonly number[] | undefined;
}

/** An input that is filled once for a run with numbers drawn at random. */
export interface DrawnSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly fill: 'uniform' | 'normal';
  /** Names its numbers, beside the seed of the run. */
  readonly stream: string;
}

/** A data set that a program reads: the runtime loads it, splits it, and feeds `indices` each step. */
export interface DataSpec {
  readonly node: string;
  readonly dataset: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Set for data of the document: what the numbers must be. */
  readonly own?: OwnData | undefined;
  readonly rows: number;
  /** Rows that a split keeps together. */
  readonly group: number;
  readonly testFraction: number;
  readonly splitSeed: number;
  /** How rows are held back, where not at random. */
  readonly splitBy?: Exclude<SplitKind, 'random'>;
  /** The column of the classes that a stratified split keeps in proportion. */
  readonly classColumn?: string;
  /** How columns are shifted and scaled, by what the training rows show. */
  readonly normalise?: Normalising;
  /** What the classes of columns are called. */
  readonly classNames?: Readonly<Record<string, readonly string[]>>;
  /** Rows a step takes. */
  readonly batch: number;
  /** Set where a row may be taken again before all others were. */
  readonly replacement?: boolean;
  /** Resident inputs of the plan by column, and the feed of row numbers. */
  readonly columns: Readonly<Record<string, string>>;
  /** How many numbers a row of each column has. */
  readonly widths: Readonly<Record<string, number>>;
  readonly indices: string;
}

/** Numbers at a port that choose among `count`: those that are not 0 … count − 1, or `ignored`, are none. */
export interface ChoiceSpec {
  readonly node: string;
  readonly port: string;
  readonly count: number;
  readonly ignored?: number | undefined;
  /** The resident input that they are rows of, where they are read from a data set as they are. */
  readonly column?: string | undefined;
}

/** The outputs of a program that hold what a check has measured, by their names; scalars. */
export interface CheckSpec {
  /** The path of the check node, or of the optimizer that it is read off; in a repeat there is one for each iteration. */
  readonly node: PathText;
  readonly value: string;
  readonly theory?: string | undefined;
  readonly residual: string;
  readonly tolerance: string;
  readonly basis?: string | undefined;
}

/** The value of one iteration, where those of all are stacked along leading axes, one for each loop. */
export interface StackPart {
  readonly loops: number;
  /** In row-major order of these axes. */
  readonly index: number;
}

export interface CompiledProgram {
  readonly kind: ProgramKind;
  readonly program: Program;
  readonly plan: Plan;
  readonly feeds: readonly FeedSpec[];
  readonly drawn: readonly DrawnSpec[];
  /** Its contractions of three and more tensors, and who decided their paths. */
  readonly networks: readonly PlannedNetwork[];
  /** Output names of the plan by what they show: metrics by name (`loss`, `accuracy`), ports by `node.port`. */
  readonly metrics: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  /**
   * For those of `values` that are made in loops, by the same key: which part of their output each is. An output
   * holds the value of every iteration.
   */
  readonly parts: Readonly<Record<string, StackPart>>;
  /** Names of the axes of each of `values`, by the same key. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
  readonly choices: readonly ChoiceSpec[];
  readonly checks: readonly CheckSpec[];
  /** Why what a node gives may not be finite, by its path, where its type says so. */
  readonly whyNotFinite: (node: PathText) => Text | undefined;
  /**
   * The same program with a step for each operation, made when it is asked for: what a run that has gone wrong is
   * looked at with. The numbers of choices are outputs of it (unfused.ts). Sources of steps that compute a derivative begin with `∂ `.
   */
  readonly unfused: () => CompiledProgram;
}

/** How the source of a step begins that computes the derivative of what was lowered from a node. */
export const derivativeMark = '∂ ';

export interface Compiled {
  readonly train?: CompiledProgram;
  /** Metrics on the rows that data sets hold back; more than one where data sets with one batch symbol hold back other numbers of rows. */
  readonly evaluations: readonly CompiledProgram[];
  readonly forward: CompiledProgram;
  /** Where something trains: the gradients of the losses that are trained by, as `values` by the name of the state. */
  readonly gradients?: CompiledProgram | undefined;
  /** What is checked, where there are checks: nothing but what they measure is computed in it. */
  readonly checks?: CompiledProgram | undefined;
  /** The same of what is read off optimizers; undefined also where that would be dear beside training. */
  readonly readings?: CompiledProgram | undefined;
  readonly state: readonly StateSpec[];
  readonly data: readonly DataSpec[];
  readonly choices: readonly ChoiceSpec[];
  readonly run: {
    readonly steps: number;
    readonly seed: number;
    readonly evaluateEvery: number;
    /** Of early stopping, where the document asks for it. */
    readonly patience?: number | undefined;
    readonly watch?: string | undefined;
  };
}
