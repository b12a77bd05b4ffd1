/**
 * The optimal tree over a handful of nodes, by dynamic programming over ALL their subsets (3^k splits):
 * outer products, hyper-indices and batch indices included.
 *
 * An index on two of the nodes, or on one and the outside, is on exactly two of A, B and A ∪ B whenever
 * the product of A and B has it. So the product's multiply-adds are √(|A| |B| |A ∪ B|), with |S| the
 * elements of what the subset S contracts to; only indices on three or more ("hyper") can be on all three,
 * and those are divided out again.
 */
import { hasExtraCosts, stepCost } from './cost';
import {
  best,
  hyperRoots,
  hyperSets,
  hyperSizes,
  leaves,
  patterns,
  sets,
  sizes,
  split,
  unit,
  words,
} from './memory';

/** Nodes of a sub-tree; no more can be solved. */
const MOST: i32 = 16;

/** i32 for each node of the sub-tree. */
export const cut: usize = memory.data(MOST * 4);

/** f64 for each node (pair of nodes): the size of the graph indices on it (between them). */
const own: usize = memory.data(MOST * 8);
const bonds: usize = memory.data(MOST * MOST * 8);

let hypers: i32 = 0;

/** Subset `mask`: the least cost of contracting it, and beside it √|S|. */
// @ts-ignore: decorator
@inline
function subset(mask: i32): usize {
  return best + (mask << 4);
}

/** The hyper-indices of a subset; past the last subset, those that the outside carries. */
// @ts-ignore: decorator
@inline
function hyperSet(mask: i32): usize {
  return hyperSets + mask * (((hypers + 63) >> 6) << 3);
}

/** Sorts the indices of the cut by which of its nodes, and whether the outside, carry them. */
function collect(count: i32, root: usize): void {
  const bytes = words << 3;
  hypers = 0;
  memory.fill(patterns, 0, 4 << (leaves + 1));
  for (let k = 0; k < count; k++) {
    store<f64>(own + (k << 3), 1);
    for (let j = 0; j < k; j++) store<f64>(bonds + ((k * MOST + j) << 3), 1);
  }
  for (let w = 0; w < words; w++) {
    let rest: u64 = 0;
    for (let k = 0; k < count; k++) rest |= load<u64>(sets + load<i32>(cut + (k << 2)) * bytes + (w << 3));
    const outside = load<u64>(root + (w << 3));
    while (rest) {
      const bit = ctz(rest);
      rest &= rest - 1;
      let pattern = <i32>((outside >> bit) & 1) << count;
      for (let k = 0; k < count; k++)
        pattern |= <i32>((load<u64>(sets + load<i32>(cut + (k << 2)) * bytes + (w << 3)) >> bit) & 1) << k;
      add(pattern, count, load<f64>(sizes + (((w << 6) + <i32>bit) << 3)));
    }
  }
}

function add(pattern: i32, count: i32, size: f64): void {
  const nodes = pattern & ((1 << count) - 1);
  if (popcnt(pattern) > 2) {
    const at = patterns + (pattern << 2);
    let slot = load<i32>(at);
    if (slot == 0) {
      slot = ++hypers;
      store<i32>(at, slot);
      store<f64>(hyperSizes + (slot << 4), 1);
      store<i32>(hyperSizes + (slot << 4) + 8, pattern);
    }
    const product = hyperSizes + (slot << 4);
    store<f64>(product, load<f64>(product) * size);
    return;
  }
  const j = ctz(nodes);
  const k = 31 - clz(nodes);
  store<f64>(own + (j << 3), load<f64>(own + (j << 3)) * size);
  if (j == k) return;
  store<f64>(own + (k << 3), load<f64>(own + (k << 3)) * size);
  const bond = bonds + ((k * MOST + j) << 3);
  store<f64>(bond, load<f64>(bond) * size);
}

/** √|S| of every subset from one without its lowest node; `hyperRoots` holds products of bonds meanwhile. */
function rootSizes(count: i32): void {
  store<f64>(subset(0) + 8, 1);
  for (let k = count - 1; k >= 0; k--) {
    const root = sqrt(load<f64>(own + (k << 3)));
    const above = count - k - 1;
    store<f64>(hyperRoots, root);
    for (let high = 0; high < 1 << above; high++) {
      const rest = high << (k + 1);
      if (high) {
        const j = k + 1 + ctz(high);
        const less = load<f64>(hyperRoots + ((high & (high - 1)) << 3));
        store<f64>(hyperRoots + (high << 3), less / load<f64>(bonds + ((j * MOST + k) << 3)));
      }
      const factor = load<f64>(hyperRoots + (high << 3));
      store<f64>(subset(rest | (1 << k)) + 8, load<f64>(subset(rest) + 8) * factor);
    }
  }
}

