/**
 * A product's description in memory, written once when a plan is loaded: the axes that make up its batches,
 * rows, columns and summed terms. Any number of axes may play one role, so that contracting tensors in
 * place, and convolving, are products too: element (i, j) lies at the sum of a row's and a column's offset
 * (the "scatter vectors" of D. Matthews, "High-performance tensor contraction without transposition",
 * SIAM J. Sci. Comput. 40:1, 2018).
 *
 * 32-bit words: the numbers of axes of the four roles; then the axes, outermost first, each with its size
 * and its strides in bytes on a, b and c.
 */

export const enum Role {
  Batch,
  Row,
  Column,
  Term,
}

/** Which of an axis' words. */
export const enum Part {
  Size = 0,
  InA = 4,
  InB = 8,
  InC = 12,
}

/** Bytes of an axis. */
export const AXIS: usize = 16;
const HEAD: usize = 16;

// @ts-ignore: decorator
@inline
export function axisCount(product: usize, role: Role): i32 {
  return load<i32>(product + 4 * (role as usize));
}

/** The first axis of a role. */
export function axesOf(product: usize, role: Role): usize {
  let at = product + HEAD;
  for (let r: i32 = 0; r < (role as i32); r++) at += AXIS * axisCount(product, r as Role);
  return at;
}

export function sizeOf(axes: usize, count: i32): i32 {
  let size: i32 = 1;
  for (; count > 0; count--, axes += AXIS) size *= load<i32>(axes);
  return size;
}

/** The innermost axis; only where there is one. */
// @ts-ignore: decorator
@inline
export function innermost(axes: usize, count: i32): usize {
  return axes + AXIS * (count - 1);
}

/** How far the element at a position of the role lies from its first. */
export function offsetAt(axes: usize, count: i32, part: Part, position: i32): i32 {
  let offset: i32 = 0;
  for (let axis = innermost(axes, count); count > 1; count--, axis -= AXIS) {
    const size = load<i32>(axis);
    const rest = position / size;
    offset += (position - rest * size) * load<i32>(axis + (part as usize));
    position = rest;
  }
  return count == 0 ? 0 : offset + position * load<i32>(axes + (part as usize));
}

/** Writes the offsets of `length` positions from `start` on. */
export function listOffsets(
  axes: usize,
  count: i32,
  part: Part,
  start: i32,
  length: i32,
  table: usize,
): void {
  if (count == 0) {
    store<i32>(table, 0);
    return;
  }
  const inner = innermost(axes, count);
  const size = load<i32>(inner);
  const stride = load<i32>(inner + (part as usize));
  let outer = start / size;
  let position = start - outer * size;
  while (length > 0) {
    const run = min(size - position, length);
    let offset = offsetAt(axes, count - 1, part, outer) + position * stride;
    for (let end = table + 4 * run; table < end; table += 4) {
      store<i32>(table, offset);
      offset += stride;
    }
    length -= run;
    outer++;
    position = 0;
  }
}
