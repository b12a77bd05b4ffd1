/**
 * All that the pure core may take from its host: the few globals that behave the same in a page, a
 * worker and Node. No clock, no I/O, no DOM. The outer projects see their host's own declarations
 * instead; this file is compiled with the core alone.
 */

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Base64 to a string of bytes. */
declare function atob(base64: string): string;

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(encoding?: string, options?: { readonly fatal?: boolean });
  decode(bytes?: ArrayBuffer | ArrayBufferView, options?: { readonly stream?: boolean }): string;
}

declare namespace WebAssembly {
  type BufferSource = ArrayBuffer | ArrayBufferView<ArrayBuffer>;
  type Export = Memory | Global | Table | ((...args: never[]) => unknown);
  type Imports = Record<string, Record<string, unknown>>;

  class Memory {
    constructor(limits: { readonly initial: number; readonly maximum?: number; readonly shared?: boolean });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Global {
    constructor(type: { readonly value: string; readonly mutable?: boolean }, value?: number | bigint);
    value: number | bigint;
  }
  class Table {
    constructor(type: { readonly element: 'anyfunc'; readonly initial: number; readonly maximum?: number });
    readonly length: number;
    get(index: number): unknown;
    set(index: number, value: unknown): void;
    grow(by: number): number;
  }
  class Module {
    constructor(bytes: BufferSource);
  }
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Record<string, Export>;
  }
  class CompileError extends Error {}
  class RuntimeError extends Error {}

  function validate(bytes: BufferSource): boolean;
  function compile(bytes: BufferSource): Promise<Module>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
}
