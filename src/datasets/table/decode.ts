/** Bytes of a file, in pieces, as text. */

/** In any pieces. */
export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

/** By the byte order mark; UTF-8 where there is none. */
export function encodingOf([a, b]: Uint8Array): Encoding {
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
}

/** What cannot stand in a text of this encoding. */
export class NotThisEncoding extends Error {}

/** The text without its byte order mark. Rejects with NotThisEncoding; windows-1252 holds any bytes. */
export async function* decoded(bytes: Bytes, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      throw new NotThisEncoding(encoding);
    }
  };
  for await (const piece of bytes) yield decode(piece);
  yield decode();
}

/** One array in pieces that are soon read. */
export function* pieces(bytes: Uint8Array, size = 2 ** 20): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** All pieces as one array. */
export async function joined(bytes: Bytes): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of bytes) {
    parts.push(part);
    length += part.length;
  }
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
