/** What the binary offers to tree-kernels.ts: the tree in memory, and the loops over it that take the time. */
export { seed, sweep } from './anneal';
export { priceAll } from './cost';
export {
  acceptance,
  memo,
  memoMask,
  best,
  cost,
  elementLimit,
  elementsPerUnit,
  hyperRoots,
  hyperSets,
  hyperSizes,
  leaves,
  left,
  order,
  patterns,
  perElement,
  perLooped,
  perProduct,
  right,
  sets,
  sizes,
  split,
  stack,
  tables,
  tensors,
  candidateLegs,
  unit,
  words,
} from './memory';
export { clearMemo, orderPairs, refine, solved } from './refine';

/** Where the host may begin to lay out the memory. */
export const heapBase: i32 = <i32>__heap_base;
