/**
 * Pictures that somebody brings, in folders or an archive with one folder for each class, as an archive of bytes: `x` of
 * [rows, channels, height, width] and `y`, the classes. Whatever decodes them, what is trained on is these bytes.
 */
import { sha256 } from '../base/sha256.ts';
import { type Text, text } from '../base/text.ts';
import type { OwnData } from './dataset.ts';
import { MOST_NUMBERS } from './room.ts';

/** Red, green, blue and opacity of each pixel, row by row from the top, a byte each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array | Uint8ClampedArray;
}

export interface ImageForm {
  /** Of all, after they are scaled. */
  readonly width: number;
  readonly height: number;
  readonly colour: boolean;
}

export const isImage = (path: string): boolean =>
  /\.(png|jpe?g|webp|gif|bmp)$/i.test(path) && !/(^|\/)[._]/.test(path);

/** The folder that a picture lies in, which is its class; undefined where it lies in none. */
export const classOf = (path: string): string | undefined => path.split('/').at(-2);

export const MOST_IMAGE_SIDE = 8192;

/** Classes by name, in the order of their numbers; a reason where there are too few. */
export function classesIn(paths: readonly string[]): readonly string[] | { readonly fault: Text } {
  const classes = [...new Set(paths.map((path) => classOf(path) ?? ''))].sort();
  if (paths.length < 2) return { fault: text('it holds fewer than two pictures', '其中的图片少于两幅') };
  return classes;
}

/** Whether there is room for them. */
export function tooManyPixels(count: number, { width, height, colour }: ImageForm): Text | undefined {
  const bytes = count * width * height * (colour ? 3 : 1);
  return bytes > MOST_NUMBERS
    ? text(
        `${count} pictures of ${width} × ${height} take ${bytes} bytes; the limit is ${MOST_NUMBERS}: choose a smaller size`,
        `${count} 幅 ${width} × ${height} 的图片需要 ${bytes} 字节；上限为 ${MOST_NUMBERS}：请选较小的尺寸`,
      )
    : undefined;
}

/**
 * Brings a picture to a size by averaging over what each new pixel covers, on white where it is transparent; grey is
 * 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). Channels stand first. `out` takes channels · height · width bytes.
 */
export function intoBytes({ width, height, rgba }: Pixels, form: ImageForm, out: Uint8Array): void {
  const across = coverage(width, form.width);
  const down = coverage(height, form.height);
  const plane = form.width * form.height;
  for (let v = 0; v < form.height; v++) {
    const rows = down[v] as readonly Share[];
    for (let u = 0; u < form.width; u++) {
      let [red, green, blue] = [0, 0, 0];
      for (const { at: y, share: a } of rows)
        for (const { at: x, share: b } of across[u] as readonly Share[]) {
          const p = 4 * (y * width + x);
          const opacity = (rgba[p + 3] as number) / 255;
          const white = 255 * (1 - opacity);
          red += a * b * (opacity * (rgba[p] as number) + white);
          green += a * b * (opacity * (rgba[p + 1] as number) + white);
          blue += a * b * (opacity * (rgba[p + 2] as number) + white);
        }
      const place = v * form.width + u;
      if (form.colour) {
        out[place] = Math.round(red);
        out[plane + place] = Math.round(green);
        out[2 * plane + place] = Math.round(blue);
      } else out[place] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    }
  }
}

interface Share {
  readonly at: number;
  readonly share: number;
}

/** Which of the old places each new one covers, and how much of it each makes up. */
function coverage(from: number, to: number): (readonly Share[])[] {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) => {
    const [begin, end] = [i * scale, (i + 1) * scale];
    const shares: Share[] = [];
    for (let at = Math.floor(begin); at < Math.min(from, Math.ceil(end)); at++)
      shares.push({ at, share: (Math.min(end, at + 1) - Math.max(begin, at)) / scale });
    return shares;
  });
}

/** Takes pictures one by one, and gives the archive and what a document says of it. */
export function imageArchive(count: number, classes: readonly string[], form: ImageForm) {
  const channels = form.colour ? 3 : 1;
  const size = channels * form.width * form.height;
  const pixels = new Uint8Array(count * size);
  const labels = new Uint16Array(count);
  let rows = 0;
  return {
    add(picture: Pixels, label: string): void {
      intoBytes(picture, form, pixels.subarray(rows * size, (rows + 1) * size));
      labels[rows++] = classes.indexOf(label);
    },
    async finish(path: string): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly own: OwnData }> {
      const { zipSync } = await import('fflate');
      const { npyOfIntegers } = await import('./formats/npy.ts');
      const archive = zipSync(
        {
          'x.npy': npyOfIntegers([rows, channels, form.height, form.width], pixels.subarray(0, rows * size)),
          'y.npy': npyOfIntegers([rows], labels.subarray(0, rows)),
        },
        // ZIP's first date: the same pictures give the same bytes.
        { level: 6, mtime: new Date(1980, 0, 2) },
      );
      const bytes = new Uint8Array(archive);
      const hash = sha256();
      hash.push(bytes);
      const image = { shape: [channels, form.height, form.width], axes: ['channel', 'h', 'w'] };
      const own: OwnData = {
        sha256: hash.end(),
        rows,
        columns: {
          x: image,
          ...(classes.length > 1 && { y: { shape: [], classes: classes.length, names: [...classes] } }),
        },
        source: { kind: 'file', path, format: 'npz', arrays: { x: { divisor: 255 } } },
      };
      return { bytes, own };
    },
  };
}
