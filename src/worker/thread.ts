/** The entry of a worker that computes beside the page's. */
import { work } from '../numeric/threads/member.ts';

self.onmessage = ({ data }) => {
  void work(data, () => self.postMessage('ready')).then(() => self.close());
};
