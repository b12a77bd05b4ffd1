/** The headless editor: a document, commands on it, and their history. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Edit } from '../base/edit.ts';
import { searchFixes } from '../compiler/fixes/index.ts';
import { createChecker } from '../compiler/index.ts';
import type { Checked } from '../compiler/types.ts';
import { createEditorWith } from './editor.ts';
import {
  type Fits,
  fitsWith,
  fittingTypesWith,
  insertionOfNodeWith,
  insertionWith,
  type WireEnd,
} from './fits.ts';
import { type Preview, previewWith } from './preview.ts';
import type { Check, Editor, EditorState } from './types.ts';

export const createEditor = (document: GraphDocument): Editor => createEditorWith(createChecker(), document);

const trials = createChecker();
/** Whether a wire fits is a question of errors alone. */
const errorTrials = createChecker({ structure: false });

/** A checker for trials: it has seen the document, and looks only at what a trial changes. */
function prepared(check: Check, document: GraphDocument): Check {
  check(document);
  return check;
}

/** What the end of a wire may be plugged into (see fits.ts). */
export const fits = (checked: Checked, document: GraphDocument, from: WireEnd): Fits =>
  fitsWith(prepared(errorTrials, document), checked, document, from);

/** Which of these node types a held wire fits, and by which port. */
export const fittingTypes = (
  checked: Checked,
  document: GraphDocument,
  end: WireEnd,
  types: readonly string[],
) => fittingTypesWith(prepared(errorTrials, document), checked, document, end, types);

/** By which ports a node of this type goes into a wire, if it does. */
export const insertion = (checked: Checked, document: GraphDocument, edge: string, type: string) =>
  insertionWith(prepared(errorTrials, document), checked, document, edge, type);

/** By which ports an unwired node of the document goes into a wire, if it does. */
export const insertionOfNode = (checked: Checked, document: GraphDocument, edge: string, node: string) =>
  insertionOfNodeWith(prepared(errorTrials, document), checked, document, edge, node);

/** Searches for changes that resolve a diagnostic, one trial at a time; the likeliest to be meant come first. */
export const seekFixes = ({ document, checked }: EditorState, diagnostic: Diagnostic) =>
  searchFixes(
    document,
    checked,
    diagnostic,
    prepared(diagnostic.severity === 'error' ? errorTrials : trials, document),
  );

/** What edits would make of a document, to be looked at before they are made. */
export const previewOf = (state: EditorState, edits: readonly Edit[]): Preview =>
  previewWith(prepared(trials, state.document), state, edits);

export { type Clip, clipOf, readClip, writeClip } from './clipboard.ts';
export type { Fits, Verdict, WireEnd } from './fits.ts';
export type { Preview, PreviewMark } from './preview.ts';
export type { Command, Editor, EditorState, NewWires, Point, Selection } from './types.ts';
