/** Pictures out of an archive or a folder, decoded by the browser and made into bytes of one size. */
import { type Text, text } from '../../base/text.ts';
import { MOST_IN_ARCHIVE, readZip } from '../../datasets/formats/zip.ts';
import {
  classesIn,
  classOf,
  type ImageForm,
  imageArchive,
  isImage,
  MOST_IMAGE_SIDE,
  type Pixels,
  tooManyPixels,
} from '../../datasets/image-archive.ts';
import { tooLargeToRead } from '../../datasets/room.ts';
import type { Made, PlacedFile } from './data-messages.ts';

export interface Pictures {
  /** In the order of their paths. */
  readonly files: readonly PlacedFile[];
  readonly classes: readonly string[];
  readonly counts: readonly (readonly [name: string, count: number])[];
}

export async function lookAtPictures(
  given: readonly PlacedFile[],
): Promise<Pictures | { readonly fault: Text }> {
  const [first] = given;
  let files = given.filter(({ path }) => isImage(path));
  if (given.length === 1 && first && !isImage(first.path)) {
    const fault = tooLargeToRead(first.blob.size, MOST_IN_ARCHIVE);
    if (fault) return { fault };
    const zip = await readZip(new Uint8Array(await first.blob.arrayBuffer()), isImage);
    if ('error' in zip) return { fault: zip.error };
    files = [...zip.value].map(([path, bytes]) => ({
      path,
      blob: new Blob([bytes as Uint8Array<ArrayBuffer>]),
    }));
  }
  files = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const classes = classesIn(files.map(({ path }) => path));
  if ('fault' in classes) return classes;
  const counts = classes.map(
    (name) => [name, files.filter(({ path }) => (classOf(path) ?? '') === name).length] as const,
  );
  return { files, classes, counts };
}

/** As they stand in the file: neither colours nor opacity are worked into the numbers. */
async function decode(blob: Blob): Promise<Pixels | { readonly fault: Text }> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob, { premultiplyAlpha: 'none', colorSpaceConversion: 'none' });
  } catch {
    return { fault: text('it is no picture that this browser reads', '它不是此浏览器能读取的图片') };
  }
  const { width, height } = bitmap;
  if (Math.max(width, height) > MOST_IMAGE_SIDE) {
    bitmap.close();
    return { fault: text(`it is ${width} × ${height} pixels large`, `它的尺寸为 ${width} × ${height} 像素`) };
  }
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const data = context?.getImageData(0, 0, width, height).data;
  return data ? { width, height, rgba: data } : { fault: text('there is no canvas', '没有画布') };
}

export async function makePictures(
  { files, classes }: Pictures,
  form: ImageForm,
  place: string,
  progress: (done: number) => void,
): Promise<Made | { readonly fault: Text }> {
  const tooMany = tooManyPixels(files.length, form);
  if (tooMany) return { fault: tooMany };
  const archive = imageArchive(files.length, classes, form);
  for (const [done, { path, blob }] of files.entries()) {
    const picture = await decode(blob);
    if ('fault' in picture)
      return { fault: text(`${path}: ${picture.fault.en}`, `${path}：${picture.fault.zh}`) };
    archive.add(picture, classOf(path) ?? '');
    progress(done);
  }
  const name = `${place.replace(/\.[^./]*$/, '')}.npz`;
  const { bytes, own } = await archive.finish(name);
  return { own, dropped: 0, archive: { name, blob: new Blob([bytes]) } };
}
