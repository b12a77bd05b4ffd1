/**
 * Results kept by key for as long as what they were made of is the same: this is what lets a model be
 * derived anew at every change and yet consist of the objects it had before.
 */

interface Cached<T> {
  readonly ingredients: readonly unknown[];
  readonly result: T;
}

/** Keeps one result per key, and makes it anew when one of its ingredients is another object. */
export class Cache<T> {
  #kept = new Map<string, Cached<T>>();

  get(key: string, ingredients: readonly unknown[], make: () => T): T {
    const known = this.#kept.get(key);
    if (known?.ingredients.every((x, i) => Object.is(x, ingredients[i]))) return known.result;
    const result = make();
    this.#kept.set(key, { ingredients, result });
    return result;
  }

  /** The last result, whatever has become of its ingredients. */
  peek(key: string): T | undefined {
    return this.#kept.get(key)?.result;
  }

  /** Forgets all but these. */
  retain(keys: ReadonlySet<string>): void {
    for (const key of this.#kept.keys()) if (!keys.has(key)) this.#kept.delete(key);
  }
}
