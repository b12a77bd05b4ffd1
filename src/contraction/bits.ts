/**
 * Sets of indices as bitsets: `words` 32-bit words a set, many sets in one Int32Array. Index i is bit
 * i & 31 of word i >> 5. Every search in this folder works on these, because the legs of a partial
 * contraction are then two ANDs and an OR away, for hyper-indices and batch indices alike.
 */

/** An even number, because the kernels read two at a time. */
export const wordsFor = (bits: number): number => 2 * Math.max(1, (bits + 63) >> 6);

/** How many bits of a 32-bit word are set. */
export function popcount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** into |= from, for sets that start at the given words. */
export function unionOf(into: Int32Array, at: number, from: Int32Array, fromAt: number, words: number): void {
  for (let w = 0; w < words; w++) (into[at + w] as number) |= from[fromAt + w] as number;
}

/** Calls `visit` for each member of the set that starts at word `at`, in ascending order. */
export function forEachBit(sets: Int32Array, at: number, words: number, visit: (bit: number) => void): void {
  for (let w = 0; w < words; w++) {
    let rest = sets[at + w] as number;
    while (rest !== 0) {
      visit(w * 32 + 31 - Math.clz32(rest & -rest));
      rest &= rest - 1;
    }
  }
}

/**
 * Sums of weights by byte: entry (4·w + byte) · 256 + v is the weight of the members that byte v of
 * word w stands for. With it the weight of a set is four look-ups a word, whatever the sizes are.
 */
export function byteTable(weights: ArrayLike<number>, words: number): Float64Array {
  const table = new Float64Array(words * 1024);
  for (let byte = 0; byte < words * 4; byte++) {
    for (let bit = 0; bit < 8; bit++) {
      const weight = weights[byte * 8 + bit] ?? 0;
      const half = 1 << bit;
      const base = byte * 256;
      for (let v = 0; v < half; v++) table[base + half + v] = (table[base + v] as number) + weight;
    }
  }
  return table;
}

/** The same with products of sizes, so that the size of a tensor is four factors a word. */
export function byteProducts(sizes: ArrayLike<number>, words: number): Float64Array {
  const table = new Float64Array(words * 1024).fill(1);
  for (let byte = 0; byte < words * 4; byte++) {
    for (let bit = 0; bit < 8; bit++) {
      const size = sizes[byte * 8 + bit] ?? 1;
      const half = 1 << bit;
      const base = byte * 256;
      for (let v = 0; v < half; v++) table[base + half + v] = (table[base + v] as number) * size;
    }
  }
  return table;
}

/** The weight of one 32-bit word at position w of a set. */
export function wordWeight(table: Float64Array, w: number, word: number): number {
  const base = w * 1024;
  return (
    (table[base + (word & 255)] as number) +
    (table[base + 256 + ((word >>> 8) & 255)] as number) +
    (table[base + 512 + ((word >>> 16) & 255)] as number) +
    (table[base + 768 + (word >>> 24)] as number)
  );
}
