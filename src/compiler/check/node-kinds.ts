/**
 * What nodes of one type with one set of parameters have in common: the parameters as they were read, and
 * what has been inferred of them from inputs of which types (memoisation; D. Michie, "Memo functions and
 * machine learning", Nature 218, 1968).
 */
import type { GraphNode } from '../../../graph-schema/document.ts';
import { validate } from '../../base/validate.ts';
import type { AnyNodeDefinition } from '../../catalogue/index.ts';
import type { TensorType } from '../../tensor/axis.ts';
import type { Inferred, Provenance } from './inferred.ts';

/** What was inferred from the types of some inputs, and where to look once more types are known. */
export class Memo {
  inferred: Inferred | undefined;
  /** Which sizes such a node hands on, where that was asked: it does not depend on what the node is called. */
  provenance: Provenance | undefined;
  #further: Map<TensorType, Memo> | undefined;

  get(type: TensorType): Memo | undefined {
    return this.#further?.get(type);
  }

  with(type: TensorType): Memo {
    this.#further ??= new Map();
    let memo = this.#further.get(type);
    if (!memo) {
      memo = new Memo();
      this.#further.set(type, memo);
    }
    return memo;
  }

  clear(): void {
    this.inferred = undefined;
    this.provenance = undefined;
    this.#further = undefined;
  }
}

export class NodeKind {
  readonly definition: AnyNodeDefinition;
  /** Parsed, defaults filled in. */
  readonly params: unknown;
  readonly #memos = new Map<string, Memo>();
  readonly #isKept: boolean;

  constructor(definition: AnyNodeDefinition, params: unknown, isKept: boolean) {
    this.definition = definition;
    this.params = params;
    this.#isKept = isKept;
  }

  /** What has been inferred of nodes of which these inputs are wired; undefined where that is not kept. */
  memoOf(ports: readonly string[]): Memo | undefined {
    if (!this.#isKept) return undefined;
    const id = ports.join('\u0000');
    let memo = this.#memos.get(id);
    if (!memo) {
      memo = new Memo();
      this.#memos.set(id, memo);
    }
    return memo;
  }

  forget(): void {
    for (const memo of this.#memos.values()) memo.clear();
  }
}

/** Parameters that cannot be read. */
type Faulty = Extract<ReturnType<typeof validate>, { faults: unknown }>;

export class NodeKinds {
  readonly #kinds = new Map<AnyNodeDefinition, Map<string, NodeKind>>();

  /** The kind of a node, or what is wrong with its parameters. */
  read(definition: AnyNodeDefinition, params: GraphNode['params']): NodeKind | Faulty {
    const id = keyOfParams(params);
    const known = id === undefined ? undefined : this.#kinds.get(definition)?.get(id);
    if (known) return known;
    const read = validate(definition.params, params);
    if ('faults' in read) return read;
    const kind = new NodeKind(definition, read.value, id !== undefined);
    const same = this.#kinds.get(definition);
    if (id !== undefined && same) same.set(id, kind);
    else if (id !== undefined) this.#kinds.set(definition, new Map([[id, kind]]));
    return kind;
  }

  /** Drops what has been inferred. */
  forgetInferences(): void {
    for (const kinds of this.#kinds.values()) for (const kind of kinds.values()) kind.forget();
  }

  /** Drops the kinds that are not in use. */
  retain(used: ReadonlySet<NodeKind>): void {
    for (const [definition, kinds] of this.#kinds) {
      for (const [id, kind] of kinds) if (!used.has(kind)) kinds.delete(id);
      if (kinds.size === 0) this.#kinds.delete(definition);
    }
  }
}

/** Parameters of more pieces than this are read for each node: comparing long lists would cost more than it spares. */
const mostPieces = 64;
const longestText = 1000;

/** A text that is equal for equal parameters only; undefined where they are long. */
function keyOfParams(params: GraphNode['params']): string | undefined {
  let left = mostPieces;
  const write = (value: unknown): string => {
    if (left-- <= 0) return '';
    if (typeof value === 'string') {
      if (value.length > longestText) left = -1;
      return left < 0 ? '' : `'${value.length}:${value}`;
    }
    // −0 is not 0 to a node that divides by it.
    if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value);
    let written = Array.isArray(value) ? '[' : '{';
    for (const name in value) {
      written += `${write(name)}=${write((value as Record<string, unknown>)[name])};`;
      if (left < 0) break;
    }
    return `${written}}`;
  };
  const written = write(params);
  return left < 0 ? undefined : written;
}
