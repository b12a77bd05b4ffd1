/**
 * The entry of a thread that ends in the middle of a step: at its n-th barrier it throws or
 * exits. Which, and when, stand in its task, under `fault`.
 */
import { workerData } from 'node:worker_threads';

export interface Fault {
  readonly how: 'throw' | 'exit';
  readonly atBarrier: number;
}

const { how, atBarrier } = workerData.fault as Fault;

function fail(): never {
  if (how === 'exit') process.exit(3);
  throw new Error('the share is spoilt');
}

type Instantiate = (
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
) => Promise<WebAssembly.Instance>;
const instantiate: Instantiate = WebAssembly.instantiate;
let barriers = 0;
const spoilt: Instantiate = (module, imports) => {
  const barrier = imports.team?.barrier as () => void;
  const team = { barrier: () => (++barriers === atBarrier ? fail() : barrier()) };
  return instantiate(module, { ...imports, team });
};
Object.assign(WebAssembly, { instantiate: spoilt });

await import('../../src/cli/node-thread.ts');
