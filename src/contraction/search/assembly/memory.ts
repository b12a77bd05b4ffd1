/**
 * The contraction tree in work, and where in the memory its parts lie. The host (tree-kernels.ts) lays the
 * memory out and sets these before the first call; nothing here allocates.
 *
 * Nodes 0 … tensors − 1 are the tensors, the pairs follow, the last is the root. Nodes keep their numbers
 * while the tree turns under them.
 */

export let tensors: i32 = 0;
/** 64-bit words of one set of indices. */
export let words: i32 = 0;

/** i32 for each node: its children. */
export let left: usize = 0;
export let right: usize = 0;
/** `words` u64 for each node: its legs. */
export let sets: usize = 0;
/** f64 for each node: the cost of the pair, in multiples of 1 / unit. */
export let cost: usize = 0;

/** f64 for each index: its size. */
export let sizes: usize = 0;
/**
 * i32 for each word of a set: where its table is. In a word whose indices have all one size (the lowest
 * bit is set) the table holds the powers of that size, else the products for each value of each byte.
 * Neighbours of one size share a table with powers for all their indices together.
 */
export let tables: usize = 0;

/** Products of sizes begin here, so that those of the largest trees stay finite; and its inverse. */
export let unit: f64 = 1;
export let elementsPerUnit: f64 = 1;
/** What an element of an intermediate tensor costs in multiply-adds; and where it begins to cost more. */
export let perElement: f64 = 0;
export let elementLimit: f64 = Infinity;
/** What each product of a batch costs in multiply-adds; where they are tiny, each multiply-add. */
export let perProduct: f64 = 0;
export let perLooped: f64 = 0;

/** One set, for the legs of a node that is being tried. */
export let candidateLegs: usize = 0;
/** 2^7 f64: the factors by which an annealing move may raise the cost. */
export let acceptance: usize = 0;

/** i32 for each node: pairs in the order in which local refinement visits them, and a stack to find it. */
export let order: usize = 0;
export let stack: usize = 0;
/** Sub-trees that were solved: a hash of each (u64) and its least cost (f64), at the place its hash says. */
export let memo: usize = 0;
/** Places of the memo table, a power of two, less one. */
export let memoMask: i32 = 0;
/** The most leaves of a sub-tree that local refinement solves, and the tables of its dynamic programme. */
export let leaves: i32 = 0;
export let best: usize = 0;
export let split: usize = 0;
export let patterns: usize = 0;
export let hyperSets: usize = 0;
export let hyperRoots: usize = 0;
export let hyperSizes: usize = 0;
