/** Rows picked by index, and the transpose: rows added up by index. What is no row's number picks NaN and adds nothing. */

/** The row that an index means; −1 where it is no whole number of a row. */
// @ts-ignore: decorator
@inline
function rowAt<T>(index: usize, rows: i32): i32 {
  const number = load<T>(index);
  // The conversion saturates, and gives 0 for NaN.
  const row = <i32>number;
  return row >= 0 && row < rows && <T>row == number ? row : -1;
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
    const row = rowAt<T>(indices, rows);
    const from = data + row * rowBytes;
    if (row < 0) for (let r: i32 = 0; r < rowBytes; r += sizeof<T>()) store<T>(out + r, <T>NaN);
    else if (rowBytes == sizeof<T>()) store<T>(out, load<T>(from));
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
    const row = rowAt<T>(indices, rows);
    const to = out + row * rowBytes;
    let r: i32 = row < 0 ? rowBytes : 0;
    for (; r + 16 <= rowBytes; r += 16) {
      v128.store(to + r, v128.add<T>(v128.load(to + r), v128.load(updates + r)));
    }
    for (; r < rowBytes; r += sizeof<T>()) store<T>(to + r, load<T>(to + r) + load<T>(updates + r));
    indices += sizeof<T>();
    updates += rowBytes;
  }
}
