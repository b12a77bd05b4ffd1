/** Data sets in the page's workers: a document's own come from files that this browser keeps. */
import { text } from '../base/text.ts';
import {
  builtInData,
  type DataRef,
  type DataSource,
  fileData,
  type ResolvedData,
} from '../datasets/index.ts';

class NotKept extends Error {}

const files = fileData({
  async open(_, { sha256 }) {
    const { bytesOf, keptFile } = await import('./file-store.ts');
    const blob = await keptFile(sha256);
    if (!blob) throw new NotKept();
    return bytesOf(blob);
  },
});

/**
 * What was read last is held: values are computed anew after each edit. The newest whatever its size, others as long as
 * all have no more numbers than this.
 */
const MOST_HELD = 2 ** 25;
type Found = Awaited<ReturnType<DataSource['resolve']>>;
const held = new Map<string, { readonly found: Promise<Found>; numbers: number }>();

function letGo(): void {
  let sum = 0;
  for (const [i, [key, { numbers }]] of [...held].reverse().entries()) {
    sum += numbers;
    if (i > 0 && sum > MOST_HELD) held.delete(key);
  }
}

const numbersIn = ({ columns }: ResolvedData): number =>
  Object.values(columns).reduce((sum, { length }) => sum + length, 0);

async function read(ref: DataRef): ReturnType<DataSource['resolve']> {
  try {
    return await files.resolve(ref);
  } catch (error) {
    const path = String(ref.own?.source.path);
    if (error instanceof DOMException)
      return {
        fault: text(
          `this browser cannot read its file “${path}” any more: choose it again`,
          `此浏览器已无法读取它的文件 “${path}”：请重新选择`,
        ),
      };
    if (!(error instanceof NotKept)) throw error;
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
    const { own } = ref;
    const key = JSON.stringify(own);
    const before = held.get(key);
    if (before) return before.found;
    const entry = { found: read(ref), numbers: 0 };
    held.set(key, entry);
    // What could not be had, or was something else, may be there the next time.
    const forget = () => void (held.get(key) === entry && held.delete(key));
    entry.found.then((found) => {
      if ('fault' in found || found.sha256 !== own.sha256) return forget();
      entry.numbers = numbersIn(found);
      letGo();
    }, forget);
    return entry.found;
  },
};
