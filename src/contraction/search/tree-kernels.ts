/**
 * The binary of assembly/: a contraction tree in a memory of its own, and the loops over it in which the
 * search spends its time. In WebAssembly they are fast from the first call, not after seconds of warming up.
 */
import { heapBase, kernelsBase64 } from './kernels.generated.ts';

type Field =
  | 'left'
  | 'right'
  | 'sets'
  | 'cost'
  | 'sizes'
  | 'tables'
  | 'candidateLegs'
  | 'acceptance'
  | 'order'
  | 'stack'
  | 'memo'
  | 'best'
  | 'split'
  | 'patterns'
  | 'hyperSets'
  | 'hyperRoots'
  | 'hyperSizes';

type Setting =
  | 'tensors'
  | 'words'
  | 'leaves'
  | 'memoMask'
  | 'unit'
  | 'elementsPerUnit'
  | 'perElement'
  | 'perProduct'
  | 'perLooped'
  | 'elementLimit';

/** Bytes of each part of the memory. */
export type Layout = Readonly<Record<Field, number>>;

/** Where each part of the memory begins. */
export type Places = Readonly<Record<Field, number>>;

interface Functions {
  seed(a: number, b: number, c: number, d: number): void;
  sweep(passes: number): void;
  priceAll(): void;
  orderPairs(): void;
  clearMemo(): void;
  refine(from: number, to: number): number;
}

export interface Kernels extends Functions {
  readonly memory: WebAssembly.Memory;
  /** How many sub-trees the last `refine` solved. */
  solved(): number;
  set(setting: Setting, value: number): void;
  /** Makes room, and tells the binary where everything is. Views of the memory from before are void. */
  place(layout: Layout): Places;
}

const page = 65536;
const alignment = 16;

let compiled: WebAssembly.Module | undefined;

function module(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(kernelsBase64), (c) => c.charCodeAt(0)));
  return compiled;
}

/** Instances that nobody uses now. Memories are expensive to make, and most networks are small. */
const idle: Kernels[] = [];

export const borrowKernels = (): Kernels => idle.pop() ?? createKernels();

/** Memories do not shrink: those of rare large networks, and more than a few, are not kept. */
const mostIdle = 4;
const mostIdleBytes = 2 ** 22;

/** The kernels must not be used any more. One that is never given back is garbage like anything else. */
export function returnKernels(kernels: Kernels): void {
  if (idle.length < mostIdle && kernels.memory.buffer.byteLength <= mostIdleBytes) idle.push(kernels);
}

function createKernels(): Kernels {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(module(), { env: { memory } });
  const global = (name: string) => exports[name] as WebAssembly.Global;
  return {
    ...(exports as unknown as Functions),
    memory,
    solved: () => global('solved').value as number,
    set(setting, value) {
      global(setting).value = value;
    },
    place(layout) {
      let end = heapBase;
      const places = Object.fromEntries(
        Object.entries(layout).map(([field, bytes]) => {
          const at = Math.ceil(end / alignment) * alignment;
          end = at + bytes;
          global(field).value = at;
          return [field, at];
        }),
      );
      const missing = Math.ceil(end / page) - memory.buffer.byteLength / page;
      if (missing > 0) memory.grow(missing);
      return places as Places;
    },
  };
}
