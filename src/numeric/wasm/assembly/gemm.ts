/**
 * C = scale · A·B with any number of axes in each role and any strides (axes.ts).
 * Permutations cost nothing: packing looks elements up wherever they lie.
 *
 * The sum for an element of C runs over the terms in their order, in blocks of KC, whatever tile the
 * element falls into: its bits do not depend on how rows and columns are shared out.
 *
 * Kernels may read up to one tile row past the last column of an operand: the memory has room for it,
 * and what comes of those elements is thrown away.
 */
import { AXIS, axesOf, axisCount, innermost, listOffsets, offsetAt, Part, Role, sizeOf } from './axes';
import {
  columnBytesOfA,
  columnsInB,
  columnsInC,
  edgeTile,
  KC,
  mostInPlace,
  NC_BYTES,
  packedA,
  packedB,
  PANEL,
  panelPitch,
  panels,
  rowsInA,
  rowsInC,
  rowsInEdge,
  SIDE_BY_SIDE,
  STRIP,
  strips,
  termsInA,
  termsInB,
  TILE_ROW_BYTES,
  TILE_ROWS,
} from './blocking';
import { adjacent, areAdjacent, GROUP, packPanel, packWide, scalePanel } from './pack';
import { tile, tileSideBySide, wholeTile, wholeTileSideBySide } from './tile';
import { asVector } from './vectors';

/** With so few rows, packing B costs more than it saves. */
const FEW_ROWS: i32 = 2 * TILE_ROWS;
/** With so few panels of columns, packing A costs more than it saves. */
const FEW_PANELS: i32 = 8;
/** Address of the B whose panels are listed, as a whole; 0 for none. */
let listedB: usize = 0;

/**
 * `again`: the last product was this one too, of other rows or another batch; what was packed of the same
 * B is used again.
 */
export function gemm<T>(product: usize, a: usize, b: usize, c: usize, scale: T, again: bool): void {
  if (!again) listedB = 0;
  for (let i: i32 = 0; i < TILE_ROWS; i++) store<i32>(rowsInEdge + 4 * i, TILE_ROW_BYTES * i);
  const batches = axesOf(product, Role.Batch);
  const count = axisCount(product, Role.Batch);
  const size = sizeOf(batches, count);
  for (let i: i32 = 0; i < size; i++)
    oneOfBatch<T>(
      product,
      a + offsetAt(batches, count, Part.InA, i),
      b + offsetAt(batches, count, Part.InB, i),
      c + offsetAt(batches, count, Part.InC, i),
      scale,
      i == 0 && !again,
    );
}

/** The tables of offsets that the first has filled serve the others where there is one block. */
function oneOfBatch<T>(product: usize, a: usize, b: usize, c: usize, scale: T, isFirst: bool): void {
  if (asVector<T>(product, a, b, c, scale)) return;
  const columns = axesOf(product, Role.Column);
  const terms = axesOf(product, Role.Term);
  const columnAxes = axisCount(product, Role.Column);
  const termAxes = axisCount(product, Role.Term);
  const n = sizeOf(columns, columnAxes);
  const k = sizeOf(terms, termAxes);
  const NC = (NC_BYTES / sizeof<T>()) as i32;
  const isWhole = n <= NC && k <= KC;
  for (let jc: i32 = 0; jc < n; jc += NC) {
    const nc = min(NC, n - jc);
    if (isFirst || n > NC) {
      listOffsets(columns, columnAxes, Part.InB, jc, nc, columnsInB);
      listOffsets(columns, columnAxes, Part.InC, jc, nc, columnsInC);
    }
    for (let pc: i32 = 0; pc < k; pc += KC) {
      const kc = min(KC, k - pc);
      if ((isFirst && jc == 0) || k > KC) {
        listOffsets(terms, termAxes, Part.InA, pc, kc, termsInA);
        listOffsets(terms, termAxes, Part.InB, pc, kc, termsInB);
      }
      if (listedB != b) listPanels<T>(product, pc, kc, nc, b);
      listedB = isWhole ? b : 0;
      block<T>(product, pc, kc, nc, a, c, scale, pc > 0);
    }
  }
}

/** How many neighbouring terms are neighbours in memory; 0 where none are. */
function runOf<T>(product: usize, part: Part): i32 {
  const count = axisCount(product, Role.Term);
  if (count == 0) return 0;
  const axis = innermost(axesOf(product, Role.Term), count);
  return load<i32>(axis + (part as usize)) == (sizeof<T>() as i32) ? load<i32>(axis) : 0;
}

