/** Reading the graph or the files that a command works on, and writing what it makes. */
import { what } from '../../graph-schema/bounds.ts';
import { type GraphDocument, limits } from '../../graph-schema/document.ts';
import { byteText } from '../base/bytes.ts';
import { diagnose, type Outcome } from '../base/diagnostic.ts';
import { text } from '../base/text.ts';
import { decodeUtf8 } from '../base/utf8.ts';
import { readDocument } from '../compiler/read-document.ts';
import { type Bytes, pieces } from '../datasets/table/decode.ts';
import { FileError, fileError } from './file-error.ts';
import type { Content, Io, OpenFile } from './io.ts';
import type { Replacement } from './replace-file.ts';

/** Of arrays and states: what one buffer may hold. */
const mostBytes = 2 ** 31 - 1;
/** Of JSON that is no graph: less than the longest string. */
const mostText = 2 ** 28;

async function read(path: string, most: number, io: Io): Promise<Content> {
  try {
    return await io.read(path, most);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
}

/** Rejects with a FileError where the file cannot be opened or has too many bytes. */
export async function readBytes(path: string, io: Io): Promise<Uint8Array> {
  const { bytes, size } = await read(path, mostBytes, io);
  if (size > mostBytes) throw new FileError(`cannot read ${path}: it is larger than ${byteText(mostBytes)}`);
  return bytes;
}

/** A file that a command reads piece by piece, as often as it wants to. */
export interface BytesOf {
  readonly size: number;
  readonly open: () => Bytes;
}

/** However large it is; of a pipe no more than `readBytes` takes. Rejects with a FileError, and so do the pieces. */
export async function openBytes(path: string, io: Io): Promise<BytesOf> {
  let file: OpenFile | undefined;
  try {
    file = await io.open(path);
  } catch (error) {
    throw fileError(error, path, 'read');
  }
  if (!file) {
    const bytes = await readBytes(path, io);
    return { size: bytes.length, open: () => pieces(bytes) };
  }
  const { size, read } = file;
  async function* open(): AsyncGenerator<Uint8Array> {
    try {
      yield* read();
    } catch (error) {
      throw fileError(error, path, 'read');
    }
  }
  return { size, open };
}

/** Code: not-text. Rejects with a FileError. */
export const readText = (path: string, io: Io): Promise<Outcome<string>> => decoded(path, mostText, io);

const decoded = async (path: string, most: number, io: Io): Promise<Outcome<string>> =>
  checked(path, await read(path, most, io), most);

function checked(path: string, { bytes, size }: Content, most: number): Outcome<string> {
  if (size <= most) return decodeUtf8(bytes);
  const values = { at: path, what: what.bytes, actual: size, limit: most };
  return { diagnostics: [diagnose('document-too-large', { path: [] }, values)] };
}

/** The text of a graph, of no more bytes than a document may have. */
export const readGraphText = (path: string, io: Io): Promise<Outcome<string>> =>
  decoded(path, limits.bytes, io);

/** Of a graph, or of a bundle with one in it. Codes: not-text, tensor-file, document-too-large and those of `readDocument`. Rejects with a FileError. */
export async function readGraph(path: string, io: Io): Promise<Outcome<GraphDocument>> {
  const { value, diagnostics } = /[.](tensorloom|zip)$/i.test(path)
    ? await bundledText(path, io)
    : await readGraphText(path, io);
  return value === undefined ? { diagnostics } : readDocument(value);
}

async function bundledText(path: string, io: Io): Promise<Outcome<string>> {
  const { readBundle } = await import('../datasets/formats/bundle.ts');
  const read = await readBundle(await readBytes(path, io));
  if ('error' in read) {
    const values = { file: path, detail: read.error, cure: read.cure };
    return { diagnostics: [diagnose('tensor-file', {}, values)] };
  }
  if (read.value)
    return checked(path, { bytes: read.value.graph, size: read.value.graph.length }, limits.bytes);
  const detail = text('there is no graph in it', '其中没有图');
  const cure = text(
    'Write one: tensorloom bundle GRAPH.json -o FILE.tensorloom.',
    '请写出一个：tensorloom bundle GRAPH.json -o FILE.tensorloom。',
  );
  return { diagnostics: [diagnose('tensor-file', {}, { file: path, detail, cure })] };
}

export async function writeFile(path: string, content: string | Uint8Array, io: Io): Promise<void> {
  try {
    await io.write(path, content);
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}

/** Finds out that a file cannot be written before there is something to lose. */
export async function mustBeWritable(path: string, io: Io): Promise<void> {
  try {
    await io.mayWrite(path);
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}

/** A file that grows line by line and takes its name when it is committed. */
export async function openLines(path: string, append: boolean, io: Io): Promise<Replacement> {
  try {
    return await io.writeLines(path, append);
  } catch (error) {
    throw fileError(error, path, 'write');
  }
}

/** A file that a command reads or writes: what it is to the command (`--trace`, `the graph`), and its name. */
export interface NamedFile {
  readonly role: string;
  readonly path: string | undefined;
}

/** Rejects with a FileError where a file that is written is one of those that are read, or of the others that are written. */
export async function mustNotOverwrite(
  written: readonly NamedFile[],
  read: readonly NamedFile[],
  io: Io,
): Promise<void> {
  for (const [i, { role, path }] of written.entries()) {
    for (const other of [...read, ...written.slice(0, i)]) {
      if (path === undefined || other.path === undefined || path === '-' || other.path === '-') continue;
      if (await io.isSame(path, other.path))
        throw new FileError(
          `${role} ${path} would overwrite ${other.role}${other.path === path ? '' : ` ${other.path}`}; choose another name`,
        );
    }
  }
}
