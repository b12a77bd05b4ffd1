/** Work that takes a while and is wished for often: of the wishes that come meanwhile the last is the next. */
export function latest<T>(work: (wish: T) => Promise<void>): (wish: T) => void {
  let isBusy = false;
  let waiting: { readonly wish: T } | undefined;

  async function goOn(): Promise<void> {
    isBusy = true;
    try {
      while (waiting) {
        const { wish } = waiting;
        waiting = undefined;
        await work(wish);
      }
    } finally {
      isBusy = false;
    }
  }

  return (wish) => {
    waiting = { wish };
    if (!isBusy) void goOn();
  };
}
