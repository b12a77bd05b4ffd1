/** The registry of diagnostics: every code the product can say, once, in every language. */
import { documentCodes } from './codes/document-codes.ts';
import type { Entry } from './codes/entry.ts';
import { graphCodes } from './codes/graph-codes.ts';
import { heldBackCodes } from './codes/held-back-codes.ts';
import { lessonCodes } from './codes/lesson-codes.ts';
import { predictCodes } from './codes/predict-codes.ts';
import { runCodes } from './codes/run-codes.ts';
import { shapeCodes } from './codes/shape-codes.ts';
import type { ValuesOf } from './text.ts';

export type { Severity } from './codes/entry.ts';

const table = {
  ...documentCodes,
  ...graphCodes,
  ...shapeCodes,
  ...heldBackCodes,
  ...lessonCodes,
  ...runCodes,
  ...predictCodes,
};

export type Code = keyof typeof table;

/** What a diagnostic of a code is filled with: one value for each placeholder of its message and its remedy. */
export type ValuesOfCode<C extends Code> = ValuesOf<
  (typeof table)[C]['message'] | (typeof table)[C]['remedy']
>;

export const codes: Readonly<Record<Code, Entry>> = table;
