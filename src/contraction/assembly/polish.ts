/**
 * Exact re-optimisation of small sub-trees (cotengra's sub-tree reconfiguration): around a pair, the tree
 * is cut at a few nodes below, and the best tree over those replaces what is there.
 */
import { pairCost } from './cost';
import { asked, cost, leaves, left, order, right, sets, split, stack, tensors, words } from './memory';
import { cut, solve } from './optimum';

/** i32 for each pair between the root of a sub-tree and the cut; the root is the first. */
const opened: usize = memory.data(64);

/** A saving below this part is a rounding error. */
const SAVING: f64 = 1e-9;

/** How many sub-trees the last call of `polish` solved, and how many splits those had. */
export let solved: i32 = 0;

/** Writes the pairs, children first, into `order`: one pass of polishing in the order that suits it. */
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

/** Opens the dearest pair on the cut until it has `leaves` nodes; gives how many it has. */
function open(root: i32): i32 {
  store<i32>(cut, root);
  let count = 1;
  while (count < leaves) {
    let dearest = -1;
    let most: f64 = -1;
    for (let i = 0; i < count; i++) {
      const v = load<i32>(cut + (i << 2));
      if (v >= tensors && load<f64>(cost + (v << 3)) > most) {
        most = load<f64>(cost + (v << 3));
        dearest = i;
      }
    }
    if (dearest < 0) break;
    const v = load<i32>(cut + (dearest << 2));
    store<i32>(opened + ((count - 1) << 2), v);
    store<i32>(cut + (dearest << 2), load<i32>(left + (v << 2)));
    store<i32>(cut + (count << 2), load<i32>(right + (v << 2)));
    count++;
  }
  return count;
}

/** A hash of what `solve` would be asked: legs that differ collide once in 2³² times. */
function question(count: i32, root: i32): u32 {
  let hash: u32 = count;
  for (let k = 0; k <= count; k++) {
    const v = k < count ? load<i32>(cut + (k << 2)) : root;
    const at = sets + v * (words << 3);
    for (let half = 0; half < words << 1; half++) {
      hash = (hash ^ load<u32>(at + (half << 2))) * 0x9e3779b1;
      hash ^= hash >> 15;
    }
  }
  return hash;
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

/** Forgets what was asked. */
export function beginPolish(): void {
  memory.fill(asked, 0, (2 * tensors - 1) << 2);
}

/** Visits entries `from` … `to` − 1 of `order`; gives how many sub-trees became cheaper. */
export function polish(from: i32, to: i32): i32 {
  let better = 0;
  solved = 0;
  for (let i = from; i < to; i++) {
    const root = load<i32>(order + (i << 2));
    const count = open(root);
    if (count < 3) continue;
    const hash = question(count, root);
    if (load<u32>(asked + (root << 2)) == hash) continue;
    store<u32>(asked + (root << 2), hash);
    let total: f64 = 0;
    for (let k = 0; k < count - 1; k++) total += load<f64>(cost + (load<i32>(opened + (k << 2)) << 3));
    solved++;
    if (solve(count, sets + root * (words << 3), total * (1 - SAVING)) < Infinity) {
      free = 0;
      build((1 << count) - 1, root, count);
      better++;
    }
  }
  return better;
}
