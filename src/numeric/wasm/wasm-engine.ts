/**
 * The default engine: WebAssembly with 128-bit vectors, in the plan's own precision. Loading a plan
 * compiles it into one module (emit/), next to kernels that the project's build has compiled
 * (assembly/); afterwards a step is one call. Results are the same bits on every host of a machine: all
 * choose the same kernels.
 */
import type { Plan } from '../../ir/plan.ts';
import { Arena, type Numbers } from '../arena.ts';
import type { Engine, Executable } from '../engine.ts';
import { productBytes } from './emit/emit-gemm.ts';
import { allocate, type Instance, instantiate, MARGIN, PAGE, SCRATCH } from './instance.ts';
import { bestVariant, type KernelVariant } from './kernels.ts';

/** Fetched when a run has gone wrong. */
const badSource = () => import('../bad-source.ts');

/** The engine with the kernels that are named, else with the fastest that the host has. */
export const createWasm = (variant?: KernelVariant): Engine => ({
  name: 'wasm',
  get variant() {
    return variant ?? bestVariant();
  },
  async load(plan: Plan): Promise<Executable> {
    const tables = SCRATCH + plan.bytes + MARGIN;
    const pages = Math.ceil((tables + productBytes(plan)) / PAGE);
    const memory = allocate(pages, false);
    const setting = { scratch: 0, arena: SCRATCH, tables, pages, variant: variant ?? bestVariant() };
    return executableOf(plan, memory, await instantiate(plan, memory, setting));
  },
});

export const wasm: Engine = createWasm();

/** The arena begins behind the first thread's scratch memory. */
export function executableOf(plan: Plan, memory: WebAssembly.Memory, { step, run }: Instance): Executable {
  const arena = new Arena(plan, view(plan, memory));
  return {
    plan,
    write: (name, data) => arena.write(name, data),
    read: async (name, from, to) => arena.read(name, from, to),
    advance: async (steps, feeds) => arena.advance(step, steps, feeds),
    async repeatStep(i, times) {
      for (let n = 0; n < times; n++) run(i);
    },
    advanceChecked: async (outputs) => (await badSource()).findBadSource(arena, run, outputs),
    dispose: () => arena.release(),
  };
}

const view = ({ dtype, bytes }: Plan, { buffer }: WebAssembly.Memory): Numbers =>
  dtype === 'float32'
    ? new Float32Array(buffer, SCRATCH, bytes / 4)
    : new Float64Array(buffer, SCRATCH, bytes / 8);
