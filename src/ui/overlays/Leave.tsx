/** Asks before a document is left that storage has not taken: its work may be saved to a file, or given up. */
import { useStore } from 'zustand';
import { useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import type { DocumentSession } from '../session/document-session.ts';
import { saveFile } from '../session/files.ts';
import { notices } from '../strings/notices.ts';

interface LeaveProps {
  readonly session: DocumentSession;
  answer(leaves: boolean): void;
}

export function Leave({ session, answer }: LeaveProps) {
  const t = useT();
  const save = useStore(session.state, (s) => s.save);
  const stay = () => answer(false);
  return (
    <Dialog title={t(notices.leaveTitle)} onClose={stay}>
      <p>{t(notices.leaveBody, { reason: 'reason' in save ? save.reason : '' })}</p>
      <div className="dialog-foot">
        <button type="button" className="button" onClick={() => answer(true)}>
          {t(notices.leaveGo)}
        </button>
        <button type="button" className="button" onClick={() => void saveFile()}>
          {t(notices.leaveSave)}
        </button>
        <button type="button" className="button primary" onClick={stay}>
          {t(notices.leaveStay)}
        </button>
      </div>
    </Dialog>
  );
}
