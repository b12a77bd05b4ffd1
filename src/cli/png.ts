/** PNG pictures as pixels. */
import { PNG } from 'pngjs';
import { type Text, text } from '../base/text.ts';
import { MOST_IMAGE_SIDE, type Pixels } from '../datasets/image-archive.ts';

/** Pixels, or what is wrong with the file. */
export function decodePng(bytes: Uint8Array): Pixels | { readonly fault: Text } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24 || view.getUint32(0) !== 0x89504e47)
    return { fault: text('it is no PNG picture', '它不是 PNG 图片') };
  // Looked at before there is room made for as many pixels as the file claims.
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width < 1 || height < 1 || Math.max(width, height) > MOST_IMAGE_SIDE)
    return { fault: text(`it is ${width} × ${height} pixels large`, `它的尺寸为 ${width} × ${height} 像素`) };
  try {
    const { data } = PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return { width, height, rgba: data };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { fault: text(`it cannot be read (${detail})`, `无法读取（${detail}）`) };
  }
}
