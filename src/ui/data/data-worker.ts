/** The worker that looks through files of data, however large: the page goes on meanwhile. One thing is asked at a time. */
import { sha256 } from '../../base/sha256.ts';
import { type Text, text } from '../../base/text.ts';
import { isImage } from '../../datasets/image-archive.ts';
import {
  arrayFormatOf,
  importArrays,
  importTable,
  importText,
  otherKind,
} from '../../datasets/import-data.ts';
import { tooLargeToRead } from '../../datasets/room.ts';
import { NotThisEncoding } from '../../datasets/table/decode.ts';
import { type SurveyedTable, surveyTable } from '../../datasets/table/survey-table.ts';
import { charactersOf } from '../../datasets/text-windows.ts';
import { bytesOf } from '../../worker/file-store.ts';
import type { DataAnswer, DataAsk, Making, PlacedFile } from './data-messages.ts';
import { lookAtPictures, makePictures, type Pictures } from './picture-files.ts';

/** What was looked at last. */
let files: readonly PlacedFile[] = [];
let table: SurveyedTable | undefined;
let pictures: Pictures | undefined;

const answer = (told: DataAnswer): void => self.postMessage(told);

/** Tells progress about twenty times a second, however many pieces there are. */
function progressOf(all: number): (read: number) => void {
  let at = 0;
  return (read) => {
    const now = performance.now();
    if (now - at < 50) return;
    at = now;
    answer({ type: 'progress', read, all });
  };
}

/** A file's bytes, of which is told how many are read. */
function tellingBytesOf(blob: Blob): () => AsyncGenerator<Uint8Array> {
  const progress = progressOf(blob.size);
  return async function* () {
    let read = 0;
    for await (const piece of bytesOf(blob)) {
      yield piece;
      read += piece.length;
      progress(read);
    }
  };
}

/** Why a file is too large for what reads it whole. */
const tooLarge = (blob: Blob): { readonly fault: Text } | undefined => {
  const fault = tooLargeToRead(blob.size);
  return fault && { fault };
};

/** The most letters of a text that are counted at a look. */
const LOOKED = 2 ** 26;

async function look({ files: given, form }: Extract<DataAsk, { type: 'look' }>): Promise<DataAnswer> {
  files = given;
  table = undefined;
  pictures = undefined;
  const [first] = files;
  if (!first) return { type: 'fault', fault: text('there is no file', '没有文件') };
  const { blob, path } = first;
  const start = new Uint8Array(await blob.slice(0, 64).arrayBuffer());
  const other = otherKind(path, start);
  if (other) return { type: 'fault', fault: other };
  const format = arrayFormatOf(path, start);
  if (format) {
    const found =
      tooLarge(blob) ?? (await importArrays(format, new Uint8Array(await blob.arrayBuffer()), path));
    if ('fault' in found) return { type: 'fault', fault: found.fault };
    return { type: 'looked', look: { kind: 'arrays', own: found.own } };
  }
  if (files.length > 1 || isImage(path) || (start[0] === 0x50 && start[1] === 0x4b)) {
    const found = await lookAtPictures(files);
    if ('fault' in found) return { type: 'fault', fault: found.fault };
    pictures = found;
    return { type: 'looked', look: { kind: 'pictures', count: found.files.length, classes: found.counts } };
  }
  if (/\.(txt|md)$/i.test(path)) {
    const words = await blob.slice(0, LOOKED).text();
    const counts = charactersOf(words);
    const characters = [...counts.values()].reduce((sum, n) => sum + n, 0);
    return {
      type: 'looked',
      look: { kind: 'text', characters, kinds: counts.size, start: words.slice(0, 400) },
    };
  }
  const found = await surveyTable(tellingBytesOf(blob), { form });
  if ('fault' in found) return { type: 'fault', fault: found.fault };
  table = found;
  return { type: 'looked', look: { kind: 'table', table: found } };
}

async function make(making: Making, place: string): Promise<DataAnswer> {
  const blob = files[0]?.blob;
  if (!blob) throw new Error('internal: nothing was looked at');
  if (making.kind === 'pictures') {
    if (!pictures) throw new Error('internal: no pictures were looked at');
    const made = await makePictures(pictures, making.form, place, progressOf(pictures.files.length));
    return 'fault' in made ? { type: 'fault', fault: made.fault } : { type: 'made', made };
  }
  const found =
    making.kind === 'table'
      ? await importTable(tellingBytesOf(blob), table as SurveyedTable, making.choices, place)
      : making.kind === 'text'
        ? (tooLarge(blob) ?? (await importText(tellingBytesOf(blob)(), making.length, place)))
        : await importArrays(
            arrayFormatOf(place, new Uint8Array(await blob.slice(0, 16).arrayBuffer())) ?? 'npy',
            new Uint8Array(await blob.arrayBuffer()),
            place,
          );
  if ('fault' in found) return { type: 'fault', fault: found.fault };
  return { type: 'made', made: { own: found.own, dropped: found.dropped ?? 0 } };
}

async function hashOf(file: Blob): Promise<DataAnswer> {
  const hash = sha256();
  for await (const piece of bytesOf(file)) hash.push(piece);
  return { type: 'hashed', sha256: hash.end() };
}

async function handle(ask: DataAsk): Promise<DataAnswer> {
  if (ask.type === 'look') return look(ask);
  return ask.type === 'make' ? make(ask.making, ask.place) : hashOf(ask.file);
}

function whyNotRead(error: unknown): Text {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'NotReadableError' || name === 'NotFoundError')
    return text(
      'it was changed, moved or deleted since it was chosen; choose it again',
      '它在选择之后被修改、移动或删除；请重新选择',
    );
  if (error instanceof NotThisEncoding)
    return text('it is neither UTF-8 nor UTF-16', '它既不是 UTF-8 也不是 UTF-16');
  if (error instanceof RangeError) return text('there is not enough memory for it', '内存不足，无法读取它');
  return text(`it could not be read (${message})`, `无法读取（${message}）`);
}

self.onmessage = ({ data }: MessageEvent<DataAsk>) => {
  handle(data).then(answer, (error: unknown) => {
    answer({ type: 'fault', fault: whyNotRead(error) });
  });
};
