/** Fixes for a diagnostic, sought a moment after the document has settled: each is tried before it is offered. */
import { useEffect, useState } from 'react';
import type { Diagnostic, Fix } from '../base/diagnostic.ts';
import { type Editor, seekFixes } from '../editor/index.ts';

/** Milliseconds without a change before fixes are sought. */
const PAUSE = 60;
/** Milliseconds of a frame that trials may take: each is a check of the whole graph. */
const BUDGET = 5;

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
    let timer: ReturnType<typeof setTimeout> | undefined;
    let revision: number | undefined;
    const seek = () => {
      const state = editor.getState();
      const answer = (fixes: readonly Fix[]) => setFound({ key, revision: state.structureRevision, fixes });
      const there = state.checked.diagnostics.find((d) => keyOf(d) === key);
      // What a run said was not found by the checker, and is not cured by trying.
      if (!there) return answer(told ?? []);
      const search = seekFixes(state, there);
      const goOn = () => {
        const until = performance.now() + BUDGET;
        do {
          const step = search.next();
          if (step.done) return answer(step.value);
        } while (performance.now() < until);
        timer = setTimeout(goOn);
      };
      goOn();
    };
    const consider = () => {
      const { structureRevision } = editor.getState();
      if (revision === structureRevision) return;
      revision = structureRevision;
      clearTimeout(timer);
      timer = setTimeout(seek, PAUSE);
    };
    consider();
    const unsubscribe = editor.subscribe(consider);
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [editor, key, told]);
  if (found?.key !== key) return { fixes: [], stale: true };
  return { fixes: found.fixes, stale: found.revision !== editor.getState().structureRevision };
}
