/** The entry of a worker that computes beside the page's. */
import { work } from '../numeric/threads/member.ts';

self.onmessage = ({ data }) => {
  // What goes wrong is reported as an error of the worker, which whoever started it hears.
  void work(data, () => self.postMessage('ready')).then(() => self.close(), reportError);
};
