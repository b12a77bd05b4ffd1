/**
 * The default engine: WebAssembly with 128-bit vectors, in the plan's own precision. Loading a plan
 * compiles it into one module (emit/), next to kernels that the project's build has compiled
 * (assembly/); afterwards a step is one call. Results are the same bits on every host of a machine: all
 * choose the same kernels.
 */
import type { Plan } from '../../ir/plan.ts';
import { Arena, type Numbers, outOfMemory } from '../arena.ts';
import type { Engine, Executable } from '../engine.ts';
import { productBytes } from './emit/gemm.ts';
import { emitPlan } from './emit/plan-module.ts';
import { hasRelaxedSimd } from './features.ts';
import { kernelsBase64, relaxedKernelsBase64, scratchBytes } from './kernels.generated.ts';

const PAGE = 65536;
/** Room behind the arena: kernels may read a little past the last element. */
const MARGIN = 64;
const ARENA = Math.ceil(scratchBytes / 64) * 64;

/** `relaxed` rounds a multiplication and an addition once, not twice: other bits, in half the time. */
export type KernelVariant = 'simd' | 'relaxed';

const binaries: Readonly<Record<KernelVariant, string>> = {
  simd: kernelsBase64,
  relaxed: relaxedKernelsBase64,
};

/** The kernels, compiled once for all plans. */
const kernels = new Map<KernelVariant, Promise<WebAssembly.Module>>();

function compileKernels(variant: KernelVariant): Promise<WebAssembly.Module> {
  let compiled = kernels.get(variant);
  if (compiled === undefined) {
    compiled = WebAssembly.compile(Uint8Array.from(atob(binaries[variant]), (c) => c.charCodeAt(0)));
    kernels.set(variant, compiled);
  }
  return compiled;
}

/** All the memory a plan will ever need. A host refuses sizes that it cannot give with a RangeError. */
function allocate(pages: number): WebAssembly.Memory {
  if (pages > 65536) throw outOfMemory(pages * PAGE);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    if (error instanceof RangeError) throw outOfMemory(pages * PAGE);
    throw error;
  }
}

/** The engine with the kernels that are named, else with the fastest that the host has. */
export const createWasm = (variant?: KernelVariant): Engine => ({
  name: 'wasm',
  async load(plan: Plan): Promise<Executable> {
    const tables = ARENA + plan.bytes + MARGIN;
    const pages = Math.ceil((tables + productBytes(plan)) / PAGE);
    const memory = allocate(pages);
    const [kernelModule, planModule] = await Promise.all([
      compileKernels(variant ?? (hasRelaxedSimd() ? 'relaxed' : 'simd')),
      WebAssembly.compile(emitPlan(plan, ARENA, tables, pages)),
    ]);
    const env = { memory };
    const { exports: kernelExports } = await WebAssembly.instantiate(kernelModule, { env });
    const { exports } = await WebAssembly.instantiate(planModule, { env, kernels: kernelExports });
    const run = exports.run as (step: number) => void;

    const arena = new Arena(plan, view(plan, memory));
    return {
      plan,
      write: (name, data) => arena.write(name, data),
      read: (name) => arena.read(name),
      readScalar: (name) => arena.readScalar(name),
      step: exports.step as () => void,
      stepAlone: run,
      stepChecked: () =>
        plan.steps.findIndex((_, i) => {
          run(i);
          return !arena.isFiniteAfter(i);
        }),
      dispose: () => arena.release(),
    };
  },
});

export const wasm: Engine = createWasm();

const view = ({ dtype, bytes }: Plan, { buffer }: WebAssembly.Memory): Numbers =>
  dtype === 'float32'
    ? new Float32Array(buffer, ARENA, bytes / 4)
    : new Float64Array(buffer, ARENA, bytes / 8);
