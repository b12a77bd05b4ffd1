/** Bytes of a file as text, where they are UTF-8. */
import { diagnose, type Outcome } from './diagnostic.ts';
import { kindOfBytes } from './file-kind.ts';
import { type Text, text } from './text.ts';

/**
 * The text, a byte order mark left out. Bytes that are no UTF-8 are refused, never replaced by U+FFFD: the file would be
 * written back as something else. Code: not-text.
 */
export function decodeUtf8(bytes: Uint8Array): Outcome<string> {
  try {
    return { value: new TextDecoder('utf-8', { fatal: true }).decode(bytes), diagnostics: [] };
  } catch {
    return { diagnostics: [diagnose('not-text', { path: [] }, { detail: kindOf(bytes) })] };
  }
}

/** Whether it begins with the byte order mark of UTF-16, in either order. */
const isUtf16 = ([a, b]: Uint8Array): boolean => (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);

function kindOf(bytes: Uint8Array): Text {
  const kind = isUtf16(bytes) ? text('UTF-16', 'UTF-16') : kindOfBytes(bytes);
  if (kind) return text(`it is ${kind.en}`, `它是${kind.zh}`);
  const at = firstInvalid(bytes);
  const byte = `0x${(bytes[at] ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
  return text(
    `byte ${at + 1} is ${byte}, which cannot stand there`,
    `第 ${at + 1} 个字节为 ${byte}，不能出现在此处`,
  );
}

/**
 * Where the first sequence begins that is not well-formed (The Unicode Standard, table 3-7). The decoder does not say.
 * The length of the bytes where all are.
 */
function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const first = bytes[at] as number;
    const length =
      first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    const second = bytes[at + 1] ?? 0;
    const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
    const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
    if (length === 0 || (length > 1 && (second < lowest || second > highest))) return at;
    for (let i = 2; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return at;
    at += length;
  }
  return at;
}
