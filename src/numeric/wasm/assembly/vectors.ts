/** Products where one side is a vector, or nearly: bound by reading the matrix once, so nothing is packed. */
import { axesOf, axisCount, Part, Role } from './axes';
import { edgeTile, KC, packedA } from './blocking';
import { multiplyAdd } from './registers';

/** A word of a role's only axis; `none` where the role has no axis. */
// @ts-ignore: decorator
@inline
function word(product: usize, role: Role, part: Part, none: i32): i32 {
  return axisCount(product, role) == 0 ? none : load<i32>(axesOf(product, role) + (part as usize));
}

/** Computes the product if it is one of these, with one axis at most in each role; else answers false. */
export function asVector<T>(product: usize, a: usize, b: usize, c: usize, scale: T): bool {
  const S = sizeof<T>() as i32;
  for (let role = Role.Row; role <= Role.Term; role++) if (axisCount(product, role) > 1) return false;
  const m = word(product, Role.Row, Part.Size, 1);
  const n = word(product, Role.Column, Part.Size, 1);
  if (m > 2 && n > 2) return false;
  const k = word(product, Role.Term, Part.Size, 1);
  const ar = word(product, Role.Row, Part.InA, 0);
  const cr = word(product, Role.Row, Part.InC, 0);
  const bc = word(product, Role.Column, Part.InB, 0);
  const cc = word(product, Role.Column, Part.InC, 0);
  const ak = word(product, Role.Term, Part.InA, S);
  const bk = word(product, Role.Term, Part.InB, S);
  const fewRows = m <= 2 && bk == S;
  const fewColumns = n <= 2 && ak == S;
  const row = m == 1 && bc == S && cc == S;
  const column = n == 1 && ar == S && cr == S;
  if (!fewRows && !fewColumns && !row && !column) return false;

  const factor = v128.splat<T>(scale);
  let add = false;
  for (let done: i32 = 0; done < k; done += KC) {
    const kc = min(KC, k - done);
    if (fewRows) {
      for (let i: i32 = 0; i < m; i++)
        dots<T>(n, kc, b, bc, contiguous<T>(kc, a + ar * i, ak), c + cr * i, cc, factor, add);
    } else if (fewColumns) {
      for (let j: i32 = 0; j < n; j++)
        dots<T>(m, kc, a, ar, contiguous<T>(kc, b + bc * j, bk), c + cc * j, cr, factor, add);
    } else if (row) {
      rowTimesMatrix<T>(n, kc, a, ak, b, bk, c, factor, add);
    } else {
      rowTimesMatrix<T>(m, kc, b, bk, a, ak, c, factor, add);
    }
    a += ak * kc;
    b += bk * kc;
    add = true;
  }
  return true;
}

/** The elements side by side: where they are, or copied to scratch. */
function contiguous<T>(count: i32, from: usize, stride: i32): usize {
  if (stride == sizeof<T>()) return from;
  for (let i: i32 = 0; i < count; i++) {
    store<T>(packedA + i * sizeof<T>(), load<T>(from));
    from += stride;
  }
  return packedA;
}

/** out[j] = scale · Σ_k x[k] · B[k, j], B's rows contiguous: runs down four vectors of columns at a time. */
export function rowTimesMatrix<T>(
  n: i32,
  k: i32,
  x: usize,
  xs: i32,
  b: usize,
  br: i32,
  out: usize,
  scale: v128,
  add: bool,
): void {
  const L = (16 / sizeof<T>()) as i32;
  const zero = v128.splat<T>(0 as T);
  let j: i32 = 0;
  for (; j + 4 * L <= n; j += 4 * L) {
    let s0 = zero,
      s1 = zero,
      s2 = zero,
      s3 = zero;
    let px = x;
    let pb = b;
    for (let l: i32 = 0; l < k; l++) {
      const v = v128.load_splat<T>(px);
      s0 = multiplyAdd<T>(v, v128.load(pb), s0);
      s1 = multiplyAdd<T>(v, v128.load(pb, 16), s1);
      s2 = multiplyAdd<T>(v, v128.load(pb, 32), s2);
      s3 = multiplyAdd<T>(v, v128.load(pb, 48), s3);
      px += xs;
      pb += br;
    }
    keep<T>(out, s0, scale, add);
    keep<T>(out + 16, s1, scale, add);
    keep<T>(out + 32, s2, scale, add);
    keep<T>(out + 48, s3, scale, add);
    b += 64;
    out += 64;
  }
  for (; j < n; j += L) {
    let s = zero;
    let px = x;
    let pb = b;
    for (let l: i32 = 0; l < k; l++) {
      s = multiplyAdd<T>(v128.load_splat<T>(px), v128.load(pb), s);
      px += xs;
      pb += br;
    }
    if (j + L <= n) {
      keep<T>(out, s, scale, add);
    } else {
      keep<T>(edgeTile, s, scale, false);
      for (let r: i32 = 0; r < n - j; r++) {
        const value = load<T>(edgeTile + r * sizeof<T>());
        const to = out + r * sizeof<T>();
        store<T>(to, add ? load<T>(to) + value : value);
      }
    }
    b += 16;
    out += 16;
  }
}

