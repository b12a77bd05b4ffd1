/** Data sets in the page's workers: a document's own come from files that this browser keeps. */
import { text } from '../base/text.ts';
import {
  builtInData,
  type DataRef,
  type DataSource,
  fileData,
  type ResolvedData,
} from '../datasets/index.ts';
import { bytesOf, keptFile } from './file-store.ts';

class NotKept extends Error {}

const files = fileData({
  async open(_, { sha256 }) {
    const blob = await keptFile(sha256);
    if (!blob) throw new NotKept();
    return bytesOf(blob);
  },
});

/** What was read last is held: values are computed anew after each edit. */
const MOST_HELD = 4;
const held = new Map<string, Promise<ResolvedData | { readonly fault: ReturnType<typeof text> }>>();

async function read(ref: DataRef): ReturnType<DataSource['resolve']> {
  try {
    return await files.resolve(ref);
  } catch (error) {
    if (!(error instanceof NotKept)) throw error;
    const path = String(ref.own?.source.path);
    return {
      fault: text(
        `this browser does not have its file “${path}”: choose it again`,
        `此浏览器中没有它的文件 “${path}”：请重新选择`,
      ),
    };
  }
}

export const pageData: DataSource = {
  resolve(ref) {
    if (!ref.own) return builtInData.resolve(ref);
    const key = JSON.stringify(ref.own);
    let found = held.get(key);
    if (!found) {
      found = read(ref);
      held.set(key, found);
      const [oldest] = held.keys();
      if (held.size > MOST_HELD && oldest !== undefined) held.delete(oldest);
      // What could not be had may be there the next time.
      const forget = () => void held.delete(key);
      found.then((resolved) => 'fault' in resolved && forget(), forget);
    }
    return found;
  },
};
