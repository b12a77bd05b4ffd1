/** Why a file could not be opened: every fault with its place and its remedy. The open document stays. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { FaultList } from '../parts/FaultList.tsx';
import { download, fileName } from '../session/files.ts';
import { useApp } from '../store.ts';
import { workbench } from '../strings/workbench.ts';

interface BadFileProps {
  readonly file: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Given where this browser keeps it. */
  readonly text?: string | undefined;
  readonly onClose: () => void;
}

export function BadFile({ file, diagnostics, text, onClose }: BadFileProps) {
  const t = useT();
  const working = useApp((s) => s.session !== undefined);
  return (
    <Dialog title={t(workbench.badFileTitle, { file })} onClose={onClose}>
      {text !== undefined && <p className="soft">{t(workbench.badFileHere)}</p>}
      {working && <p className="soft">{t(workbench.badFileKept)}</p>}
      <FaultList
        faults={diagnostics}
        head={({ path }) => (
          <p className="fault-place">
            {t(workbench.place)}: <code>{path?.join(' › ') || t(workbench.wholeFile)}</code>
          </p>
        )}
      />
      <div className="dialog-foot">
        {text !== undefined && (
          <>
            <button
              type="button"
              className="button"
              onClick={() => download(text, fileName(file, 'graph.json'), 'application/json')}
            >
              {t(workbench.badFileText)}
            </button>
            <button type="button" className="button" onClick={() => void navigator.clipboard.writeText(text)}>
              {t(workbench.badFileCopy)}
            </button>
          </>
        )}
        <button type="button" className="button primary" onClick={onClose}>
          {t(workbench.close)}
        </button>
      </div>
    </Dialog>
  );
}
