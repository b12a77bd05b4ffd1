/** A plan's module and the kernels it calls, living on one memory. */
import type { Plan } from '../../ir/plan.ts';
import { allocating, outOfMemory, refusal } from '../engine.ts';
import { hasAngles } from './emit/large-angles.ts';
import { emitPlan, type Setting } from './emit/plan-module.ts';
import { scratchBytes } from './kernels.generated.ts';
import { compileKernels, type KernelVariant, loadSine } from './kernels.ts';

export const PAGE = 65536;
/** Addresses have 32 bits. */
const MOST_PAGES = 65536;
/** Room behind the arena: kernels may read a little past the last element. */
export const MARGIN = 64;
/** Scratch memory for one thread, in whole lines. */
export const SCRATCH = Math.ceil(scratchBytes / 64) * 64;

/** All the memory a plan will ever need. Throws an EngineError. */
export function allocate(pages: number, shared: boolean): WebAssembly.Memory {
  const bytes = pages * PAGE;
  if (pages > MOST_PAGES) throw outOfMemory(bytes);
  return allocating(bytes, () => new WebAssembly.Memory({ initial: pages, maximum: pages, shared }));
}

export interface Instance {
  /** Executes all steps. */
  readonly step: () => void;
  /** Executes one. */
  readonly run: (step: number) => void;
}

/** What the kernels are told before they are used. */
interface KernelSettings {
  /** Where their scratch memory begins; gives its end. */
  readonly placeScratch: (at: number) => number;
  readonly setCaches: (first: number, second: number) => void;
}

/** Rejects with an EngineError where the host has no room for the code. `scratch` is where the kernels' scratch memory begins; `barrier` is called at barriers. */
export async function instantiate(
  plan: Plan,
  memory: WebAssembly.Memory,
  {
    scratch,
    variant,
    barrier,
    ...setting
  }: Setting & {
    readonly scratch: number;
    readonly variant: KernelVariant;
    readonly barrier?: () => void;
  },
): Promise<Instance> {
  try {
    const [kernelModule, planModule, sine] = await Promise.all([
      compileKernels(variant, setting.isShared === true),
      WebAssembly.compile(emitPlan(plan, setting)),
      hasAngles(plan) ? loadSine() : undefined,
    ]);
    const env = { memory };
    const { exports: kernels } = await WebAssembly.instantiate(kernelModule, { env });
    const { placeScratch, setCaches } = kernels as unknown as KernelSettings;
    placeScratch(scratch);
    setCaches(plan.caches.first, plan.caches.second);
    const { exports } = await WebAssembly.instantiate(planModule, {
      env,
      kernels,
      angles: { sine },
      team: { barrier },
    });
    return exports as unknown as Instance;
  } catch (error) {
    throw refusal(error, memory.buffer.byteLength);
  }
}
