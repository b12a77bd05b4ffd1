/** Reading files and streams of Node without more of them than is wanted: an endless one ends there too. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Content, OpenFile } from './io.ts';

/** Rejects with Node's own error. */
export async function readFile(path: string, most: number): Promise<Content> {
  const file = await open(path, 'r');
  try {
    const info = await file.stat();
    if (info.isDirectory())
      throw Object.assign(new Error(`EISDIR: is a directory, read '${path}'`), { code: 'EISDIR' });
    if (info.isFile() && info.size > most) return { bytes: new Uint8Array(), size: info.size };
    if (info.isFile()) {
      const bytes = await file.readFile();
      return { bytes, size: bytes.length };
    }
    return await readStream(file.createReadStream({ autoClose: false }), most);
  } finally {
    await file.close();
  }
}

/** Bytes of a piece. */
const PIECE = 2 ** 20;

/** Rejects with Node's own error, and so do the pieces. */
export async function openFile(path: string): Promise<OpenFile | undefined> {
  if (path === '-') return undefined;
  const info = await stat(path);
  if (!info.isFile()) return undefined;
  return { size: info.size, read: () => createReadStream(path, { highWaterMark: PIECE }) };
}

/** All of a stream, or no more than about `most` bytes of it. */
export async function readStream(stream: AsyncIterable<Buffer>, most: number): Promise<Content> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > most) break;
  }
  return { bytes: Buffer.concat(chunks), size };
}