/** Whether terms lie evenly in an operand, however many axes they have. */
function areEven(product: usize, part: Part): bool {
  const count = axisCount(product, Role.Term);
  if (count <= 1) return true;
  let axis = innermost(axesOf(product, Role.Term), count);
  let step = load<i32>(axis + (part as usize));
  for (let i: i32 = 1; i < count; i++) {
    step *= load<i32>(axis);
    axis -= AXIS;
    if (load<i32>(axis + (part as usize)) != step) return false;
  }
  return true;
}

/** How far apart terms lie in an operand where they lie evenly. */
// @ts-ignore: decorator
@inline
function stepOf<T>(terms: usize, kc: i32): i32 {
  return kc == 1 ? sizeof<T>() : load<i32>(terms, 4) - load<i32>(terms);
}

/** B as the tiles find it: panels of columns, packed unless they can be used where they lie. */
function listPanels<T>(product: usize, pc: i32, kc: i32, nc: i32, b: usize): void {
  const NR = (TILE_ROW_BYTES / sizeof<T>()) as i32;
  const m = sizeOf(axesOf(product, Role.Row), axisCount(product, Role.Row));
  const run = runOf<T>(product, Part.InB);
  const position = run == 0 ? 0 : pc % run;
  const step = stepOf<T>(termsInB, kc);
  const usable =
    areEven(product, Part.InB) && (m <= FEW_ROWS || fitsInPlace(kc, nc * (sizeof<T>() as i32), step));
  let packed: i32 = 0;
  for (let j: i32 = 0; j < nc; j += NR) {
    const panel = panels + (PANEL * j) / NR;
    const width = min(NR, nc - j);
    const lines = columnsInB + 4 * j;
    const columns = columnsInC + 4 * j;
    store<i32>(panel, i32(width == NR && areAdjacent<T>(columns, NR)), 8);
    store<i32>(panel, load<i32>(columns), 12);
    if (usable && areAdjacent<T>(lines, width)) {
      store<usize>(panel, b + load<i32>(lines) + load<i32>(termsInB));
      store<i32>(panel, step, 4);
    } else {
      const pitch = panelPitch(kc);
      const to = packedB + (j / NR) * pitch;
      if (j >= packed) {
        const groups = adjacent<T>(lines, nc - j) / (GROUP * NR);
        if (groups > 0) packWide(b + load<i32>(lines), termsInB, kc, groups, to, pitch);
        else packPanel<T>(b, lines, width, termsInB, kc, run, position, to, TILE_ROW_BYTES);
        packed = j + max(NR, groups * GROUP * NR);
      }
      store<usize>(panel, to);
      store<i32>(panel, TILE_ROW_BYTES, 4);
    }
  }
}

/**
 * Whether B's rows stay in the first-level cache while they are used where they lie: they are few, and a
 * panel's vectors do not fall into the same few of its sets (4096 bytes apart is the same set).
 */
function fitsInPlace(k: i32, rowBytes: i32, step: i32): bool {
  const sets = 4096 / min(4096, max(64, step & -step));
  return k * rowBytes <= mostInPlace && k <= 4 * sets;
}

/** A block of B times A, so many of whose rows at a time that they stay in the second-level cache. */
function block<T>(product: usize, pc: i32, kc: i32, nc: i32, a: usize, c: usize, scale: T, add: bool): void {
  const S = sizeof<T>() as i32;
  const MC = columnBytesOfA / S;
  const NR = TILE_ROW_BYTES / S;
  const rows = axesOf(product, Role.Row);
  const rowAxes = axisCount(product, Role.Row);
  const m = sizeOf(rows, rowAxes);
  const run = runOf<T>(product, Part.InA);
  const position = run == 0 ? 0 : pc % run;
  const usable = nc <= FEW_PANELS * NR && scale == 1 && (run > 0 || axisCount(product, Role.Term) <= 1);

  for (let ic: i32 = 0; ic < m; ic += MC) {
    const mc = min(MC, m - ic);
    listOffsets(rows, rowAxes, Part.InA, ic, mc, rowsInA);
    listOffsets(rows, rowAxes, Part.InC, ic, mc, rowsInC);
    const end = listStrips<T>(usable, a, mc, kc, run, position, scale);
    for (let j: i32 = 0; j < nc; j += NR) {
      const panel = panels + (PANEL * j) / NR;
      if (load<i32>(panel, 8)) wholePanel<T>(end, kc, panel, c, add);
      else edgePanel<T>(end, kc, panel, columnsInC + 4 * j, min(NR, nc - j), c, add);
    }
  }
}

