/**
 * Files that a page holds because the browser could not keep them, handed to whoever asks in another page or a worker: by
 * a channel of the browser's, and a lock (Web Locks) for each file tells that somebody will answer.
 */

const CHANNEL = 'tensorloom-held-files';
const lockOf = (sha256: string): string => `${CHANNEL} ${sha256}`;

type Message =
  | { readonly type: 'wanted'; readonly sha256: string }
  | { readonly type: 'here'; readonly sha256: string; readonly blob: Blob };

const held = new Map<string, Blob>();
let channel: BroadcastChannel | undefined;

/** Until this page is closed. */
export async function holdFile(sha256: string, blob: Blob): Promise<void> {
  if (!channel) {
    channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<Message>) => {
      const found = data.type === 'wanted' ? held.get(data.sha256) : undefined;
      if (found) say({ type: 'here', sha256: data.sha256, blob: found });
    };
  }
  const isNew = !held.has(sha256);
  held.set(sha256, blob);
  if (!isNew || !navigator.locks) return;
  await new Promise<void>((resolve) => {
    void navigator.locks.request(lockOf(sha256), { mode: 'shared' }, () => {
      resolve();
      return new Promise(() => {});
    });
  });
}

const say = (message: Message): void => channel?.postMessage(message);

/** Milliseconds: where there are no locks, and where who held it is closed in between. */
const PATIENCE = 3000;

export async function askForHeld(sha256: string): Promise<Blob | undefined> {
  const mine = held.get(sha256);
  if (mine) return mine;
  const locks = await navigator.locks?.query();
  if (locks && !locks.held?.some(({ name }) => name === lockOf(sha256))) return undefined;
  const asking = new BroadcastChannel(CHANNEL);
  try {
    return await new Promise<Blob | undefined>((resolve) => {
      asking.onmessage = ({ data }: MessageEvent<Message>) => {
        if (data.type === 'here' && data.sha256 === sha256) resolve(data.blob);
      };
      asking.postMessage({ type: 'wanted', sha256 } satisfies Message);
      setTimeout(() => resolve(undefined), PATIENCE);
    });
  } finally {
    asking.close();
  }
}
