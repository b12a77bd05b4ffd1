/**
 * Numbered slots of which every version that was handed out stays as it was, at the cost of what
 * changed: values lie in chunks, versions share the chunks in which they do not differ, and a chunk is
 * copied before it is first written for a new version (J. R. Driscoll et al., "Making data structures
 * persistent", J. Comput. Syst. Sci. 38, 1989).
 */

const chunkBits = 5;
const chunkMask = (1 << chunkBits) - 1;

/** What lay in each slot when the version was taken. */
export type Version<T> = (slot: number) => T | undefined;

export class Versions<T extends object> {
  #chunks: (T | undefined)[][] = [];
  /** Chunks that no version handed out shares. */
  #own: boolean[] = [];
  #version: Version<T> | undefined;

  /** Writes a value, or takes one away. */
  set(slot: number, value: T | undefined): void {
    const [at, within] = [slot >> chunkBits, slot & chunkMask];
    const before = this.#chunks[at];
    if (before?.[within] === value) return;
    if (this.#version) {
      this.#version = undefined;
      this.#chunks = this.#chunks.slice();
      this.#own = [];
    }
    if (!this.#own[at]) {
      this.#chunks[at] = before ? before.slice() : [];
      this.#own[at] = true;
    }
    (this.#chunks[at] as (T | undefined)[])[within] = value;
  }

  /** What stands now; the same object while nothing changes. */
  version(): Version<T> {
    const chunks = this.#chunks;
    this.#version ??= (slot) => chunks[slot >> chunkBits]?.[slot & chunkMask];
    return this.#version;
  }
}

/** Numbers names in the order in which they come; a name keeps its slot for ever. */
export class Slots {
  readonly #slots = new Map<string, number>();

  of(name: string): number {
    let slot = this.#slots.get(name);
    if (slot === undefined) {
      slot = this.#slots.size;
      this.#slots.set(name, slot);
    }
    return slot;
  }

  /** A version as a plain record to its readers: `nodes[id]`, `Object.keys(nodes)`. */
  asRecord<T>(version: Version<T>): Readonly<Record<string, T>> {
    const slots = this.#slots;
    const at = (key: string | symbol): T | undefined => {
      const slot = typeof key === 'string' ? slots.get(key) : undefined;
      return slot === undefined ? undefined : version(slot);
    };
    return new Proxy<Record<string, T>>(Object.create(null), {
      get: (_, key) => at(key) as T,
      has: (_, key) => at(key) !== undefined,
      ownKeys: () => [...slots.keys()].filter((key) => at(key) !== undefined),
      getOwnPropertyDescriptor(_, key) {
        const value = at(key);
        return value === undefined ? undefined : { value, enumerable: true, configurable: true };
      },
      set: () => false,
      deleteProperty: () => false,
      defineProperty: () => false,
    });
  }
}
