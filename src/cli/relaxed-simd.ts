/**
 * Node 20 keeps relaxed SIMD, which browsers have, behind a switch. It must be on before the first
 * WebAssembly is compiled, so that the command line computes with the same kernels as the page.
 */
import { setFlagsFromString } from 'node:v8';
import { hasRelaxedSimd } from '../numeric/wasm/features.ts';

export function enableRelaxedSimd(): void {
  if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd');
}
