/** NumPy's archives of arrays (.npz), read: a ZIP file with one .npy for each. Hostile ones are told. */
import { type Text, text } from '../../base/text.ts';
import { type FileReading, type TensorData, writeAgain } from './elements.ts';
import { readNpy } from './npy.ts';
import { readZip } from './zip.ts';

/** Arrays by name, without `.npy`. */
export async function readNpz(bytes: Uint8Array): Promise<FileReading<ReadonlyMap<string, TensorData>>> {
  const zip = await readZip(bytes, (path) => path.endsWith('.npy'));
  if ('error' in zip) return zip;
  const arrays = new Map<string, TensorData>();
  for (const [path, content] of zip.value) {
    const read = readNpy(content);
    if ('error' in read) {
      const error: Text = text(`in ${path}: ${read.error.en}`, `${path} 中：${read.error.zh}`);
      return { error, cure: read.cure };
    }
    arrays.set(path.slice(0, -'.npy'.length), read.value);
  }
  if (arrays.size === 0) return { error: text('there is no array in it', '其中没有数组'), cure: writeAgain };
  return { value: arrays };
}
