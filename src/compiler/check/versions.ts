/**
 * A record of which every version that was handed out stays as it was, at the cost of what changed:
 * values lie in chunks, versions share the chunks in which they do not differ, and a chunk is copied
 * before it is first written for a new version (J. R. Driscoll et al., "Making data structures
 * persistent", J. Comput. Syst. Sci. 38, 1989).
 */

const chunkBits = 5;
const chunkMask = (1 << chunkBits) - 1;

type Chunks<T> = readonly (readonly (T | undefined)[])[];

/** To readers a version is a plain record: `nodes[id]`, `Object.keys(nodes)`. */
function asRecord<T>(chunks: Chunks<T>, slots: ReadonlyMap<string, number>): Readonly<Record<string, T>> {
  const at = (key: string | symbol): T | undefined => {
    const slot = typeof key === 'string' ? slots.get(key) : undefined;
    return slot === undefined ? undefined : chunks[slot >> chunkBits]?.[slot & chunkMask];
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

export class Versions<T extends object> {
  /** Where the value of a key lies; a key keeps its slot for ever. */
  readonly #slots = new Map<string, number>();
  #chunks: (T | undefined)[][] = [];
  /** Chunks that no version handed out shares. */
  #own: boolean[] = [];
  #record: Readonly<Record<string, T>> | undefined;

  /** Writes a value, or takes one away. */
  set(key: string, value: T | undefined): void {
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      if (value === undefined) return;
      slot = this.#slots.size;
      this.#slots.set(key, slot);
    }
    const [at, within] = [slot >> chunkBits, slot & chunkMask];
    const before = this.#chunks[at];
    if (before?.[within] === value) return;
    if (this.#record) {
      this.#record = undefined;
      this.#chunks = [...this.#chunks];
      this.#own = [];
    }
    if (!this.#own[at]) {
      this.#chunks[at] = before ? [...before] : [];
      this.#own[at] = true;
    }
    (this.#chunks[at] as (T | undefined)[])[within] = value;
  }

  /** What stands now; the same object while nothing changes. */
  snapshot(): Readonly<Record<string, T>> {
    this.#record ??= asRecord(this.#chunks, this.#slots);
    return this.#record;
  }
}
