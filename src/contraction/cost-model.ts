/** What a search makes small: multiply-adds, and if asked for the elements of the tensors made on the way. */
export interface CostModel {
  /** What one element of an intermediate tensor costs, in multiply-adds. */
  readonly perElement: number;
  /** Intermediate tensors should have no more elements; those above are charged steeply. */
  readonly limit: number;
}

export const operationsOnly: CostModel = { perElement: 0, limit: Number.POSITIVE_INFINITY };

export const ignoresElements = ({ perElement, limit }: CostModel): boolean =>
  perElement === 0 && limit === Number.POSITIVE_INFINITY;

/** How many times its elements a tensor just above the limit costs; twice as large, twice as many times. */
const steep = 16;

/** What making a tensor costs beside the multiply-adds. `elements` and the result are in units of `unit`. */
export function elementCost({ perElement, limit }: CostModel, elements: number, unit: number): number {
  const excess = (elements * unit) / limit;
  return elements * (excess > 1 ? perElement + steep * excess : perElement);
}
