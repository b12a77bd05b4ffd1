/**
 * Files in a ZIP archive, as far as it can be trusted: names stay inside of it, sizes are what they say, and what it
 * unfolds to has a limit, so that an archive of zeros in zeros fills no memory. fflate does the inflating.
 */
import { byteText } from '../../base/bytes.ts';
import { text } from '../../base/text.ts';
import { type FileFault, type FileReading, writeAgain } from './elements.ts';
import { isInside } from './inside.ts';

/** Of an archive, and of all that is unfolded together, in bytes. */
export const MOST_IN_ARCHIVE = 2 ** 30;
const MOST_FILES = 200_000;

const fault = (en: string, zh: string): FileFault => ({ error: text(en, zh), cure: writeAgain });

export interface ZipLimits {
  readonly bytes?: number;
  readonly files?: number;
}

/** The files that are wanted, by their paths, in the order of the archive. Codes of faults: as `FileReading`. */
export async function readZip(
  bytes: Uint8Array,
  isWanted: (path: string) => boolean,
  { bytes: most = MOST_IN_ARCHIVE, files: mostFiles = MOST_FILES }: ZipLimits = {},
): Promise<FileReading<ReadonlyMap<string, Uint8Array>>> {
  const { unzipSync } = await import('fflate');
  let [unfolded, count] = [0, 0];
  let wrong: FileFault | undefined;
  const sizes = new Map<string, number>();
  const isTaken = (name: string, size: number): boolean => {
    if (name.endsWith('/')) return false;
    count++;
    if (count > mostFiles)
      wrong = fault(`it holds more than ${mostFiles} files`, `其中的文件超过 ${mostFiles} 个`);
    else if (!isInside(name))
      wrong = fault(
        `it names a file outside of itself: “${name.slice(0, 80)}”`,
        `其中的文件名指向外部：“${name.slice(0, 80)}”`,
      );
    else if (sizes.has(name))
      wrong = fault(`it holds “${name.slice(0, 80)}” twice`, `其中有两个 “${name.slice(0, 80)}”`);
    else if (isWanted(name)) {
      unfolded += size;
      sizes.set(name, size);
      if (unfolded > most)
        wrong = fault(`it unfolds to more than ${byteText(most)}`, `其解压后超过 ${byteText(most)}`);
    }
    // Nothing after it is looked at: how many entries there are may be a lie too.
    if (wrong) throw new Error('internal: told below');
    return sizes.has(name);
  };
  try {
    // It makes room for as many bytes as an entry says it has, and no more, whatever is in it.
    const found = unzipSync(bytes, { filter: ({ name, originalSize }) => isTaken(name, originalSize) });
    const all = new Map<string, Uint8Array>();
    for (const [name, size] of sizes) {
      const content = Object.hasOwn(found, name) ? found[name] : undefined;
      if (content?.length !== size)
        return fault(
          `“${name.slice(0, 80)}” has ${content?.length ?? 0} bytes in the place of ${size}`,
          `“${name.slice(0, 80)}” 有 ${content?.length ?? 0} 字节，应为 ${size} 字节`,
        );
      all.set(name, content);
    }
    return { value: all };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return (
      wrong ??
      fault(`it is no ZIP archive that can be read (${detail})`, `无法作为 ZIP 压缩包读取（${detail}）`)
    );
  }
}
