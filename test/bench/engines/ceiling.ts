/**
 * What 128-bit WebAssembly can do at most on this machine: multiply-adds on registers alone, in as many
 * independent chains as hide their latency. Fused (relaxed SIMD) where the host has it, else two instructions.
 * By processor time.
 */
import { ModuleBuilder } from '../../../src/numeric/wasm/emit/binary.ts';
import { CodeBuilder } from '../../../src/numeric/wasm/emit/code.ts';
import { hasRelaxedSimd } from '../../../src/numeric/wasm/features.ts';
import { processorSeconds } from './processor-time.ts';

const CHAINS = 12;
const LANES = 4;
const ROUNDS = 4_000_000;

/** Instructions of the SIMD proposals (prefix 0xfd, LEB128). */
const multiply = [0xfd, 0xe6, 0x01];
const add = [0xfd, 0xe4, 0x01];
const fusedMultiplyAdd = [0xfd, 0x85, 0x02];
const splat = [0xfd, 0x13];
const extractLane = [0xfd, 0x1f, 0x00];

/** run() → a number that depends on every chain, so that none can be left out. */
function emit(fused: boolean): Uint8Array<ArrayBuffer> {
  const code = new CodeBuilder();
  const constant = (value: number) =>
    code.raw([0x43, ...new Uint8Array(Float32Array.of(value).buffer), ...splat]);
  const factor = code.local('v128');
  const chains = Array.from({ length: CHAINS }, () => code.local('v128'));
  constant(0.999).set(factor);
  for (const [i, chain] of chains.entries()) constant(1 + i).set(chain);
  code.repeat(ROUNDS, () => {
    // chain = chain · factor + factor: stays near a fixed point, never denormal.
    for (const chain of chains) {
      code.get(chain).get(factor);
      if (fused) code.get(factor).raw(fusedMultiplyAdd);
      else code.raw(multiply).get(factor).raw(add);
      code.set(chain);
    }
  });
  for (const [i, chain] of chains.entries()) {
    code.get(chain);
    if (i > 0) code.raw(add);
  }
  code.raw(extractLane);
  const module = new ModuleBuilder();
  const run = module.addFunction({ params: [], results: ['f32'] }, code.finish());
  module.exportFunction('run', run);
  return module.finish([run]);
}

export async function measureCeiling(): Promise<{ flopsPerSecond: number; fused: boolean }> {
  const fused = hasRelaxedSimd();
  const { instance } = await WebAssembly.instantiate(emit(fused));
  const run = instance.exports.run as () => number;
  let best = Number.POSITIVE_INFINITY;
  // The first runs are before the optimising compiler; the fastest is the least disturbed.
  for (let i = 0; i < 8; i++) {
    const begin = processorSeconds();
    if (!Number.isFinite(run())) throw new Error('internal: the chains of the ceiling diverge');
    best = Math.min(best, processorSeconds() - begin);
  }
  return { flopsPerSecond: (2 * LANES * CHAINS * ROUNDS) / best, fused };
}