/** The hyper-indices that leave each subset, and their part of √|S|; `hyperRoots` by byte of a set. */
function hyperParts(count: i32): void {
  const full = (1 << count) - 1;
  const setWords = (hypers + 63) >> 6;
  for (let byte = 0; byte << 3 < hypers; byte++) {
    const table = hyperRoots + (byte << 11);
    store<f64>(table, 1);
    for (let bit = 0; bit < 8; bit++) {
      const h = (byte << 3) + bit;
      const root = h < hypers ? sqrt(load<f64>(hyperSizes + ((h + 1) << 4))) : 1;
      const half = 1 << bit;
      for (let v = 0; v < half; v++)
        store<f64>(table + ((half + v) << 3), load<f64>(table + (v << 3)) * root);
    }
  }
  memory.fill(hyperSet(0), 0, setWords << 3);
  for (let k = 0; k < count; k++) {
    const single = hyperSet(1 << k);
    memory.fill(single, 0, setWords << 3);
    for (let h = 0; h < hypers; h++) {
      if ((load<i32>(hyperSizes + ((h + 1) << 4) + 8) >> k) & 1) setBit(single, h);
    }
    for (let mask = 1; mask < 1 << k; mask++)
      for (let w = 0; w < setWords; w++) {
        const at = w << 3;
        store<u64>(hyperSet(mask | (1 << k)) + at, load<u64>(hyperSet(mask) + at) | load<u64>(single + at));
      }
  }
  const outside = hyperSet(full + 1);
  memory.fill(outside, 0, setWords << 3);
  for (let h = 0; h < hypers; h++)
    if ((load<i32>(hyperSizes + ((h + 1) << 4) + 8) >> count) & 1) setBit(outside, h);
  // A subset and its complement cut each other; both at once, before either is overwritten.
  for (let mask = 0; mask <= full >> 1; mask++) {
    for (let w = 0; w < setWords; w++) {
      const a = hyperSet(mask) + (w << 3);
      const b = hyperSet(full ^ mask) + (w << 3);
      const inA = load<u64>(a);
      const inB = load<u64>(b);
      const beyond = load<u64>(outside + (w << 3));
      store<u64>(a, inA & (inB | beyond));
      store<u64>(b, inB & (inA | beyond));
    }
    scaleRoot(mask);
    scaleRoot(full ^ mask);
  }
}

function setBit(set: usize, h: i32): void {
  const at = set + ((h >> 6) << 3);
  store<u64>(at, load<u64>(at) | ((<u64>1) << (h & 63)));
}

function scaleRoot(mask: i32): void {
  let factor: f64 = 1;
  const set = hyperSet(mask);
  for (let byte = 0; byte << 3 < hypers; byte++)
    factor *= load<f64>(hyperRoots + (byte << 11) + (<i32>load<u8>(set + byte) << 3));
  store<f64>(subset(mask) + 8, load<f64>(subset(mask) + 8) * factor);
}

/** √ of the size of the hyper-indices on all of a, b and their product. */
function hyperExcess(a: i32, b: i32, mask: i32): f64 {
  let factor: f64 = 1;
  const inA = hyperSet(a);
  const inB = hyperSet(b);
  const inBoth = hyperSet(mask);
  for (let byte = 0; byte << 3 < hypers; byte++) {
    const common = load<u8>(inA + byte) & load<u8>(inB + byte) & load<u8>(inBoth + byte);
    factor *= load<f64>(hyperRoots + (byte << 11) + (<i32>common << 3));
  }
  return factor;
}

/**
 * The least cost of contracting the `count` nodes of the cut to the legs at `root`, or Infinity where that
 * is not below `bound`; in multiples of 1 / unit. Afterwards `split` has the left part of every subset.
 */
export function solve(count: i32, root: usize, bound: f64): f64 {
  collect(count, root);
  rootSizes(count);
  if (hypers > 0) hyperParts(count);
  const extraCosts = hasExtraCosts();
  const full = (1 << count) - 1;
  for (let mask = 1; mask <= full; mask++) {
    const low = mask & -mask;
    const others = mask ^ low;
    const at = subset(mask);
    if (others == 0) {
      store<f64>(at, 0);
      continue;
    }
    const size = load<f64>(at + 8);
    const factor = unit * size;
    let least = bound;
    let choice = 0;
    // Splits are unordered: the lowest node always goes left.
    for (let b = others; b; b = (b - 1) & others) {
      const a = mask ^ b;
      const below = load<f64>(subset(a)) + load<f64>(subset(b));
      if (below >= least) continue;
      let product = factor * load<f64>(subset(a) + 8) * load<f64>(subset(b) + 8);
      let excess: f64 = 1;
      if (hypers > 0) {
        excess = hyperExcess(a, b, mask);
        product /= excess;
      }
      if (extraCosts) product = stepCost(product, factor * size, unit * excess * excess);
      if (below + product < least) {
        least = below + product;
        choice = a;
      }
    }
    store<f64>(at, choice ? least : Infinity);
    store<i32>(split + (mask << 2), choice);
  }
  return load<f64>(subset(full));
}
