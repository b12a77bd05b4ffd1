/** Packing: a strip of a matrix whose elements lie anywhere, rewritten so that the tile kernel reads it front to back. */
import { TILE_ROW_BYTES } from './blocking';

/**
 * A panel of at most `width` lines (rows of A or columns of B), interleaved: element (line, k) goes to
 * out[k · pitch + line]. `lines` and `terms` list offsets in bytes. Where neighbouring terms are neighbours
 * in memory, `run` of them always are, the first of them being number `position` of its run; else run is 0.
 * The panel's last vector goes first: what it spills over the end of a row is overwritten.
 */
export function packPanel<T>(
  from: usize,
  lines: usize,
  count: i32,
  terms: usize,
  depth: i32,
  run: i32,
  position: i32,
  out: usize,
  pitch: usize,
): void {
  const L = (16 / sizeof<T>()) as i32;
  for (let line = ((count - 1) / L) * L; line >= 0; line -= L)
    packVector<T>(
      from,
      lines + 4 * line,
      min(L, count - line),
      terms,
      depth,
      run,
      position,
      out + line * sizeof<T>(),
      pitch,
    );
}

/** Panels that packWide packs together. */
export const GROUP: i32 = 4;

/**
 * Panels of two vectors, `pitch` bytes apart, of columns that lie side by side: `groups` times four of them.
 * Rows are read from end to end, so that memory is fetched ahead and what a cache line brings is used whole.
 */
export function packWide(from: usize, terms: usize, depth: i32, groups: i32, out: usize, pitch: usize): void {
  for (const end = terms + 4 * depth; terms < end; terms += 4) {
    let at = from + load<i32>(terms);
    let a = out;
    for (let left = groups; left > 0; left--) {
      const b = a + pitch;
      const c = b + pitch;
      const d = c + pitch;
      v128.store(a, v128.load(at));
      v128.store(a, v128.load(at, 16), 16);
      v128.store(b, v128.load(at, 32));
      v128.store(b, v128.load(at, 48), 16);
      v128.store(c, v128.load(at, 64));
      v128.store(c, v128.load(at, 80), 16);
      v128.store(d, v128.load(at, 96));
      v128.store(d, v128.load(at, 112), 16);
      a = d + pitch;
      at += GROUP * TILE_ROW_BYTES;
    }
    out += TILE_ROW_BYTES;
  }
}

/** Whether so many offsets lie `step` bytes apart. */
// @ts-ignore: decorator
@inline
function areEven(offsets: usize, count: i32, step: i32): bool {
  for (let i: i32 = 1; i < count; i++) {
    const at = offsets + 4 * i;
    if (load<i32>(at) - load<i32>(at - 4) != step) return false;
  }
  return true;
}

/** Whether so many offsets lie one element apart. */
export function areAdjacent<T>(offsets: usize, count: i32): bool {
  return areEven(offsets, count, sizeof<T>() as i32);
}

/** How many of so many offsets, from the first on, lie one element apart. */
export function adjacent<T>(offsets: usize, most: i32): i32 {
  let count: i32 = 1;
  for (; count < most; count++, offsets += 4)
    if (load<i32>(offsets, 4) - load<i32>(offsets) != (sizeof<T>() as i32)) break;
  return count;
}

/** One vector's lanes of a panel. */
function packVector<T>(
  from: usize,
  lines: usize,
  count: i32,
  terms: usize,
  depth: i32,
  run: i32,
  position: i32,
  out: usize,
  pitch: usize,
): void {
  // A line that does not exist reads the last that does.
  let p0 = from + load<i32>(lines);
  let p1 = from + load<i32>(lines + 4 * min(1, count - 1));
  let p2 = from + load<i32>(lines + 4 * min(2, count - 1));
  let p3 = from + load<i32>(lines + 4 * min(3, count - 1));
  const end = terms + 4 * depth;
  if (areAdjacent<T>(lines, count)) {
    for (; terms < end; terms += 4) {
      v128.store(out, v128.load(p0 + load<i32>(terms)));
      out += pitch;
    }
    return;
  }
  // Every other element, as windows two apart have them: from two vectors one.
  if (areEven(lines, count, 2 * sizeof<T>())) {
    for (; terms < end; terms += 4) {
      const at = p0 + load<i32>(terms);
      const low = v128.load(at),
        high = v128.load(at, 16);
      v128.store(out, sizeof<T>() == 4 ? v128.shuffle<f32>(low, high, 0, 2, 4, 6) : v128.shuffle<f64>(low, high, 0, 2));
      out += pitch;
    }
    return;
  }
  const L = (16 / sizeof<T>()) as i32;
  while (terms < end) {
    let left = run == 0 ? 1 : min(run - position, ((end - terms) >> 2) as i32);
    position = 0;
    // Terms that lie side by side: squares of elements, transposed in registers.
    for (; left >= L; left -= L) {
      const at = load<i32>(terms);
      transpose<T>(p0 + at, p1 + at, p2 + at, p3 + at, out, pitch);
      terms += 4 * L;
      out += pitch * L;
    }
    for (; left > 0; left--) {
      const at = load<i32>(terms);
      store<T>(out, load<T>(p0 + at));
      store<T>(out, load<T>(p1 + at), sizeof<T>());
      if (sizeof<T>() == 4) {
        store<T>(out, load<T>(p2 + at), 2 * sizeof<T>());
        store<T>(out, load<T>(p3 + at), 3 * sizeof<T>());
      }
      terms += 4;
      out += pitch;
    }
  }
}

/** A square of as many elements as a vector has lanes, from rows to columns. */
// @ts-ignore: decorator
@inline
function transpose<T>(p0: usize, p1: usize, p2: usize, p3: usize, out: usize, pitch: usize): void {
  const r0 = v128.load(p0),
    r1 = v128.load(p1);
  if (sizeof<T>() == 8) {
    v128.store(out, v128.shuffle<f64>(r0, r1, 0, 2));
    v128.store(out + pitch, v128.shuffle<f64>(r0, r1, 1, 3));
    return;
  }
  const r2 = v128.load(p2),
    r3 = v128.load(p3);
  const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5),
    b = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7),
    d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(out, v128.shuffle<f64>(a, b, 0, 2));
  v128.store(out + pitch, v128.shuffle<f64>(a, b, 1, 3));
  v128.store(out + 2 * pitch, v128.shuffle<f64>(c, d, 0, 2));
  v128.store(out + 3 * pitch, v128.shuffle<f64>(c, d, 1, 3));
}

/** Multiplies a packed panel of so many elements. */
export function scalePanel<T>(panel: usize, count: i32, factor: T): void {
  const by = v128.splat<T>(factor);
  for (const end = panel + count * sizeof<T>(); panel < end; panel += 16)
    v128.store(panel, v128.mul<T>(v128.load(panel), by));
}
