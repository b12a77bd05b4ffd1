/** The headless editor: a document, commands on it, and their history. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import { createChecker } from '../compiler/index.ts';
import type { Checked } from '../compiler/types.ts';
import { createEditorWith } from './editor.ts';
import { type Fits, fitsWith, fittingTypesWith, insertionWith, type WireEnd } from './fits.ts';
import type { Check, Editor } from './types.ts';

export const createEditor = (document: GraphDocument): Editor => createEditorWith(createChecker(), document);

/** A checker for trials: it knows the document already, and looks only at what a trial changes. */
function trialChecker(document: GraphDocument): Check {
  const check = createChecker();
  check(document);
  return check;
}

/** What the end of a wire may be plugged into (see fits.ts). */
export const fits = (checked: Checked, document: GraphDocument, from: WireEnd): Fits =>
  fitsWith(trialChecker(document), checked, document, from);

/** Which of these node types a held wire fits, and by which port. */
export const fittingTypes = (
  checked: Checked,
  document: GraphDocument,
  end: WireEnd,
  types: readonly string[],
) => fittingTypesWith(trialChecker(document), checked, document, end, types);

/** By which ports a node of this type goes into a wire, if it does. */
export const insertion = (checked: Checked, document: GraphDocument, edge: string, type: string) =>
  insertionWith(trialChecker(document), checked, document, edge, type);

export { type Clip, clipOf, readClip, writeClip } from './clipboard.ts';
export type { Fits, Verdict, WireEnd } from './fits.ts';
export type { Command, Editor, EditorState, NewWires, Point, Selection } from './types.ts';
