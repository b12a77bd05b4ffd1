/**
 * A record of which every version that was handed out stays readable, at the cost of what changed: the
 * newest version is a map, an older one holds what has been overwritten since and asks the next newer
 * for the rest (H. G. Baker, "Shallow binding makes functional arrays fast", SIGPLAN Notices 26, 1991).
 */

class Version<T> {
  /** Values of this version that newer ones do not have; undefined for a key that this one lacks. */
  readonly overwritten = new Map<string, T | undefined>();
  newer: Version<T> | undefined;
  readonly #newest: ReadonlyMap<string, T>;

  constructor(newest: ReadonlyMap<string, T>) {
    this.#newest = newest;
  }

  get(key: string): T | undefined {
    let version: Version<T> = this;
    while (version.newer) {
      if (version.overwritten.has(key)) return version.overwritten.get(key);
      version = version.newer;
    }
    return this.#newest.get(key);
  }

  keys(): string[] {
    const keys = new Set(this.#newest.keys());
    for (let version: Version<T> | undefined = this; version; version = version.newer)
      for (const key of version.overwritten.keys()) keys.add(key);
    return [...keys].filter((key) => this.get(key) !== undefined);
  }
}

/** To readers a version is a plain record: `nodes[id]`, `Object.keys(nodes)`. */
const asRecord = <T>(version: Version<T>): Readonly<Record<string, T>> =>
  new Proxy<Record<string, T>>(Object.create(null), {
    get: (_, key) => (typeof key === 'string' ? version.get(key) : undefined) as T,
    has: (_, key) => typeof key === 'string' && version.get(key) !== undefined,
    ownKeys: () => version.keys(),
    getOwnPropertyDescriptor(_, key) {
      const value = typeof key === 'string' ? version.get(key) : undefined;
      return value === undefined ? undefined : { value, enumerable: true, configurable: true };
    },
    set: () => false,
    deleteProperty: () => false,
    defineProperty: () => false,
  });

export class Versions<T extends object> {
  readonly #values = new Map<string, T>();
  #version = new Version<T>(this.#values);
  #record: Readonly<Record<string, T>> | undefined;

  /** Writes a value, or takes one away. */
  set(key: string, value: T | undefined): void {
    const before = this.#values.get(key);
    if (before === value) return;
    if (this.#record) {
      const next = new Version<T>(this.#values);
      this.#version.newer = next;
      this.#handedOut = this.#version;
      this.#version = next;
      this.#record = undefined;
    }
    const { overwritten } = this.#handedOut ?? {};
    if (overwritten && !overwritten.has(key)) overwritten.set(key, before);
    if (value === undefined) this.#values.delete(key);
    else this.#values.set(key, value);
  }

  /** The last version that somebody may hold. */
  #handedOut: Version<T> | undefined;

  /** What stands now; the same object while nothing changes. */
  snapshot(): Readonly<Record<string, T>> {
    this.#record ??= asRecord(this.#version);
    return this.#record;
  }
}
