/** What the kernels' binary offers, once for each precision. Addresses and strides are in bytes. */
import { setCaches, placeScratch } from './blocking';
import { gather, scatterAdd } from './gather';
import { gemm } from './gemm';
import { random } from './threefry';

/** The bytes of scratch memory that the kernels write on: at the start of the memory unless told otherwise. */
export const scratchBytes: i32 = <i32>placeScratch(0);

export { setCaches, placeScratch };

export function gemm32(product: usize, a: usize, b: usize, c: usize, scale: f32, again: bool): void {
  gemm<f32>(product, a, b, c, scale, again);
}

export function gemm64(product: usize, a: usize, b: usize, c: usize, scale: f64, again: bool): void {
  gemm<f64>(product, a, b, c, scale, again);
}

export function gather32(
  data: usize,
  indices: usize,
  out: usize,
  rows: i32,
  rowBytes: i32,
  count: i32,
): void {
  gather<f32>(data, indices, out, rows, rowBytes, count);
}

export function gather64(
  data: usize,
  indices: usize,
  out: usize,
  rows: i32,
  rowBytes: i32,
  count: i32,
): void {
  gather<f64>(data, indices, out, rows, rowBytes, count);
}

export function scatterAdd32(
  indices: usize,
  updates: usize,
  out: usize,
  rows: i32,
  rowBytes: i32,
  count: i32,
): void {
  scatterAdd<f32>(indices, updates, out, rows, rowBytes, count);
}

export function scatterAdd64(
  indices: usize,
  updates: usize,
  out: usize,
  rows: i32,
  rowBytes: i32,
  count: i32,
): void {
  scatterAdd<f64>(indices, updates, out, rows, rowBytes, count);
}

export function random32(key: usize, stream: i32, out: usize, count: i32): void {
  random<f32>(key, stream, out, count);
}

export function random64(key: usize, stream: i32, out: usize, count: i32): void {
  random<f64>(key, stream, out, count);
}
