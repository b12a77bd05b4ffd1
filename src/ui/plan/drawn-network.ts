/** A contraction network as the Plan panel shows it. */
import type { NetworkSummary } from '../../compiler/networks/describe-networks.ts';
import type { Network, SsaPath } from '../../contraction/index.ts';
import type { Command } from '../../editor/index.ts';

/** Where the numbers of a tensor come from: a port of a node, where that is known. */
export interface DrawnOperand {
  readonly node: string | undefined;
  readonly port?: string;
  /** The port of the contraction that it goes into. */
  readonly into?: string;
}

export interface DrawnNetwork {
  /** The node's id where one node draws it, else the network's key. */
  readonly id: string;
  /** The nodes that it is made of. */
  readonly nodes: readonly string[];
  readonly network: Network;
  /** The name of each label. */
  readonly indices: readonly string[];
  readonly operands: readonly DrawnOperand[];
  /** The path that somebody chose, and whether one is written down that does not fit. */
  readonly path: SsaPath | undefined;
  readonly stale: boolean;
  /** Titles of nodes that are wired to it and are no tensors of it: bare wires, which cost nothing. */
  readonly bare: readonly string[];
  /** The network as the program has it, if it is compiled. */
  readonly compiled: NetworkSummary | undefined;
  /** What follows the path, or lets one be found again. */
  readonly keep: (path: SsaPath | undefined) => readonly Command[];
}

/** A contraction that comes to nothing but other names of indices: all that is left of it is bare wires. */
export interface BareNetwork {
  readonly network?: undefined;
  readonly id: string;
  readonly nodes: readonly string[];
  readonly bare: readonly string[];
}

export interface OpenNetwork {
  readonly id: string;
  readonly nodes: readonly string[];
  /** Some size is not known yet. */
  readonly open: true;
}

export type ShownNetwork = DrawnNetwork | BareNetwork | OpenNetwork;
