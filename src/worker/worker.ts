/** The worker's entry: joins the host to the page's messages. */
import { engines } from '../numeric/index.ts';
import { createHost } from './host.ts';
import type { Reply } from './protocol.ts';
import { browserThreads } from './worker-threads.ts';

/** A message to ourselves waits behind those that have come from the page. */
function createYield(): () => Promise<void> {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      port2.postMessage(null);
    });
}

const post = (reply: Reply) => self.postMessage(reply);
const host = createHost(post, {
  now: () => performance.now(),
  yieldToEventLoop: createYield(),
  data: {
    async resolve(ref) {
      const { pageData } = await import('./page-data.ts');
      return pageData.resolve(ref);
    },
  },
  engine: async (name, threads, decided) => {
    if (name !== 'wasm' || threads === 1) return engines[name]();
    const { createThreaded } = await import('../numeric/threads/threaded-engine.ts');
    const measured = { now: () => performance.now(), decided };
    return createThreaded(browserThreads(threads), threads === undefined ? measured : 'always');
  },
});

// Whoever has started us waits for the lock of our name, and gets it when we are gone.
const holding = new Promise<void>((held) => {
  if (!navigator.locks || self.name === '') return held();
  void navigator.locks.request(self.name, () => {
    held();
    return new Promise(() => {});
  });
});
void holding.then(() => post({ type: 'ready', id: -1 }));

self.onmessage = ({ data }) => host.receive(data);
self.onunhandledrejection = ({ reason }) => post({ type: 'crashed', id: -1, message: String(reason) });
