/** The headless editor: a document, commands on it, and their history. */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Edit } from '../base/edit.ts';
import { registryOf } from '../catalogue/index.ts';
import { createChecker } from '../compiler/index.ts';
import { portNameObstacle as portNameFault } from '../document/blocks/rename-port.ts';
import { ungroupObstacle as obstacleOf } from '../document/blocks/ungroup.ts';
import { createEditorWith } from './editor.ts';
import type { Editor, EditorState, Measure } from './editor-types.ts';
import {
  type Fits,
  fitsWith,
  fittingPortWith,
  insertionOfNodeWith,
  insertionWith,
  type NewNode,
  type WireEnd,
} from './fits.ts';
import { trialWith } from './level-trial.ts';
import { typicalSizes } from './placement.ts';
import { type Preview, previewWith } from './preview.ts';
import { sizeSourceWith } from './size-source.ts';
import { errorTrials, prepared, trials } from './trial-checkers.ts';

export const createEditor = (document: GraphDocument): Editor => createEditorWith(createChecker(), document);

type Shown = Pick<EditorState, 'document' | 'view'>;
const trialOf = (state: Shown) => trialWith(prepared(errorTrials, state.document), state);

/** What the end of a wire may be plugged into (see fits.ts). */
export const fits = (state: Shown, from: WireEnd): Fits => fitsWith(trialOf(state), state.view, from);

/** The first port by which a new node takes a held wire; undefined where it does not fit. */
export const fittingPort = (state: Shown, end: WireEnd, made: NewNode) =>
  fittingPortWith(trialOf(state), state.view, end, made);

/** By which ports a new node goes into a wire, if it does. */
export const insertion = (state: Shown, edge: string, made: NewNode) =>
  insertionWith(trialOf(state), state.view, edge, made);

/** By which ports an unwired node of the level goes into a wire, if it does. */
export const insertionOfNode = (state: Shown, edge: string, node: string) =>
  insertionOfNodeWith(trialOf(state), state.view, edge, node);

/** What edits would make of a document, to be looked at before they are made. */
export const previewOf = (
  state: EditorState,
  edits: readonly Edit[],
  measure: Measure = () => typicalSizes,
): Preview => previewWith(prepared(trials, state.document), state, edits, measure);

/** Where the size of an axis on a wire is written, if it can be changed there. */
export const sizeSource = (state: Shown, edge: string, axis: number) =>
  sizeSourceWith(trialOf(state), registryOf(state.document), state, edge, axis);

/** Why a node of the level cannot be ungrouped; undefined where it can. */
export const ungroupObstacle = ({ document, view: { block, graph } }: Shown, node: string) =>
  obstacleOf(document, { block, graph }, node, registryOf(document));

/** Why a port of the block that is open cannot have this name; undefined where it can. */
export const portNameObstacle = ({ view: { block, graph } }: Shown, node: string, name: string) =>
  portNameFault({ block, graph }, node, name);

export { groupable } from '../document/blocks/group.ts';
export { type Clip, clipOf, readClip, writeClip } from './clipboard.ts';
export type { Command, Editor, EditorState, Measure, NewWires, Point, Selection } from './editor-types.ts';
export type { Fits, NewNode, Verdict, WireEnd } from './fits.ts';
export type { LevelView } from './level-view.ts';
export type { Preview, PreviewMark } from './preview.ts';
export type { SizeSource } from './size-source.ts';