/** A as the tiles find it: strips of rows, packed unless they are used where they lie. Gives the list's end. */
function listStrips<T>(inPlace: bool, a: usize, mc: i32, kc: i32, run: i32, position: i32, scale: T): usize {
  let strip = strips;
  let to = packedA;
  for (let i: i32 = 0; i < mc; ) {
    const height = heightOf(mc - i);
    const lines = rowsInA + 4 * i;
    if (inPlace) {
      store<usize>(strip, a + load<i32>(lines));
      countFromFirst(lines, height);
    } else {
      store<usize>(strip, to);
      packPanel<T>(a, lines, height, termsInA, kc, run, position, to, TILE_ROWS * sizeof<T>());
      if (scale != 1) scalePanel<T>(to, TILE_ROWS * kc, scale);
      to += TILE_ROWS * kc * sizeof<T>();
    }
    store<i32>(strip, height, 4);
    store<usize>(strip, inPlace ? lines : SIDE_BY_SIDE, 8);
    store<usize>(strip, rowsInC + 4 * i, 12);
    strip += STRIP;
    i += height;
  }
  return strip;
}

/** All strips times a panel that is whole and contiguous in C. */
function wholePanel<T>(end: usize, kc: i32, panel: usize, c: usize, add: bool): void {
  const b = load<usize>(panel);
  const stepB = load<i32>(panel, 4);
  c += load<i32>(panel, 12);
  for (let strip = strips; strip < end; strip += STRIP) {
    const rowsA = load<usize>(strip, 8);
    const rowsC = load<usize>(strip, 12);
    const height = load<i32>(strip, 4);
    const a = load<usize>(strip);
    if (rowsA == SIDE_BY_SIDE) {
      if (height == TILE_ROWS) wholeTileSideBySide<T>(kc, a, b, stepB, c, rowsC, add);
      else tileSideBySide<T>(height, 2, kc, a, b, stepB, c, rowsC, add);
    } else if (height == TILE_ROWS) wholeTile<T>(kc, a, rowsA, termsInA, b, stepB, c, rowsC, add);
    else tile<T>(height, 2, kc, a, rowsA, termsInA, b, stepB, c, rowsC, add);
  }
}

/** All strips times a panel whose `width` columns lie anywhere in C. */
function edgePanel<T>(
  end: usize,
  kc: i32,
  panel: usize,
  columns: usize,
  width: i32,
  c: usize,
  add: bool,
): void {
  const b = load<usize>(panel);
  const stepB = load<i32>(panel, 4);
  const vectors = width * (sizeof<T>() as i32) > 16 ? 2 : 1;
  for (let strip = strips; strip < end; strip += STRIP) {
    const height = load<i32>(strip, 4);
    const rowsA = load<usize>(strip, 8);
    const a = load<usize>(strip);
    if (rowsA == SIDE_BY_SIDE)
      tileSideBySide<T>(height, vectors, kc, a, b, stepB, edgeTile, rowsInEdge, false);
    else tile<T>(height, vectors, kc, a, rowsA, termsInA, b, stepB, edgeTile, rowsInEdge, false);
    copyEdge<T>(height, width, c, load<usize>(strip, 12), columns, add);
  }
}

/** Rows of the next tile: the last two share what is left, for a tile with few cannot keep the processor busy. */
// @ts-ignore: decorator
@inline
function heightOf(left: i32): i32 {
  if (left >= 2 * TILE_ROWS) return TILE_ROWS;
  return left <= TILE_ROWS ? left : (left + 1) / 2;
}

function countFromFirst(offsets: usize, count: i32): void {
  const first = load<i32>(offsets);
  for (const end = offsets + 4 * count; offsets < end; offsets += 4) store<i32>(offsets, load<i32>(offsets) - first);
}

/** The part of the edge tile that lies in C. */
function copyEdge<T>(height: i32, width: i32, c: usize, rows: usize, columns: usize, add: bool): void {
  let from = edgeTile;
  for (let i: i32 = 0; i < height; i++) {
    const row = c + load<i32>(rows + 4 * i);
    const end = from + width * sizeof<T>();
    let column = columns;
    for (let at = from; at < end; at += sizeof<T>()) {
      const to = row + load<i32>(column);
      store<T>(to, add ? load<T>(to) + load<T>(at) : load<T>(at));
      column += 4;
    }
    from += TILE_ROW_BYTES;
  }
}
