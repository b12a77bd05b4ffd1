/** A number taken apart into a power of two and a factor, by its bits. */
import type { Node } from '../dag.ts';
import type { Lanes } from '../lanes.ts';

/** The bits of 1 and of factors that fdlibm's logarithms start from, to the precision of the exponent's word. */
const bitsOf = {
  float32: { one: 0x3f800000n, rootHalf: 0x3f3504f3n, rootThreeQuarters: 0x3f5db3d7n },
  float64: { one: 0x3ff00000n << 32n, rootHalf: 0x3fe6a09en << 32n, rootThreeQuarters: 0x3febb67an << 32n },
} as const;

/** A positive, finite x as 2ᵏ · m with low ≤ m < 2 · low. */
export function split(v: Lanes, x: Node, low: 'rootHalf' | 'rootThreeQuarters'): { k: Node; m: Node } {
  const { mantissaBits, bias } = v.format;
  // Numbers too small for a full mantissa are first made larger.
  const lift = mantissaBits + 2;
  const tiny = v.lt(x, v.number(2 ** (1 - bias)));
  const normal = v.select(tiny, v.mul(x, v.number(2 ** lift)), x);
  const { one, [low]: start } = bitsOf[v.dtype];
  const shifted = v.intAdd(normal, v.integer(one - start));
  const m = v.intAdd(v.and(shifted, v.integer((1n << BigInt(mantissaBits)) - 1n)), v.integer(start));
  // The exponent field, put into the low bits of 2^mantissaBits, is a number that can be subtracted from.
  const carrier = 2 ** mantissaBits;
  const field = v.or(v.shiftRight(shifted, mantissaBits), v.number(carrier));
  const offset = v.select(tiny, v.number(carrier + bias + lift), v.number(carrier + bias));
  return { k: v.sub(field, offset), m };
}
