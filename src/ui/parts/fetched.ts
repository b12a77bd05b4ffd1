/** Modules of actions that are fetched, and act at once when they are there: the next key finds what this one did. */
export interface Fetched<M> {
  /** Fetches the module before it is wanted. */
  early(): void;
  with(act: (module: M) => void): void;
}

export function fetched<M>(load: () => Promise<M>): Fetched<M> {
  let here: M | undefined;
  async function fetch(): Promise<M> {
    here ??= await load();
    return here;
  }
  return {
    early: () => void fetch().catch(() => undefined),
    with(act) {
      if (here) act(here);
      else void fetch().then(act);
    },
  };
}
