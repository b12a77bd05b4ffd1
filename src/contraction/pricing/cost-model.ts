/**
 * What a search makes small: multiply-adds, and if asked for what carrying them out costs beside: the elements
 * of the tensors made on the way, and batches of many small products. All in multiply-adds.
 */
export interface CostModel {
  /** What one element of an intermediate tensor costs. */
  readonly perElement: number;
  /** Intermediate tensors should have no more elements; those above are charged steeply. */
  readonly limit: number;
  /** What starting each matrix product of a batch costs. */
  readonly perProduct: number;
  /** Where the products of a batch are tiny: what each multiply-add in plain loops costs more than in the kernel. */
  readonly perLooped: number;
}

export const operationsOnly: CostModel = {
  perElement: 0,
  limit: Number.POSITIVE_INFINITY,
  perProduct: 0,
  perLooped: 0,
};

export const countsOperations = ({ perElement, limit, perProduct, perLooped }: CostModel): boolean =>
  perElement + perProduct + perLooped === 0 && limit === Number.POSITIVE_INFINITY;

/** How many times its elements a tensor just above the limit costs; twice as large, twice as many times. */
const penalty = 16;

/** Products of fewer multiply-adds are carried out as plain loops: see compiler/plan/contraction. */
const smallestProduct = 64;

/** Sizes are compared with room for rounding errors; the next larger product of sizes is twice as large. */
const slack = 1.001;

/**
 * One pair of multiply-adds `flops` that makes so many elements, as so many matrix products: one for each value
 * of the indices that both operands and the result have. Figures and result in units of `unit`.
 */
export function stepCost(
  { perElement, limit, perProduct, perLooped }: CostModel,
  flops: number,
  elements: number,
  products: number,
  unit: number,
): number {
  const excess = (elements * unit) / limit;
  const cost = flops + elements * (excess > 1 ? perElement + penalty * excess : perElement);
  if (!(products * unit > slack)) return cost;
  if (flops * slack >= smallestProduct * products) return cost + products * perProduct;
  // Products of elements, where nothing is summed, run as fast as anything.
  return flops > slack * elements ? cost + flops * perLooped : cost;
}
