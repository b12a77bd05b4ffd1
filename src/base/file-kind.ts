/** What a file is that was taken for another, by how it begins (the magic numbers of file formats). */
import { type Text, text } from './text.ts';

/**
 * Beginnings, in which a byte that is not ASCII stands as `#`: U+FFFD, which reading it as UTF-8 makes of it, is
 * put so too. A dot stands for any character.
 */
const beginnings: readonly (readonly [string, Text])[] = [
  ['#PNG', text('a PNG image', 'PNG 图像')],
  ['####..JFIF', text('a JPEG image', 'JPEG 图像')],
  ['####..Exif', text('a JPEG image', 'JPEG 图像')],
  ['####\u0000C', text('a JPEG image', 'JPEG 图像')],
  ['GIF8', text('a GIF image', 'GIF 图像')],
  ['RIFF....WEBP', text('a WebP image', 'WebP 图像')],
  ['%PDF-', text('a PDF', 'PDF 文件')],
  ['PK\u0003\u0004', text('a ZIP archive', 'ZIP 压缩包')],
  ['PK\u0005\u0006', text('a ZIP archive', 'ZIP 压缩包')],
  ['\u001f#\u0008', text('a gzip archive', 'gzip 压缩包')],
  ['#HDF', text('an HDF5 file', 'HDF5 文件')],
  ['#NUMPY', text('a NumPy array (.npy)', 'NumPy 数组（.npy）')],
  // Its length as eight bytes, the lowest first: none is so long that the last is not 0.
  ['.......\u0000{"', text('a safetensors file', 'safetensors 文件')],
  ['PAR1\u0015', text('a Parquet file', 'Parquet 文件')],
  ['ARROW1', text('an Arrow file', 'Arrow 文件')],
  ['SQLite format 3', text('an SQLite database', 'SQLite 数据库')],
  ['##\u0011#', text('an old Excel workbook', '旧版 Excel 工作簿')],
  ['#\u0002', text('a Python pickle', 'Python pickle 文件')],
  ['#\u0003', text('a Python pickle', 'Python pickle 文件')],
  ['#\u0004', text('a Python pickle', 'Python pickle 文件')],
  ['#\u0005', text('a Python pickle', 'Python pickle 文件')],
];
const markup: readonly (readonly [RegExp, Text])[] = [
  [/^\s*<(!doctype html|html|head|body)/i, text('a web page', '网页')],
  [/^\s*<(\?xml|svg)/i, text('an XML or SVG file', 'XML 或 SVG 文件')],
];

const beginsWith = (start: string, beginning: string): boolean =>
  start.length >= beginning.length && [...beginning].every((c, i) => c === '.' || c === start.charAt(i));

/** `start`: the beginning of a file as text. Undefined where it is none of the kinds that are known. */
export function kindOfText(start: string): Text | undefined {
  const head = start.slice(0, 64);
  const marked = head.replaceAll('\ufffd', '#');
  const isBinary = marked !== head || !head.startsWith('#');
  return (
    (isBinary ? beginnings.find(([beginning]) => beginsWith(marked, beginning))?.[1] : undefined) ??
    markup.find(([begins]) => begins.test(head))?.[1]
  );
}

export const kindOfBytes = (bytes: Uint8Array): Text | undefined =>
  kindOfText(
    Array.from(bytes.subarray(0, 64), (byte) => (byte < 128 ? String.fromCharCode(byte) : '\ufffd')).join(''),
  );
