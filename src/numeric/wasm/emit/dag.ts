/**
 * Vector values as a graph that has not yet been put in order. Equal values are one node, so common
 * sub-expressions are computed once; a node knows in which loop it last changes, so that what does not
 * change in a loop is computed before it.
 */
import { unsigned } from './binary.ts';
import type { CodeBuilder } from './code.ts';

export interface Node {
  readonly id: number;
  readonly args: readonly Node[];
  /** The instructions that make the value of the arguments on the stack. */
  readonly bytes: readonly number[];
  /** How many of the enclosing loops must have been entered before the value is known. */
  readonly level: number;
  /** Cheaper made anew than kept: constants and parameters. */
  readonly trivial: boolean;
}

export class Dag {
  readonly #nodes = new Map<string, Node>();

  /**
   * The node for an instruction (named by `key`) on its arguments; `bytes` is asked for only when the
   * value is new. `level` matters where the instruction itself reads what a loop changes.
   */
  node(key: string, bytes: () => readonly number[], args: readonly Node[], level = 0, trivial = false): Node {
    let whole = key;
    for (const a of args) whole += ` ${a.id}`;
    const found = this.#nodes.get(whole);
    if (found) return found;
    const deepest = args.reduce((max, a) => Math.max(max, a.level), level);
    const node = { id: this.#nodes.size, args, bytes: bytes(), level: deepest, trivial };
    this.#nodes.set(whole, node);
    return node;
  }

  param(index: number): Node {
    return this.node(`param ${index}`, () => [0x20, ...unsigned(index)], [], 0, true);
  }
}

/** Writes nodes as code. A value that is used again waits in a local. */
export class Scheduler {
  readonly #code: CodeBuilder;
  /** Values in locals, with the number of uses to come; hoisted ones stay to the end of their scope. */
  readonly #held = new Map<Node, { readonly local: number; uses: number }>();
  #uses = new Map<Node, number>();

  constructor(code: CodeBuilder) {
    this.#code = code;
  }

  /** Announces what is pushed next, so that uses can be counted. */
  announce(roots: readonly Node[]): void {
    this.#uses = new Map();
    for (const root of roots) this.#count(root);
  }

  #count(node: Node): void {
    const uses = this.#uses.get(node) ?? 0;
    this.#uses.set(node, uses + 1);
    if (uses === 0 && !this.#held.has(node)) for (const a of node.args) this.#count(a);
  }

  /** Puts an announced value on the stack. */
  push(node: Node): void {
    const held = this.#held.get(node);
    if (held) {
      this.#code.get(held.local);
      if (--held.uses === 0) this.#drop(node);
      return;
    }
    for (const a of node.args) this.push(a);
    this.#code.raw(node.bytes);
    const more = (this.#uses.get(node) ?? 1) - 1;
    if (more === 0 || node.trivial) return;
    const local = this.#code.local('v128');
    this.#held.set(node, { local, uses: more });
    this.#code.tee(local);
  }

  /** Runs `body` with every value of at most `level` that the roots need computed beforehand, in locals. */
  hoisting(level: number, roots: readonly Node[], body: () => void): void {
    const wanted = new Set<Node>();
    const seen = new Set<Node>();
    const visit = (node: Node): void => {
      if (seen.has(node) || this.#held.has(node) || node.trivial) return;
      seen.add(node);
      if (node.level <= level) wanted.add(node);
      else for (const a of node.args) visit(a);
    };
    for (const root of roots) visit(root);
    this.announce([...wanted]);
    for (const node of wanted) this.#keep(node);
    body();
    for (const node of wanted) this.#drop(node);
  }

  /** Computes an announced value into a local that stays until it is dropped. */
  #keep(node: Node): void {
    if (!this.#held.has(node)) {
      this.push(node);
      // A value that another wanted one uses too is in a local by now; otherwise it gets one here.
      if (this.#held.has(node)) this.#code.raw([0x1a]);
      else {
        const local = this.#code.local('v128');
        this.#code.set(local);
        this.#held.set(node, { local, uses: 0 });
      }
    }
    (this.#held.get(node) as { uses: number }).uses = Number.POSITIVE_INFINITY;
  }

  #drop(node: Node): void {
    this.#code.release('v128', (this.#held.get(node) as { local: number }).local);
    this.#held.delete(node);
  }
}
