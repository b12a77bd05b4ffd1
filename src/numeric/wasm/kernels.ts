/** The kernels' binaries, each compiled once for all plans. */
import { hasRelaxedSimd } from './features.ts';

/** `relaxed` rounds a multiplication and an addition once, not twice: other bits, in half the time. */
export type KernelVariant = 'simd' | 'relaxed';

/** A host fetches the ones that it computes with. */
const binaries: Readonly<Record<KernelVariant, () => Promise<{ readonly kernelsBase64: string }>>> = {
  simd: () => import('./simd-kernels.generated.ts'),
  relaxed: () => import('./relaxed-kernels.generated.ts'),
};

/** The fastest that the host has. */
export const bestVariant = (): KernelVariant => (hasRelaxedSimd() ? 'relaxed' : 'simd');

const compiled = new Map<string, Promise<WebAssembly.Module>>();

/** `shared`: for memory that several threads see. */
export function compileKernels(variant: KernelVariant, shared: boolean): Promise<WebAssembly.Module> {
  const key = `${variant} ${shared}`;
  let module = compiled.get(key);
  if (module === undefined) {
    module = binaries[variant]().then(({ kernelsBase64 }) => {
      const binary = decode(kernelsBase64);
      return WebAssembly.compile(shared ? withSharedMemory(binary) : binary);
    });
    compiled.set(key, module);
    // A host that had no room once may have it later.
    module.catch(() => compiled.delete(key));
  }
  return module;
}

/** sin(x + shift · π/2) of large x: one for all plans. */
export type Sine = (x: number, shift: number) => number;

let sine: Promise<Sine> | undefined;

/** Fetched when a plan first has need of it. */
export function loadSine(): Promise<Sine> {
  sine ??= import('./angles/kernels.generated.ts').then(async (angles) => {
    const env = { memory: new WebAssembly.Memory({ initial: 1 }) };
    const module = await WebAssembly.compile(decode(angles.kernelsBase64));
    const { exports } = await WebAssembly.instantiate(module, { env });
    return exports.sine as Sine;
  });
  sine.catch(() => {
    sine = undefined;
  });
  return sine;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The import of `env.memory` as the format writes it, up to the byte that says: it has a maximum (1), and is shared (3). */
const memoryImport = [...'\u0003env\u0006memory\u0002'].map((c) => c.charCodeAt(0));

function withSharedMemory(binary: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = binary.findIndex((_, i) => memoryImport.every((byte, j) => binary[i + j] === byte));
  binary[at + memoryImport.length] = 3;
  return binary;
}
