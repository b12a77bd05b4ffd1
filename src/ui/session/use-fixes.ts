/** Fixes for a diagnostic, sought a moment after the document has settled: each is tried before it is offered. */
import { useEffect, useState } from 'react';
import type { Diagnostic, Fix } from '../../base/diagnostic.ts';
import type { Editor, EditorState } from '../../editor/index.ts';
import { inSlices } from '../worker/slices.ts';
import { follow } from './follow.ts';

/** Milliseconds without a change before fixes are sought. */
const PAUSE = 60;

const fixSearch = () => import('../../editor/seek-fixes.ts');

interface Found {
  readonly key: string;
  readonly revision: number;
  readonly fixes: readonly Fix[];
}

/** Diagnostics come as new objects with every check; this is what stays. */
const keyOf = (d: Diagnostic): string =>
  [d.code, d.node, d.port, d.edge, d.axis, d.message.en].join('\u0000');

/** `stale`: the document has changed since; the fixes are shown on, lest the page jump, but not applied. */
export function useFixes(
  editor: Editor,
  diagnostic: Diagnostic,
): { readonly fixes: readonly Fix[]; readonly stale: boolean } {
  const [found, setFound] = useState<Found>();
  const key = keyOf(diagnostic);
  const told = diagnostic.fixes;
  useEffect(() => {
    const seek = async (state: EditorState, signal: AbortSignal) => {
      const answer = (fixes: readonly Fix[]) => setFound({ key, revision: state.structureRevision, fixes });
      const there = state.checked.diagnostics.find((d) => keyOf(d) === key);
      // What a run said was not found by the checker, and is not fixed by trying.
      if (!there) return answer(told ?? []);
      const { seekFixes } = await fixSearch();
      if (signal.aborted) return;
      signal.addEventListener('abort', inSlices(seekFixes(state, there), answer));
    };
    return follow(editor, PAUSE, ({ structureRevision }) => [structureRevision], seek).end;
  }, [editor, key, told]);
  if (found?.key !== key) return { fixes: [], stale: true };
  return { fixes: found.fixes, stale: found.revision !== editor.getState().structureRevision };
}
