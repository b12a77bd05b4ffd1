/** Leaving a document or the page: what is not safe is put away, and what cannot be is asked about. */
import { putAway } from '../persistence/drafts.ts';
import { isOn } from '../run/run-state.ts';
import { app, setApp } from '../store.ts';

/** Whether the open document may be left; where storage refuses it, the user is asked. */
export function askBeforeLeaving(): Promise<boolean> {
  const { session } = app();
  if (!session?.autosave.isRefused()) return Promise.resolve(true);
  return new Promise((resolve) => {
    const answer = (leaves: boolean) => {
      setApp({ overlay: undefined });
      resolve(leaves);
    };
    setApp({ overlay: { kind: 'leave', answer } });
  });
}

/** Leaving the page does not wait for IndexedDB: what is pending goes at once where there is no waiting. */
function keepWhatWaits(): boolean {
  const autosave = app().session?.autosave;
  const pending = autosave?.pending();
  void autosave?.flush();
  return !pending || putAway(pending);
}

/** Called once. */
export function watchLeaving(): void {
  addEventListener('beforeunload', (event) => {
    const { session } = app();
    const isPutAway = keepWhatWaits();
    if (!session) return;
    const isRunning = isOn(session.state.getState().run);
    if (isPutAway && !isRunning && !session.autosave.isAtRisk()) return;
    event.preventDefault();
    // Older browsers ask for this instead.
    event.returnValue = true;
  });
  addEventListener('pagehide', keepWhatWaits);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'hidden') return;
    app().session?.run.keep();
    keepWhatWaits();
  });
}
