/** What inference says of one node. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { Statement } from '../../tensor/unify.ts';

/** Types by port. */
export type PortTypes = Readonly<Record<string, TensorType>>;

/** A number the user wrote as a size, and the parameter it stands in: what a fix may change. */
export interface WrittenSize {
  readonly param: string;
  readonly size: number;
}

export interface Inferred {
  readonly inputs: PortTypes;
  readonly outputs: PortTypes;
  /** Whether it holds for every node of these parameters with inputs of these types: nothing in it names the node. */
  readonly isShared: boolean;
  /** Sizes that must be equal, where they are not the same already. */
  readonly statements: readonly Statement[];
  readonly diagnostics: readonly Diagnostic[];
  readonly written: readonly WrittenSize[];
  /** Document symbols that the node's parameters name. */
  readonly symbols: ReadonlySet<string>;
}

/** An axis of an input, by port and place. */
export interface InputAxis {
  readonly port: string;
  readonly index: number;
}

/** Where each size comes from; undefined: the node made it. */
export interface Provenance {
  /** For each axis of each output. */
  readonly outputs: Readonly<Record<string, readonly (InputAxis | undefined)[]>>;
  /** For both sides of each statement. */
  readonly statements: readonly Readonly<Record<'left' | 'right', InputAxis | undefined>>[];
}
