/**
 * The worker that lays graphs out: elkjs answers the messages. It holds the lock of its name for as long as it lives,
 * and says so once, so that its end is noticed however it comes.
 */
import 'elkjs/lib/elk-worker.min.js';

void navigator.locks?.request(self.name, () => {
  self.postMessage({ type: 'ready' });
  return new Promise(() => {});
});
