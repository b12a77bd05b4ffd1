/** Why a file could not be opened: every fault with its place and its remedy. The open document stays. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { useRemedies } from '../parts/fetched-words.ts';
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

/** A file can be wrong in a thousand places; the first few tell enough. */
const MOST = 20;

export function BadFile({ file, diagnostics, text, onClose }: BadFileProps) {
  const t = useT();
  const remedyOf = useRemedies();
  const working = useApp((s) => s.session !== undefined);
  return (
    <Dialog title={t(workbench.badFileTitle, { file })} onClose={onClose}>
      {text !== undefined && <p className="soft">{t(workbench.badFileHere)}</p>}
      {working && <p className="soft">{t(workbench.badFileKept)}</p>}
      <ul className="faults">
        {diagnostics.slice(0, MOST).map((d, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a diagnostic has no identity of its own.
          <li key={i}>
            <p className="fault-place">
              {t(workbench.place)}: <code>{d.path?.join(' › ') || t(workbench.wholeFile)}</code>
            </p>
            <p>{t(d.message)}</p>
            <p className="soft">{t(remedyOf(d))}</p>
          </li>
        ))}
      </ul>
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
