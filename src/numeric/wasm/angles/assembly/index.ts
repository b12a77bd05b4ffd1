/**
 * Sine and cosine where |x| is so large that x · 2/π is needed to hundreds of bits: M. H. Payne and R. N. Hanek,
 * "Radian reduction for trigonometric functions", SIGNUM Newsletter 18 (1983). Then fdlibm's k_sin.c and k_cos.c.
 */

/** Word i of the binary digits of 2/π = 0.101000101111…, 64 at a time. */
function digits(i: i32): u64 {
  switch (i) {
    case 0:
      return 0xa2f9836e4e441529;
    case 1:
      return 0xfc2757d1f534ddc0;
    case 2:
      return 0xdb6295993c439041;
    case 3:
      return 0xfe5163abdebbc561;
    case 4:
      return 0xb7246e3a424dd2e0;
    case 5:
      return 0x06492eea09d1921c;
    case 6:
      return 0xfe1deb1cb129a73e;
    case 7:
      return 0xe88235f52ebb4484;
    case 8:
      return 0xe99c7026b45f7e41;
    case 9:
      return 0x3991d639835339f4;
    case 10:
      return 0x9c845f8bbdf9283b;
    case 11:
      return 0x1ff897ffde05980f;
    case 12:
      return 0xef2f118b5a0a6d1f;
    case 13:
      return 0x6d367ecf27cb09b7;
    case 14:
      return 0x4f463f669e5fea2d;
    case 15:
      return 0x7527bac7ebe5f17b;
    case 16:
      return 0x3d0739f78a5292ea;
    case 17:
      return 0x6bfb5fb11f8d5d08;
    case 18:
      return 0x56033046fc7b6bab;
    case 19:
      return 0xf0cfbc209af4361d;
    default:
      return i < 0 ? 0 : 0xa9e391615ee61b08;
  }
}

/** 64 digits of 2/π from the one at position `from` on; before the first there are zeros. */
function digitsFrom(from: i32): u64 {
  const word = from >> 6;
  const shift = <u64>(from & 63);
  const first = digits(word);
  return shift == 0 ? first : (first << shift) | (digits(word + 1) >> (64 - shift));
}

/** The upper 64 bits of a product. */
function upperProduct(a: u64, b: u64): u64 {
  const a0 = a & 0xffffffff;
  const a1 = a >> 32;
  const b0 = b & 0xffffffff;
  const b1 = b >> 32;
  const middle = a1 * b0 + ((a0 * b0) >> 32);
  return a1 * b1 + (middle >> 32) + ((a0 * b1 + (middle & 0xffffffff)) >> 32);
}

/** sin(x + shift · π/2), shift 0 or 1, for |x| ≥ 1; NaN where x is not finite. */
export function sine(x: f64, shift: i32): f64 {
  const bits = reinterpret<u64>(x);
  const exponent = <i32>((bits >> 52) & 0x7ff);
  if (exponent == 0x7ff) return x - x;
  const mantissa = (bits & 0xfffffffffffff) | 0x10000000000000;
  // |x| = mantissa · 2^(exponent − 1075). Digits that give multiples of 2π are left out: of mantissa · digits the
  // fraction remains, which counts turns, in 128 bits.
  const from = exponent - 1077;
  const next = digitsFrom(from + 64);
  const low = mantissa * next;
  const lower = low + upperProduct(mantissa, digitsFrom(from + 128));
  const carry: u64 = lower < low ? 1 : 0;
  const upper = mantissa * digitsFrom(from) + upperProduct(mantissa, next) + carry;
  // The nearest quarter, and what is left of one, from −1/2 to 1/2.
  let high = (upper << 2) | (lower >> 62);
  let rest = lower << 2;
  const isNegative = high >> 63 == 1;
  const quarters = <i32>(upper >> 62) + (isNegative ? 1 : 0);
  if (isNegative) {
    rest = ~rest + 1;
    high = ~high + (rest == 0 ? 1 : 0);
  }
  const head = <f64>(high >> 12) * 2.220446049250313e-16;
  const tail = <f64>(((high & 0xfff) << 52) | (rest >> 12)) * 1.2037062152420224e-35;
  const part = head + tail;
  const size = part * 1.5707963267948966 + part * 6.123233995736766e-17;
  const r = isNegative ? -size : size;
  const turn = quarters + shift;
  let value = (turn & 1) == 1 ? cosineNear(r) : sineNear(r);
  if ((turn & 2) == 2) value = -value;
  return x < 0 && shift == 0 ? -value : value;
}

function sineNear(r: f64): f64 {
  const z = r * r;
  const p =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return r + z * r * (-1.66666666666666324348e-1 + z * p);
}

function cosineNear(r: f64): f64 {
  const z = r * r;
  const p =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const whole = 1 - half;
  return whole + (1 - whole - half + z * p);
}
