/** The headless editor: a document, commands on it, and their history. */
import { check } from '../compiler/index.ts';
import type { Checked } from '../compiler/types.ts';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { createEditorWith } from './editor.ts';
import { type Fits, fitsWith, fittingTypesWith, insertionWith, type WireEnd } from './fits.ts';
import type { Editor } from './types.ts';

export const createEditor = (document: GraphDocument): Editor => createEditorWith(check, document);

/** What the end of a wire may be plugged into (see fits.ts). */
export const fits = (checked: Checked, document: GraphDocument, from: WireEnd): Fits =>
  fitsWith(check, checked, document, from);

/** Which of these node types a held wire fits, and by which port. */
export const fittingTypes = (checked: Checked, document: GraphDocument, end: WireEnd, types: readonly string[]) =>
  fittingTypesWith(check, checked, document, end, types);

/** By which ports a node of this type goes into a wire, if it does. */
export const insertion = (checked: Checked, document: GraphDocument, edge: string, type: string) =>
  insertionWith(check, checked, document, edge, type);

export { type Clip, clipOf, readClip, writeClip } from './clipboard.ts';
export type { Fits, Verdict, WireEnd } from './fits.ts';
export type { Command, Editor, EditorState, NewWires, Point, Selection } from './types.ts';
