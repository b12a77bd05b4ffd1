/** Packing: a strip of a strided matrix rewritten so that the tile kernel reads it front to back. */

/**
 * A panel of `width` lines (rows of A or columns of B), interleaved: element (line, k) goes to
 * out[k · width + line]. `across` is the stride from line to line, `along` the one along k. Of the
 * lines, `lines` exist; what is written for the others is never used.
 */
export function packPanel<T>(
  width: i32,
  from: usize,
  across: i32,
  along: i32,
  lines: i32,
  depth: i32,
  out: usize,
): void {
  const L = (16 / sizeof<T>()) as i32;
  for (let line: i32 = 0; line < min(width, lines); line += L) {
    packVector<T>(
      from + across * line,
      across,
      along,
      lines - line,
      depth,
      out + line * sizeof<T>(),
      width * sizeof<T>(),
    );
  }
}

/** One vector's lanes of a panel; `step` is the size of a panel's row in bytes. */
function packVector<T>(
  from: usize,
  across: i32,
  along: i32,
  lines: i32,
  depth: i32,
  out: usize,
  step: usize,
): void {
  if (across == sizeof<T>()) {
    for (; depth > 0; depth--) {
      v128.store(out, v128.load(from));
      from += along;
      out += step;
    }
    return;
  }
  // A line that does not exist reads the last that does.
  let p0 = from;
  let p1 = from + across * min(1, lines - 1);
  let p2 = from + across * min(2, lines - 1);
  let p3 = from + across * min(3, lines - 1);
  if (along == sizeof<T>()) {
    if (sizeof<T>() == 4) {
      for (; depth >= 4; depth -= 4) {
        const r0 = v128.load(p0),
          r1 = v128.load(p1),
          r2 = v128.load(p2),
          r3 = v128.load(p3);
        const a = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5),
          b = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
        const c = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7),
          d = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
        v128.store(out, v128.shuffle<f64>(a, b, 0, 2));
        v128.store(out + step, v128.shuffle<f64>(a, b, 1, 3));
        v128.store(out + 2 * step, v128.shuffle<f64>(c, d, 0, 2));
        v128.store(out + 3 * step, v128.shuffle<f64>(c, d, 1, 3));
        p0 += 16;
        p1 += 16;
        p2 += 16;
        p3 += 16;
        out += 4 * step;
      }
    } else {
      for (; depth >= 2; depth -= 2) {
        const r0 = v128.load(p0),
          r1 = v128.load(p1);
        v128.store(out, v128.shuffle<f64>(r0, r1, 0, 2));
        v128.store(out + step, v128.shuffle<f64>(r0, r1, 1, 3));
        p0 += 16;
        p1 += 16;
        out += 2 * step;
      }
    }
  }
  for (; depth > 0; depth--) {
    store<T>(out, load<T>(p0));
    store<T>(out, load<T>(p1), sizeof<T>());
    if (sizeof<T>() == 4) {
      store<T>(out, load<T>(p2), 2 * sizeof<T>());
      store<T>(out, load<T>(p3), 3 * sizeof<T>());
    }
    p0 += along;
    p1 += along;
    p2 += along;
    p3 += along;
    out += step;
  }
}
