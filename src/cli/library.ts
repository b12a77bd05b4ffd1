/** The library on Node: Node 20 keeps relaxed SIMD behind a switch, which is turned on before anything computes. */
import { enableRelaxedSimd } from './relaxed-simd.ts';

enableRelaxedSimd();

export * from '../index.ts';
