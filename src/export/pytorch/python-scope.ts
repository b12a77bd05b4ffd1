/** Where lines of Python go: the body of `forward`, or of a function within it. */

import type { Entity } from './class-structure.ts';
import type { Names } from './identifiers.ts';

/** The lines that come of one entity of a class, and what they read. */
export interface Chunk {
  readonly entity: Entity;
  readonly lines: string[];
  readonly uses: Set<string>;
  /** Whether it stays though nothing reads what it gives. */
  isKept: boolean;
  /** Whether training needs it. */
  isTrained: boolean;
}

export class PythonScope {
  readonly #valueNames: Map<string, string>;
  readonly chunk: Chunk;
  readonly names: Names;
  readonly lines: string[];
  readonly parent: PythonScope | undefined;
  /** Of a function: what stands for values in it. */
  readonly #values = new Map<string, string>();

  constructor(valueNames: Map<string, string>, chunk: Chunk, names: Names, parent?: PythonScope) {
    this.#valueNames = valueNames;
    [this.chunk, this.names, this.parent] = [chunk, names, parent];
    this.lines = parent ? [] : chunk.lines;
  }

  /** How a value is called here. */
  read(key: string): string {
    const own = this.#values.get(key);
    if (own !== undefined) return own;
    if (this.parent) return this.parent.read(key);
    this.chunk.uses.add(key);
    const name = this.#valueNames.get(key);
    if (name === undefined) throw new Error(`internal: ${key} is read before it is computed`);
    return name;
  }

  /** The name by which a value is assigned here. */
  define(key: string): string {
    const name = this.#valueNames.get(key) as string;
    if (!this.parent) return name;
    const own = name.startsWith('self.') ? this.names.take(name.slice(5)) : name;
    this.#values.set(key, own);
    return own;
  }

  /** A value that needs no line: what it is called by. */
  alias(key: string, code: string): void {
    if (this.parent) this.#values.set(key, code);
    else this.#valueNames.set(key, code);
  }

  /** A name of one's own, such as that of an intermediate result. */
  own(name: string): string {
    return this.names.take(name);
  }

  /** The scope of a function, in which these values are its arguments; the names of what it computes again are free in it. */
  within(
    keys: readonly string[],
    computed: readonly string[],
  ): { scope: PythonScope; args: readonly string[] } {
    const names = this.#valueNames;
    const free = [...keys, ...computed].flatMap((key) => names.get(key) ?? []);
    const scope = new PythonScope(this.#valueNames, this.chunk, this.names.within(free), this);
    const args = keys.map((key) => scope.names.take((names.get(key) ?? 'x').replace(/^self\./, '')));
    for (const [i, key] of keys.entries()) scope.#values.set(key, args[i] as string);
    return { scope, args };
  }
}
