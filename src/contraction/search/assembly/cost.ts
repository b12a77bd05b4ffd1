/** Sizes of tensors, and what a pair costs. */
import {
  cost,
  elementLimit,
  elementsPerUnit,
  left,
  perElement,
  perLooped,
  perProduct,
  right,
  sets,
  tables,
  tensors,
  unit,
  words,
} from './memory';

/** The product of the sizes of the members of word w of a set. */
// @ts-ignore: decorator
@inline
export function wordSize(word: u64, w: i32): f64 {
  const table = load<i32>(tables + (w << 2));
  if (table & 1) return load<f64>((table ^ 1) + ((<i32>popcnt(word)) << 3));
  let product = byteSize(table, <u32>word);
  product *= byteSize(table + 8192, <u32>(word >> 32));
  return product;
}

// @ts-ignore: decorator
@inline
function byteSize(table: i32, half: u32): f64 {
  return (
    load<f64>(table + ((half & 255) << 3)) *
    load<f64>(table + 2048 + (((half >> 8) & 255) << 3)) *
    (load<f64>(table + 4096 + (((half >> 16) & 255) << 3)) * load<f64>(table + 6144 + ((half >> 24) << 3)))
  );
}

/** Elements of a tensor, in multiples of 1 / unit. */
export function setSize(set: usize): f64 {
  let size = unit;
  for (let w = 0; w < words; w++) size *= wordSize(load<u64>(set + (w << 3)), w);
  return size;
}

/** Whether anything but multiply-adds costs something. */
// @ts-ignore: decorator
@inline
export function hasExtraCosts(): bool {
  return perElement > 0 || elementLimit < Infinity || perProduct > 0 || perLooped > 0;
}

/** How many times its elements a tensor just above the limit costs; twice as large, twice as many times. */
const PENALTY: f64 = 16;

/** As in cost-model.ts. */
const SMALLEST_PRODUCT: f64 = 64;
const SLACK: f64 = 1.001;

/** What a pair costs: see stepCost in cost-model.ts. All sizes and the result in multiples of 1 / unit. */
export function stepCost(flops: f64, elements: f64, products: f64): f64 {
  const excess = (elements * elementsPerUnit) / elementLimit;
  const total = flops + elements * (excess > 1 ? perElement + PENALTY * excess : perElement);
  if (!(products > unit * SLACK)) return total;
  if (flops * SLACK >= SMALLEST_PRODUCT * products) return total + products * perProduct;
  return flops > SLACK * elements ? total + flops * perLooped : total;
}

/** The cost of a pair of such multiply-adds: operands and result have these sets. */
export function fullCost(flops: f64, l: usize, r: usize, made: usize): f64 {
  let products = unit;
  for (let w = 0; w < words; w++) {
    const at = w << 3;
    products *= wordSize(load<u64>(l + at) & load<u64>(r + at) & load<u64>(made + at), w);
  }
  return stepCost(flops, setSize(made), products);
}

export function pairCost(v: i32): f64 {
  const l = sets + load<i32>(left + (v << 2)) * (words << 3);
  const r = sets + load<i32>(right + (v << 2)) * (words << 3);
  let flops = unit;
  for (let w = 0; w < words; w++)
    flops *= wordSize(load<u64>(l + (w << 3)) | load<u64>(r + (w << 3)), w);
  return hasExtraCosts() ? fullCost(flops, l, r, sets + v * (words << 3)) : flops;
}

/** Fills in the cost of every pair. */
export function priceAll(): void {
  for (let v = tensors; v < 2 * tensors - 1; v++) store<f64>(cost + (v << 3), pairCost(v));
}
