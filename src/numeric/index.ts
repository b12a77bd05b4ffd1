/** The engines by name, each loaded only when it is asked for. */
import type { Engine, EngineName } from './engine.ts';

export const engines: Readonly<Record<EngineName, () => Promise<Engine>>> = {
  wasm: async () => (await import('./wasm/wasm-engine.ts')).wasm,
  reference: async () => (await import('./reference/reference-engine.ts')).reference,
};
