/**
 * Results kept by key for as long as what they were made of is the same: this is what lets a scene be
 * derived anew at every change and yet consist of the objects it had before.
 */

interface Cached<T> {
  readonly ingredients: readonly unknown[];
  readonly result: T;
}

/** Keeps one result per key for as long as its ingredients are the same objects. */
export class Cache<T> {
  #kept = new Map<string, Cached<T>>();
  #used = new Map<string, Cached<T>>();

  get(key: string, ingredients: readonly unknown[], make: () => T): T {
    const known = this.#kept.get(key);
    const fresh = known?.ingredients.every((x, i) => Object.is(x, ingredients[i])) ? known : undefined;
    const entry = fresh ?? { ingredients, result: make() };
    this.#used.set(key, entry);
    return entry.result;
  }

  /** Forgets what was not asked for since the last sweep. */
  sweep(): void {
    this.#kept = this.#used;
    this.#used = new Map();
  }
}
