/**
 * Simulated annealing of a contraction tree by local rotations (TreeSA: Kalachev, Panteleev and Yung,
 * arXiv 2108.05665): ((a, b), c) becomes ((a, c), b). Only two pairs change, and the legs of (a, c) are
 * (a | c) & (b | parent), so that a move costs a few words of bit operations whatever the indices are.
 */
import { fullCost, hasExtraCosts, wordSize } from './cost';
import { acceptance, cost, left, right, sets, tables, tensors, candidateLegs, unit, words } from './memory';

/** The state of xoshiro128** (Blackman and Vigna 2018). */
let s0: i32 = 0;
let s1: i32 = 0;
let s2: i32 = 0;
let s3: i32 = 0;

/** Not all four may be zero. */
export function seed(a: i32, b: i32, c: i32, d: i32): void {
  s0 = a;
  s1 = b;
  s2 = c;
  s3 = d;
}

/**
 * `count` passes, each trying one rotation at every pair. A move that makes its two pairs together r times
 * more expensive is taken when r is at most a random member of the table of acceptance.
 */
export function sweep(count: i32): void {
  const extraCosts = hasExtraCosts();
  const w = words;
  const bytes = w << 3;
  let a0 = s0;
  let a1 = s1;
  let a2 = s2;
  let a3 = s3;
  for (; count > 0; count--) {
    for (let v = 2 * tensors - 2; v >= tensors; v--) {
      const dice: u32 = rotl<i32>(a1 * 5, 7) * 9;
      const t = a1 << 9;
      a2 ^= a0;
      a3 ^= a1;
      a1 ^= a2;
      a0 ^= a3;
      a2 ^= t;
      a3 = rotl<i32>(a3, 11);

      // Selections where branches would be mispredicted every other time.
      const l = load<i32>(left + (v << 2));
      const r = load<i32>(right + (v << 2));
      const swap = <i32>(l < tensors) | (<i32>(r >= tensors) & (dice & 1));
      const x = select<i32>(r, l, swap);
      if (x < tensors) continue;
      const c = select<i32>(l, r, swap);
      const sideA = select<usize>(right, left, dice & 2) + (x << 2);
      const sideB = select<usize>(left, right, dice & 2) + (x << 2);
      const a = load<i32>(sideA);
      const b = load<i32>(sideB);
      const atA = sets + a * bytes;
      const atB = sets + b * bytes;
      const atC = sets + c * bytes;
      const atV = sets + v * bytes;
      let inner = unit;
      let outer = unit;
      for (let i = 0; i < w; ) {
        const table = load<i32>(tables + (i << 2));
        if (table & 1) {
          let inners: i32 = 0;
          let outers: i32 = 0;
          do {
            const at = i << 3;
            const union = load<u64>(atA + at) | load<u64>(atC + at);
            inners += <i32>popcnt(union);
            outers += <i32>popcnt((union & load<u64>(atV + at)) | load<u64>(atB + at));
            i++;
          } while (i < w && load<i32>(tables + (i << 2)) == table);
          inner *= load<f64>((table ^ 1) + (inners << 3));
          outer *= load<f64>((table ^ 1) + (outers << 3));
        } else {
          const at = i << 3;
          const union = load<u64>(atA + at) | load<u64>(atC + at);
          inner *= wordSize(union, i);
          outer *= wordSize((union & load<u64>(atV + at)) | load<u64>(atB + at), i);
          i++;
        }
      }
      if (extraCosts) {
        for (let at = 0; at < bytes; at += 8)
          store<u64>(candidateLegs + at, legsWith(atA + at, atC + at, atB + at, atV + at));
        inner = fullCost(inner, atA, atC, candidateLegs);
        outer = fullCost(outer, candidateLegs, atB, atV);
      }
      const atCostX = cost + (x << 3);
      const atCostV = cost + (v << 3);
      const bar = (load<f64>(atCostX) + load<f64>(atCostV)) * load<f64>(acceptance + ((dice >> 25) << 3));
      if (inner + outer <= bar) {
        store<i32>(sideA, a);
        store<i32>(sideB, c);
        store<i32>(left + (v << 2), x);
        store<i32>(right + (v << 2), b);
        const atX = sets + x * bytes;
        for (let at = 0; at < bytes; at += 8)
          store<u64>(atX + at, legsWith(atA + at, atC + at, atB + at, atV + at));
        store<f64>(atCostX, inner);
        store<f64>(atCostV, outer);
      }
    }
  }
  s0 = a0;
  s1 = a1;
  s2 = a2;
  s3 = a3;
}

/** A word of the legs of (a, c), where b and the parent are what is outside of it. */
// @ts-ignore: decorator
@inline
function legsWith(a: usize, c: usize, b: usize, parent: usize): u64 {
  return (load<u64>(a) | load<u64>(c)) & (load<u64>(b) | load<u64>(parent));
}
