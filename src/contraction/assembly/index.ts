/** What the binary offers to workspace.ts: the tree in memory, and the loops over it that take the time. */
export { seed, sweep } from './anneal';
export { priceAll } from './cost';
export {
  acceptance,
  answers,
  answersMask,
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
  trial,
  unit,
  words,
} from './memory';
export { forget, orderPairs, polish, solved } from './polish';

/** Where the host may begin to lay out the memory. */
export const heapBase: i32 = <i32>__heap_base;
