/** The engines by name, each loaded only when it is asked for. */
import type { Engine, EngineName } from './engine.ts';

export const engines: Readonly<Record<EngineName, () => Promise<Engine>>> = {
  wasm: async () => (await import('./wasm/engine.ts')).wasm,
  reference: async () => (await import('./reference/engine.ts')).reference,
};
