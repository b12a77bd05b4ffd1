/**
 * Random numbers as a function of key, stream and position: Threefry-2x32 with 20 rounds (J. K. Salmon,
 * M. A. Moraes, R. O. Dror and D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11 (2011),
 * section 4.2), four counters at a time. base/random.ts says in what order the words are taken.
 */

/** Fills `count` elements; the last block may end early. Eight elements take four counters. */
export function random<T>(key: usize, stream: i32, out: usize, count: i32): void {
  const k0 = i32x4.splat(word<T>(key));
  const k1 = i32x4.splat(word<T>(key + 2 * sizeof<T>()));
  const k2 = v128.xor(v128.xor(k0, k1), i32x4.splat(0x1bd11bda));
  const c1 = i32x4.add(i32x4.splat(stream), k1);
  let counter = i32x4(0, 1, 2, 3);
  for (let i: i32 = 0; i < count; i += 8) {
    let x = i32x4.add(counter, k0);
    let y = c1;
    counter = i32x4.add(counter, i32x4.splat(4));

    x = i32x4.add(x, y), y = v128.xor(turned(y, 13), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 15), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 26), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 6), x);
    x = i32x4.add(x, k1), y = i32x4.add(y, i32x4.add(k2, i32x4.splat(1)));
    x = i32x4.add(x, y), y = v128.xor(turned(y, 17), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 29), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 16), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 24), x);
    x = i32x4.add(x, k2), y = i32x4.add(y, i32x4.add(k0, i32x4.splat(2)));
    x = i32x4.add(x, y), y = v128.xor(turned(y, 13), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 15), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 26), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 6), x);
    x = i32x4.add(x, k0), y = i32x4.add(y, i32x4.add(k1, i32x4.splat(3)));
    x = i32x4.add(x, y), y = v128.xor(turned(y, 17), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 29), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 16), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 24), x);
    x = i32x4.add(x, k1), y = i32x4.add(y, i32x4.add(k2, i32x4.splat(4)));
    x = i32x4.add(x, y), y = v128.xor(turned(y, 13), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 15), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 26), x);
    x = i32x4.add(x, y), y = v128.xor(turned(y, 6), x);
    x = i32x4.add(x, k2), y = i32x4.add(y, i32x4.add(k0, i32x4.splat(5)));

    out = put<T>(unit(x), out, count - i);
    out = put<T>(unit(y), out, count - i - 4);
  }
}

/** A word of the key from its two halves, which are whole numbers below 2^16. */
// @ts-ignore: decorator
@inline
function word<T>(at: usize): i32 {
  return <i32>((<u32>load<T>(at) << 16) | <u32>load<T>(at, sizeof<T>()));
}

/** Every lane rotated to the left. */
// @ts-ignore: decorator
@inline
function turned(x: v128, by: i32): v128 {
  return v128.or(i32x4.shl(x, by), i32x4.shr_u(x, 32 - by));
}

/** 23 bits in the middle of their cell of (0, 1). */
// @ts-ignore: decorator
@inline
function unit(words: v128): v128 {
  const whole = f32x4.convert_i32x4_u(i32x4.shr_u(words, 9));
  return f32x4.mul(f32x4.add(whole, f32x4.splat(0.5)), f32x4.splat(1.0 / 8388608.0));
}

/** Writes up to four numbers, as many as there is room for; gives the place behind them. */
// @ts-ignore: decorator
@inline
function put<T>(x: v128, out: usize, room: i32): usize {
  if (sizeof<T>() == 4 && room >= 4) {
    v128.store(out, x);
  } else {
    if (room > 0) store<T>(out, <T>f32x4.extract_lane(x, 0));
    if (room > 1) store<T>(out + sizeof<T>(), <T>f32x4.extract_lane(x, 1));
    if (room > 2) store<T>(out + 2 * sizeof<T>(), <T>f32x4.extract_lane(x, 2));
    if (room > 3) store<T>(out + 3 * sizeof<T>(), <T>f32x4.extract_lane(x, 3));
  }
  return out + 4 * sizeof<T>();
}
