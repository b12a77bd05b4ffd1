/**
 * The flat graph: what the document comes to when every use of a block is replaced by the block's nodes,
 * under their paths. Everything after it – checker, lowering, messages, fixes – knows nodes by path.
 *
 * The inputs and outputs of a block stay, as nodes that hand on what they are given; each wire of the
 * drawing is one wire here. A use that repeats its block is one body, that of index 0: what a wire
 * brings in is what the first iteration is given.
 */
import type { GraphDocument, GraphNode } from '../../../graph-schema/document.ts';
import type { PathText } from '../../base/path.ts';
import type { AnyNodeDefinition } from '../../catalogue/define.ts';
import type { Scope } from './scope.ts';

/** A use of a block that repeats it. */
export interface Region {
  /** Of the use. */
  readonly path: PathText;
  /** Of its nodes, with a slash: the path and the index 0. */
  readonly prefix: PathText;
  readonly count: number;
  /** Whether all repeats have the same parameters. */
  readonly shared: boolean;
  /** Inputs and outputs of the body, by port; output k of a iteration is input k of the next. */
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** The repeat around it. */
  readonly around: Region | undefined;
  /** Of one iteration of a repeat that is written out: the path of the use. */
  readonly writtenOut?: { readonly of: PathText; readonly isLast: boolean };
}

/** A port of a use, and the node inside that stands for it. */
export interface Port {
  readonly name: string;
  readonly node: PathText;
}

/** A use of a block that has been replaced by what is inside. */
export interface Use {
  readonly path: PathText;
  readonly node: GraphNode;
  readonly definition: AnyNodeDefinition;
  readonly params: unknown;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
}

/** One of the repeats that a node lies in. Where a repeat is one body, its index is 0 and stands for all. */
export interface RepeatIteration {
  readonly index: number;
  readonly count: number;
  readonly shared: boolean;
  /** Whether the repeat is a loop: neither written out nor a single iteration. */
  readonly isLoop: boolean;
  /** Where the index stands in a path. */
  readonly at: number;
}

/** What a node inside a block is besides its type and parameters. */
export interface Inside {
  readonly scope: Scope;
  /** The innermost repeat whose body it is in. */
  readonly region: Region | undefined;
  /** Repeats around it, the outermost first. */
  readonly iterations: readonly RepeatIteration[];
  /** Of a node that stands for a port: which it is, and of which use. */
  readonly port?: {
    readonly use: PathText;
    readonly name: string;
    readonly kind: 'input' | 'output' | 'next';
  };
}

/** A flat graph as plain records. */
export interface FlatGraph {
  readonly nodes: Readonly<Record<PathText, GraphNode>>;
  readonly edges: GraphDocument['edges'];
  readonly dims: GraphDocument['dims'];
  readonly regions: readonly Region[];
}

/** What differs from the flat graph before: paths that came, went or mean something else now. */
export interface Changes {
  readonly nodes: ReadonlySet<PathText>;
  readonly edges: ReadonlySet<string>;
  readonly uses: ReadonlySet<PathText>;
}
