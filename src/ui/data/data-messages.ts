/** What the page asks of the worker that looks through files of data, and what it answers. */
import type { Text } from '../../base/text.ts';
import type { ImageForm } from '../../datasets/image-archive.ts';
import type { OwnData } from '../../datasets/index.ts';
import type { Choices } from '../../datasets/table/recipe.ts';
import type { TableForm } from '../../datasets/table/sniff.ts';
import type { SurveyedTable } from '../../datasets/table/survey-table.ts';

/** A file with its place in the folder that was chosen. */
export interface PlacedFile {
  readonly path: string;
  readonly blob: Blob;
}

/** What was found in the files. */
export type DataLook =
  | { readonly kind: 'table'; readonly table: SurveyedTable }
  | { readonly kind: 'arrays'; readonly own: OwnData }
  | { readonly kind: 'text'; readonly characters: number; readonly kinds: number; readonly start: string }
  | {
      readonly kind: 'pictures';
      readonly count: number;
      /** By class, in their order. */
      readonly classes: readonly (readonly [name: string, count: number])[];
    };

/** What was chosen. */
export type Making =
  | { readonly kind: 'table'; readonly choices: Choices }
  | { readonly kind: 'arrays' }
  | { readonly kind: 'text'; readonly length: number }
  | { readonly kind: 'pictures'; readonly form: ImageForm };

export interface Made {
  readonly own: OwnData;
  readonly dropped: number;
  /** What the document reads, where it is not the file that was brought: pictures of one size. */
  readonly archive?: { readonly name: string; readonly blob: Blob };
}

export type DataAsk =
  | {
      readonly type: 'look';
      readonly files: readonly PlacedFile[];
      readonly form?: Partial<TableForm> | undefined;
    }
  /** Of the files that were looked at last. */
  | { readonly type: 'make'; readonly making: Making; readonly place: string }
  /** The checksum of a file. */
  | { readonly type: 'hash'; readonly file: Blob };

export type DataAnswer =
  | { readonly type: 'progress'; readonly read: number; readonly all: number }
  | { readonly type: 'looked'; readonly look: DataLook }
  | { readonly type: 'made'; readonly made: Made }
  | { readonly type: 'hashed'; readonly sha256: string }
  | { readonly type: 'fault'; readonly fault: Text };
