/** Rows picked by index, and the transpose: rows added up by index. Indices are reals that are whole. */

/** An index becomes a row of the data: toward zero, clamped to the ends; NaN is row 0. */
// @ts-ignore: decorator
@inline
function rowAt<T>(index: usize, rows: i32): i32 {
  // The conversion saturates, so that the clamp sees every index in its right place.
  return min(max(<i32>load<T>(index), 0), rows - 1);
}

export function gather<T>(
  data: usize,
  indices: usize,
  out: usize,
  rows: i32,
  rowBytes: i32,
  count: i32,
): void {
  for (; count > 0; count--) {
    const from = data + rowAt<T>(indices, rows) * rowBytes;
    if (rowBytes == sizeof<T>()) store<T>(out, load<T>(from));
    else memory.copy(out, from, rowBytes);
    indices += sizeof<T>();
    out += rowBytes;
  }
}

export function scatterAdd<T>(
  indices: usize,
  updates: usize,
  out: usize,
  rows: i32,
  rowBytes: i32,
  count: i32,
): void {
  memory.fill(out, 0, rows * rowBytes);
  for (; count > 0; count--) {
    const to = out + rowAt<T>(indices, rows) * rowBytes;
    let r: i32 = 0;
    for (; r + 16 <= rowBytes; r += 16) {
      v128.store(to + r, v128.add<T>(v128.load(to + r), v128.load(updates + r)));
    }
    for (; r < rowBytes; r += sizeof<T>()) store<T>(to + r, load<T>(to + r) + load<T>(updates + r));
    indices += sizeof<T>();
    updates += rowBytes;
  }
}
