/** Whether the drawing computes something else than the run that is shown. */
import { useEditorState, useSessionState } from '../session/hooks.ts';
import { isOn, type RunState } from './run-state.ts';

export function useIsStale(run: RunState): boolean {
  const revision = useEditorState((s) => s.structureRevision);
  const changed = useSessionState((s) => s.fit?.changed === true);
  if (run.phase === 'idle') return false;
  return isOn(run) ? revision !== run.revision : changed;
}
