/** A worker beside the others that has what node types are in PyTorch: fetched when somebody exports, or brings weights. */
import { pageData } from './page-data.ts';
import { exchange, type TorchAsk } from './torch-exchange.ts';

self.onmessage = async ({ data }: MessageEvent<TorchAsk>) => self.postMessage(await exchange(data, pageData));
// The page hears of it by `onerror`.
self.onunhandledrejection = ({ reason }) => {
  throw reason;
};
