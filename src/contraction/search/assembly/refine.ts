/**
 * Exact re-optimisation of small sub-trees (cotengra's sub-tree reconfiguration): around a pair, the tree
 * is cut at a few nodes below, and the best tree over those replaces what is there. Annealing brings
 * most sub-trees up again and again, so what was solved is kept in a memo table.
 */
import { pairCost } from './cost';
import {
  cost,
  leaves,
  left,
  memo,
  memoMask,
  order,
  right,
  sets,
  split,
  stack,
  tensors,
  words,
} from './memory';
import { cut, solve } from './optimum';

/** i32 for each pair between the root of a sub-tree and the cut; the root is the first. */
const opened: usize = memory.data(64);

/** A saving below this part is a rounding error. */
const SAVING: f64 = 1e-9;

/** How many sub-trees the last call of `refine` solved. */
export let solved: i32 = 0;

/** Writes the pairs, children first, into `order`: one pass of local refinement in the order that suits it. */
export function orderPairs(): void {
  let at = order + ((2 * tensors - 1) << 2);
  let top = stack;
  store<i32>(top, 2 * tensors - 2);
  top += 4;
  while (top > stack) {
    top -= 4;
    const v = load<i32>(top);
    if (v < tensors) continue;
    at -= 4;
    store<i32>(at, v);
    store<i32>(top, load<i32>(left + (v << 2)));
    store<i32>(top + 4, load<i32>(right + (v << 2)));
    top += 8;
  }
}

/** Opens the most expensive pair on the cut until it has `leaves` nodes; gives how many it has. */
function open(root: i32): i32 {
  store<i32>(cut, root);
  let count = 1;
  while (count < leaves) {
    let costliest = -1;
    let most: f64 = -1;
    for (let i = 0; i < count; i++) {
      const v = load<i32>(cut + (i << 2));
      if (v >= tensors && load<f64>(cost + (v << 3)) > most) {
        most = load<f64>(cost + (v << 3));
        costliest = i;
      }
    }
    if (costliest < 0) break;
    const v = load<i32>(cut + (costliest << 2));
    store<i32>(opened + ((count - 1) << 2), v);
    store<i32>(cut + (costliest << 2), load<i32>(left + (v << 2)));
    store<i32>(cut + (count << 2), load<i32>(right + (v << 2)));
    count++;
  }
  return count;
}

/** A hash of the arguments of `solve` that does not depend on the order of the cut; never 0, which marks an empty place. */
function subtreeHash(count: i32, root: i32): u64 {
  let hash = setHash(root, 0x9e3779b97f4a7c15);
  for (let k = 0; k < count; k++) hash += setHash(load<i32>(cut + (k << 2)), 0xd6e8feb86659fd93);
  return hash | 1;
}

/** Mixed by the multipliers of MurmurHash3 (Appleby 2011). */
function setHash(v: i32, salt: u64): u64 {
  let hash = salt;
  for (let at = sets + v * (words << 3), end = at + (words << 3); at < end; at += 8) {
    hash = (hash ^ load<u64>(at)) * 0xff51afd7ed558ccd;
    hash ^= hash >> 33;
  }
  hash *= 0xc4ceb9fe1a85ec53;
  return hash ^ (hash >> 33);
}

let free: i32 = 0;

/** Writes the solved tree of a subset over the opened pairs, whose numbers are used again; gives its node. */
function build(mask: i32, root: i32, count: i32): i32 {
  if ((mask & (mask - 1)) == 0) return load<i32>(cut + (ctz(mask) << 2));
  const node = load<i32>(opened + (free++ << 2));
  const part = load<i32>(split + (mask << 2));
  const l = build(part, root, count);
  const r = build(mask ^ part, root, count);
  store<i32>(left + (node << 2), l);
  store<i32>(right + (node << 2), r);
  const bytes = words << 3;
  if (node != root) {
    for (let at = 0; at < bytes; at += 8) {
      let outside = load<u64>(sets + root * bytes + at);
      for (let k = 0; k < count; k++)
        if (((mask >> k) & 1) == 0) outside |= load<u64>(sets + load<i32>(cut + (k << 2)) * bytes + at);
      const union = load<u64>(sets + l * bytes + at) | load<u64>(sets + r * bytes + at);
      store<u64>(sets + node * bytes + at, union & outside);
    }
  }
  store<f64>(cost + (node << 3), pairCost(node));
  return node;
}

/** Empties the memo table. */
export function clearMemo(): void {
  memory.fill(memo, 0, (memoMask + 1) << 4);
}

/** Visits entries `from` … `to` − 1 of `order`; gives how many sub-trees became cheaper. */
export function refine(from: i32, to: i32): i32 {
  let better = 0;
  solved = 0;
  for (let i = from; i < to; i++) {
    const root = load<i32>(order + (i << 2));
    const count = open(root);
    if (count < 3) continue;
    let total: f64 = 0;
    for (let k = 0; k < count - 1; k++) total += load<f64>(cost + (load<i32>(opened + (k << 2)) << 3));
    const least = total * (1 - SAVING);
    const hash = subtreeHash(count, root);
    const entry = memo + ((<i32>(hash >> 32) & memoMask) << 4);
    if (load<u64>(entry) == hash && load<f64>(entry + 8) >= least) continue;
    solved++;
    const found = solve(count, sets + root * (words << 3), least);
    store<u64>(entry, hash);
    store<f64>(entry + 8, min<f64>(found, total));
    if (found < Infinity) {
      free = 0;
      build((1 << count) - 1, root, count);
      better++;
    }
  }
  return better;
}
