/** Fixes for what is told of the open document. A module of its own: the page fetches it when there is something to fix. */
import type { Diagnostic } from '../base/diagnostic.ts';
import { searchFixes } from '../compiler/fixes/index.ts';
import type { EditorState } from './editor-types.ts';
import { errorTrials, prepared, trials } from './trial-checkers.ts';

/** Searches for changes that resolve a diagnostic, one trial at a time; the likeliest to be meant come first. */
export const seekFixes = ({ document, checked }: EditorState, diagnostic: Diagnostic) =>
  searchFixes(
    document,
    checked,
    diagnostic,
    prepared(diagnostic.severity === 'error' ? errorTrials : trials, document),
  );
