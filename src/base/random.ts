/**
 * Random numbers without hidden state: a number is a function of a key and a position, so the same
 * document and seed give the same numbers in the page, in a worker and on the command line, in any
 * order of asking.
 *
 * The generator is Threefry-2x32 with 20 rounds: J. K. Salmon, M. A. Moraes, R. O. Dror and
 * D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011), section 4.2.
 */

/** Two 32-bit words. */
export type Key = readonly [number, number];

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const PARITY = 0x1bd11bda;

/** Threefry-2x32-20: encrypts the counter (c0, c1) under the key. Both words of the result are in 0 … 2³² − 1. */
export function threefry(key: Key, c0: number, c1: number): Key {
  const schedule = [key[0], key[1], key[0] ^ key[1] ^ PARITY] as const;
  let x0 = (c0 + schedule[0]) | 0;
  let x1 = (c1 + schedule[1]) | 0;
  for (let round = 0; round < 20; round++) {
    const r = rotations[round % 8] as number;
    x0 = (x0 + x1) | 0;
    x1 = ((x1 << r) | (x1 >>> (32 - r))) ^ x0;
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      x0 = (x0 + (schedule[injection % 3] as number)) | 0;
      x1 = (x1 + (schedule[(injection + 1) % 3] as number) + injection) | 0;
    }
  }
  return [x0 >>> 0, x1 >>> 0];
}

/**
 * The key of a purpose: `keyFrom(seed, 'shuffle', 'digits', 3)`. Different paths give independent
 * streams; the end of each part is absorbed too, so ('ab', 'c') and ('a', 'bc') differ.
 * The seed is a whole number from 0 to 2⁵³ − 1.
 */
export function keyFrom(seed: number, ...path: readonly (string | number)[]): Key {
  let key: Key = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
  for (const part of path) {
    const name = String(part);
    for (let i = 0; i < name.length; i++) key = threefry(key, name.charCodeAt(i), i);
    key = threefry(key, 0xffffffff, name.length);
  }
  return key;
}

/** 52 random bits in the middle of their cell: never 0, never 1. */
function unit(key: Key, position: number): number {
  const [high, low] = threefry(key, position >>> 0, Math.floor(position / 2 ** 32));
  return ((high >>> 6) * 2 ** 26 + (low >>> 6) + 0.5) / 2 ** 52;
}

/** n numbers evenly spread over the open interval (0, 1). */
export function uniform(key: Key, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => unit(key, i));
}

/**
 * n numbers evenly spread over (0, 1) in single precision: what a program draws while it runs. Each block
 * of eight takes four counters; their first words come first, then their second words. 23 random bits
 * stand in the middle of their cell, so that float32 and float64 hold the same numbers.
 */
export function draw(key: Key, stream: number, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    const counter = (i >>> 3) * 4 + (i & 3);
    const word = threefry(key, counter, stream)[(i >>> 2) & 1] as number;
    return ((word >>> 9) + 0.5) / 2 ** 23;
  });
}

/** n numbers from the normal distribution of mean 0 and deviation 1. */
export function normal(key: Key, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => normalQuantile(unit(key, i)));
}

/** The numbers 0 … n − 1 in random order, every order equally likely: Fisher and Yates' shuffle. */
export function permutation(key: Key, n: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  let position = 0;
  for (let last = n - 1; last > 0; last--) {
    // Words above the largest multiple of the bound would favour small results: draw again.
    const bound = last + 1;
    const limit = 2 ** 32 - (2 ** 32 % bound);
    let word: number;
    do word = threefry(key, position++, 0)[0];
    while (word >= limit);
    const chosen = word % bound;
    const kept = order[last] as number;
    order[last] = order[chosen] as number;
    order[chosen] = kept;
  }
  return order;
}

/** Σ c[i]·xⁱ. */
const polynomial = (c: readonly number[], x: number): number => c.reduceRight((sum, ci) => sum * x + ci, 0);

const centre = {
  above: [
    3.3871328727963666, 133.14166789178438, 1971.5909503065514, 13731.693765509461, 45921.95393154987,
    67265.7709270087, 33430.57558358813, 2509.0809287301227,
  ],
  below: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852855,
  ],
} as const;
const shoulder = {
  above: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 7.745450142783414e-4,
  ],
  below: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    5.475938084995345e-4, 1.0507500716444169e-9,
  ],
} as const;
const tail = {
  above: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  below: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 7.868691311456133e-4,
    1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
  ],
} as const;

/**
 * The x with P(X ≤ x) = p for a standard normal X, 0 < p < 1, to about 1 part in 10¹⁶.
 * M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution",
 * Applied Statistics 37 (1988), routine PPND16.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centre.above, r)) / polynomial(centre.below, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? polynomial(shoulder.above, r - 1.6) / polynomial(shoulder.below, r - 1.6)
      : polynomial(tail.above, r - 5) / polynomial(tail.below, r - 5);
  return q < 0 ? -size : size;
}