// @ts-ignore: decorator
@inline
function keep<T>(to: usize, sum: v128, scale: v128, add: bool): void {
  sum = v128.mul<T>(sum, scale);
  if (add) sum = v128.add<T>(v128.load(to), sum);
  v128.store(to, sum);
}

/** out[i] = scale · Σ_k M[i, k] · x[k], with M's rows and x contiguous: four rows at a time share x. */
export function dots<T>(
  count: i32,
  k: i32,
  m: usize,
  mr: i32,
  x: usize,
  out: usize,
  os: i32,
  scale: v128,
  add: bool,
): void {
  const factor = v128.extract_lane<T>(scale, 0);
  const L = (16 / sizeof<T>()) as i32;
  const zero = v128.splat<T>(0 as T);
  const whole = k - (k % L);
  for (let i: i32 = 0; i < count; i += 4) {
    const rows = min(4, count - i);
    // A row that does not exist reads the last that does.
    let p0 = m;
    let p1 = m + mr * min(1, rows - 1);
    let p2 = m + mr * min(2, rows - 1);
    let p3 = m + mr * min(3, rows - 1);
    let px = x;
    let s0 = zero,
      s1 = zero,
      s2 = zero,
      s3 = zero;
    for (let l: i32 = 0; l < whole; l += L) {
      const v = v128.load(px);
      s0 = multiplyAdd<T>(v, v128.load(p0), s0);
      s1 = multiplyAdd<T>(v, v128.load(p1), s1);
      s2 = multiplyAdd<T>(v, v128.load(p2), s2);
      s3 = multiplyAdd<T>(v, v128.load(p3), s3);
      px += 16;
      p0 += 16;
      p1 += 16;
      p2 += 16;
      p3 += 16;
    }
    let t0 = across<T>(s0),
      t1 = across<T>(s1),
      t2 = across<T>(s2),
      t3 = across<T>(s3);
    for (let l = whole; l < k; l++) {
      const v = load<T>(px);
      t0 += v * load<T>(p0);
      t1 += v * load<T>(p1);
      t2 += v * load<T>(p2);
      t3 += v * load<T>(p3);
      px += sizeof<T>();
      p0 += sizeof<T>();
      p1 += sizeof<T>();
      p2 += sizeof<T>();
      p3 += sizeof<T>();
    }
    put<T>(out, t0 * factor, add);
    if (rows > 1) put<T>(out + os, t1 * factor, add);
    if (rows > 2) put<T>(out + 2 * os, t2 * factor, add);
    if (rows > 3) put<T>(out + 3 * os, t3 * factor, add);
    m += 4 * mr;
    out += 4 * os;
  }
}

/** The sum of a vector's lanes. */
// @ts-ignore: decorator
@inline
function across<T>(v: v128): T {
  if (sizeof<T>() == 4) {
    return <T>(
      (v128.extract_lane<f32>(v, 0) +
        v128.extract_lane<f32>(v, 2) +
        (v128.extract_lane<f32>(v, 1) + v128.extract_lane<f32>(v, 3)))
    );
  }
  return <T>(v128.extract_lane<f64>(v, 0) + v128.extract_lane<f64>(v, 1));
}

// @ts-ignore: decorator
@inline
function put<T>(to: usize, value: T, add: bool): void {
  store<T>(to, add ? load<T>(to) + value : value);
}
