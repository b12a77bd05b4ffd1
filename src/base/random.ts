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

const PARITY = 0x1bd11bda;

/** Results of `encrypt`, as signed words: returned this way because a pair for each number would be an object. */
let first = 0;
let second = 0;

/**
 * Twenty rounds written out: tensors of millions of numbers are filled with this. In a loop over the rotations, with a
 * pair for each result, the same numbers take about three times as long.
 */
function encrypt(k0: number, k1: number, c0: number, c1: number): void {
  const k2 = k0 ^ k1 ^ PARITY;
  let x = (c0 + k0) | 0;
  let y = (c1 + k1) | 0;
  x = (x + y) | 0;
  y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0;
  y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0;
  y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0;
  y = ((y << 6) | (y >>> 26)) ^ x;
  x = (x + k1) | 0;
  y = (y + k2 + 1) | 0;
  x = (x + y) | 0;
  y = ((y << 17) | (y >>> 15)) ^ x;
  x = (x + y) | 0;
  y = ((y << 29) | (y >>> 3)) ^ x;
  x = (x + y) | 0;
  y = ((y << 16) | (y >>> 16)) ^ x;
  x = (x + y) | 0;
  y = ((y << 24) | (y >>> 8)) ^ x;
  x = (x + k2) | 0;
  y = (y + k0 + 2) | 0;
  x = (x + y) | 0;
  y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0;
  y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0;
  y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0;
  y = ((y << 6) | (y >>> 26)) ^ x;
  x = (x + k0) | 0;
  y = (y + k1 + 3) | 0;
  x = (x + y) | 0;
  y = ((y << 17) | (y >>> 15)) ^ x;
  x = (x + y) | 0;
  y = ((y << 29) | (y >>> 3)) ^ x;
  x = (x + y) | 0;
  y = ((y << 16) | (y >>> 16)) ^ x;
  x = (x + y) | 0;
  y = ((y << 24) | (y >>> 8)) ^ x;
  x = (x + k1) | 0;
  y = (y + k2 + 4) | 0;
  x = (x + y) | 0;
  y = ((y << 13) | (y >>> 19)) ^ x;
  x = (x + y) | 0;
  y = ((y << 15) | (y >>> 17)) ^ x;
  x = (x + y) | 0;
  y = ((y << 26) | (y >>> 6)) ^ x;
  x = (x + y) | 0;
  y = ((y << 6) | (y >>> 26)) ^ x;
  first = (x + k2) | 0;
  second = (y + k0 + 5) | 0;
}

/** Threefry-2x32-20: encrypts the counter (c0, c1) under the key. Both words of the result are in 0 … 2³² − 1. */
export function threefry(key: Key, c0: number, c1: number): Key {
  encrypt(key[0] | 0, key[1] | 0, c0 | 0, c1 | 0);
  return [first >>> 0, second >>> 0];
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
function unit(k0: number, k1: number, position: number): number {
  encrypt(k0, k1, position | 0, (position / 2 ** 32) | 0);
  return ((first >>> 6) * 2 ** 26 + (second >>> 6) + 0.5) / 2 ** 52;
}

/** A whole number from 0 to n − 1, each equally likely to within n parts in 2⁵². */
export const placeBelow = (key: Key, position: number, n: number): number =>
  Math.floor(unit(key[0] | 0, key[1] | 0, position) * n);

type Target = Float32Array | Float64Array;

/** Numbers evenly spread over the open interval (from, to), in all of `out`. */
export function fillUniform<T extends Target>(key: Key, out: T, from = 0, to = 1): T {
  const [k0, k1] = [key[0] | 0, key[1] | 0];
  for (let i = 0; i < out.length; i++) out[i] = (to - from) * unit(k0, k1, i) + from;
  return out;
}

/** Numbers from the normal distribution of mean 0 and deviation 1, in all of `out`. */
export function fillNormal<T extends Target>(key: Key, out: T): T {
  const [k0, k1] = [key[0] | 0, key[1] | 0];
  for (let i = 0; i < out.length; i++) out[i] = normalQuantile(unit(k0, k1, i));
  return out;
}

/** n numbers as `fillUniform` makes them. */
export const uniform = (key: Key, n: number): Float64Array => fillUniform(key, new Float64Array(n));

/** n numbers as `fillNormal` makes them. */
export const normal = (key: Key, n: number): Float64Array => fillNormal(key, new Float64Array(n));

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

/**
 * The x with P(X ≤ x) = p for a standard normal X, 0 < p < 1, to about 1 part in 10¹⁶.
 * M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution",
 * Applied Statistics 37 (1988), routine PPND16. Polynomials by Horner's rule, the highest power first.
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    const above =
      ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
        13731.693765509461) *
        r +
        1971.5909503065514) *
        r +
        133.14166789178438) *
        r +
      3.3871328727963666;
    const below =
      ((((((5226.495278852855 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) *
        r +
        5394.196021424751) *
        r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
      1;
    return (q * above) / below;
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size = r <= 5 ? shoulder(r - 1.6) : tail(r - 5);
  return q < 0 ? -size : size;
}

const shoulder = (r: number): number =>
  (((((((7.745450142783414e-4 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
    1.2704582524523684) *
    r +
    3.6478483247632045) *
    r +
    5.769497221460691) *
    r +
    4.630337846156546) *
    r +
    1.4234371107496835) /
  (((((((1.0507500716444169e-9 * r + 5.475938084995345e-4) * r + 0.015198666563616457) * r +
    0.14810397642748008) *
    r +
    0.6897673349851) *
    r +
    1.6763848301838038) *
    r +
    2.053191626637759) *
    r +
    1);

const tail = (r: number): number =>
  (((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
    0.026532189526576124) *
    r +
    0.29656057182850487) *
    r +
    1.7848265399172913) *
    r +
    5.463784911164114) *
    r +
    6.657904643501103) /
  (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
    7.868691311456133e-4) *
    r +
    0.014875361290850615) *
    r +
    0.1369298809227358) *
    r +
    0.599832206555888) *
    r +
    1);
