/** Trained states as files: what reads and writes them is fetched with the first state or the first run. */

type StateFiles = typeof import('../runtime/checkpoint-file.ts');

let here: StateFiles | undefined;

/** Undefined where they are there. */
export function fetchStateFiles(): Promise<unknown> | undefined {
  if (here) return undefined;
  return import('../runtime/checkpoint-file.ts').then((module) => {
    here = module;
  });
}

export function stateFiles(): StateFiles {
  if (!here) throw new Error('internal: no state is read or written before its module is there');
  return here;
}
