/** What lowering makes of a document, and what is asked of it. */
import type { Checkpoints } from '../ir/builder.ts';
import type { Program } from '../ir/program.ts';
import type { IndexChoice } from './index-choices.ts';
import type { CheckSpec, DataSpec, DrawnSpec, FeedSpec, ProgramKind, StackPart, StateSpec } from './types.ts';

export interface Lowered {
  readonly kind: ProgramKind;
  readonly program: Program;
  readonly state: readonly StateSpec[];
  readonly feeds: readonly FeedSpec[];
  readonly drawn: readonly DrawnSpec[];
  readonly data: readonly DataSpec[];
  readonly choices: readonly IndexChoice[];
  readonly checks: readonly CheckSpec[];
  /** Names of the program's outputs: metrics by name, values by `node.port`. */
  readonly metrics: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  /** Which parts of their outputs those of `values` are that are made in loops. */
  readonly parts: Readonly<Record<string, StackPart>>;
  /** Axis names of each of `values`. */
  readonly axes: Readonly<Record<string, readonly string[]>>;
}

/** What a kind of program is for decides what is left out of it and what it exposes. */
export const kinds: Record<ProgramKind, { trains: boolean; values: boolean; checks: boolean }> = {
  train: { trains: true, values: false, checks: false },
  evaluate: { trains: false, values: false, checks: false },
  forward: { trains: false, values: true, checks: false },
  gradients: { trains: false, values: false, checks: false },
  checks: { trains: false, values: false, checks: true },
};

/** Which ports a forward program exposes: those that nothing reads on, or every one. */
export type Expose = 'ends' | 'all';

/** `literal`, `checkpoints`: see Builder. */
export interface LowerOptions {
  readonly expose?: Expose | undefined;
  /** For a prediction, and for checks: the nodes to compute, the ports of data sets that are given, and the ports to show. */
  readonly only?: ReadonlySet<string>;
  readonly fed?: ReadonlySet<string>;
  readonly show?: ReadonlySet<string>;
  /** Exposes ports whatever the program is for. */
  readonly ports?: boolean;
  /** For an evaluation: sizes of symbols in place of the document's, and the names of metrics by node. */
  readonly dims?: ReadonlyMap<string, number>;
  readonly metricNames?: ReadonlyMap<string, string>;
  readonly literal?: boolean | undefined;
  readonly checkpoints?: Checkpoints | undefined;
}
