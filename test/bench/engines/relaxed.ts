/** Node 20 keeps fused multiply-add in WebAssembly behind a flag; newer ones, and Chromium, have it anyway. */
import { setFlagsFromString } from 'node:v8';

/** To be called before any module is compiled; all engines of the process then have it. */
export function allowRelaxedSimd(): void {
  if (Number(process.versions.node.split('.')[0]) < 22)
    setFlagsFromString('--experimental-wasm-relaxed-simd');
}
