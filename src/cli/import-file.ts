/** A file that somebody brings, looked at and made the data of a document, on the command line. */
import { type Text, text } from '../base/text.ts';
import { isArchive } from '../datasets/formats/bundle.ts';
import { MOST_IN_ARCHIVE, readZip } from '../datasets/formats/zip.ts';
import {
  classesIn,
  classOf,
  type ImageForm,
  imageArchive,
  isImage,
  tooManyPixels,
} from '../datasets/image-archive.ts';
import {
  arrayFormatOf,
  type Imported,
  importArrays,
  importTable,
  importText,
  otherKind,
} from '../datasets/import-data.ts';
import { tooLargeToRead } from '../datasets/room.ts';
import { type Bytes, joined } from '../datasets/table/decode.ts';
import type { Choices } from '../datasets/table/recipe.ts';
import { type SurveyedTable, surveyTable } from '../datasets/table/survey-table.ts';
import type { BytesOf } from './command-files.ts';
import { decodePng } from './png.ts';

export interface ImportChoices {
  readonly columns: Choices;
  /** Characters in a row of a text. */
  readonly length: number;
  readonly image: ImageForm;
}

export interface ImportedFile {
  readonly imported: Imported;
  readonly survey?: SurveyedTable;
  /** What pictures are made into: it is this file that the document reads. */
  readonly archive?: { readonly name: string; readonly bytes: Uint8Array };
}

/** `path`: the file's own; `place`: as the document calls it. */
export async function importFile(
  path: string,
  { open, size }: BytesOf,
  place: string,
  { columns, length, image }: ImportChoices,
): Promise<ImportedFile | { readonly fault: Text }> {
  const start = await startOf(open());
  const other = otherKind(path, start);
  if (other) return { fault: other };
  const format = arrayFormatOf(path, start);
  const isText = /\.txt$/i.test(path);
  if (format || isArchive(start) || isText) {
    const tooMany = format || isText ? tooLargeToRead(size) : tooLargeToRead(size, MOST_IN_ARCHIVE);
    if (tooMany) return { fault: tooMany };
    if (isText) return { imported: await importText(open(), length, place) };
    const bytes = await joined(open());
    return format
      ? { imported: await importArrays(format, bytes, place) }
      : importImages(bytes, place, image);
  }
  const survey = await surveyTable(open);
  if ('fault' in survey) return survey;
  const unknown = unknownColumn(survey, columns);
  if (unknown !== undefined)
    return { fault: text(`it has no column “${unknown}”`, `其中没有列 “${unknown}”`) };
  return { imported: await importTable(open, survey, columns, place), survey };
}

async function startOf(bytes: Bytes): Promise<Uint8Array> {
  for await (const piece of bytes) return piece;
  return new Uint8Array();
}

/** A column that is chosen and is not there. */
function unknownColumn(
  { survey }: SurveyedTable,
  { kinds = {}, target, group, order }: Choices,
): string | undefined {
  const names = new Set(survey.fields.map(({ name }) => name));
  return [...Object.keys(kinds), target, group, order].find(
    (name): name is string => typeof name === 'string' && !names.has(name),
  );
}

async function importImages(
  bytes: Uint8Array,
  place: string,
  form: ImageForm,
): Promise<ImportedFile | { readonly fault: Text }> {
  const zip = await readZip(bytes, isImage);
  if ('error' in zip) return { fault: zip.error };
  return makeArchive(zip.value, place, form);
}

/** Pictures by their paths, in a folder of which `place` is the name. */
export async function makeArchive(
  files: ReadonlyMap<string, Uint8Array>,
  place: string,
  form: ImageForm,
): Promise<ImportedFile | { readonly fault: Text }> {
  if (form.width < 1 || form.width > 1024)
    return { fault: text('pictures are 1 to 1024 pixels large', '图片尺寸为 1 到 1024 像素') };
  const pictures = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const classes = classesIn(pictures.map(([path]) => path));
  if ('fault' in classes) return classes;
  const tooMany = tooManyPixels(pictures.length, form);
  if (tooMany) return { fault: tooMany };
  const archive = imageArchive(pictures.length, classes, form);
  for (const [path, content] of pictures) {
    const picture = decodePng(content);
    if ('fault' in picture)
      return { fault: text(`${path}: ${picture.fault.en}`, `${path}：${picture.fault.zh}`) };
    archive.add(picture, classOf(path) ?? '');
  }
  const npz = `${place.replace(/\.[^./]*$/, '')}.npz`;
  const { bytes: made, own } = await archive.finish(npz);
  return { imported: { own }, archive: { name: npz.split('/').at(-1) as string, bytes: made } };
}
