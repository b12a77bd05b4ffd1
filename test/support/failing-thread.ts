/**
 * The entry of a thread that ends in the middle of a step: at its n-th meeting with the others it throws or
 * exits. Which, and when, stand in its task, under `fault`.
 */
import { workerData } from 'node:worker_threads';

export interface Fault {
  readonly how: 'throw' | 'exit';
  readonly meeting: number;
}

const { how, meeting } = workerData.fault as Fault;

function fail(): never {
  if (how === 'exit') process.exit(3);
  throw new Error('the share is spoilt');
}

type Instantiate = (
  module: WebAssembly.Module,
  imports: WebAssembly.Imports,
) => Promise<WebAssembly.Instance>;
const instantiate: Instantiate = WebAssembly.instantiate;
let meetings = 0;
const spoilt: Instantiate = (module, imports) => {
  const meet = imports.crew?.meet as () => void;
  const crew = { meet: () => (++meetings === meeting ? fail() : meet()) };
  return instantiate(module, { ...imports, crew });
};
Object.assign(WebAssembly, { instantiate: spoilt });

await import('../../src/cli/node-thread.ts');
