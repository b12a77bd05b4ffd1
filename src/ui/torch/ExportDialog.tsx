/** The document as a PyTorch script: looked at, copied, downloaded with the files that it reads. */
import { useEffect, useState } from 'react';
import { byteText } from '../../base/bytes.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { FaultList } from '../parts/FaultList.tsx';
import type { DocumentSession } from '../session/document-session.ts';
import { download, fileName } from '../session/files.ts';
import './torch.css';
import { askTorch } from './torch-client.ts';
import { torchWords } from './torch-words.ts';

interface ExportDialogProps {
  readonly session: DocumentSession;
  onClose(): void;
}

type TorchFiles = ReadonlyMap<string, string | Uint8Array<ArrayBuffer>>;
type Made = { readonly files: TorchFiles } | { readonly faults: readonly Diagnostic[] } | undefined;

/** A name that Python can import. */
const moduleName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase() || 'model';

export function ExportDialog({ session, onClose }: ExportDialogProps) {
  const t = useT();
  const { trained } = session.state.getState();
  const [hasWeights, setHasWeights] = useState(trained !== undefined);
  const [made, setMade] = useState<Made>();
  const { document } = session.editor.getState();
  const name = moduleName(document.name);
  useEffect(() => {
    let isWanted = true;
    const state = hasWeights ? trained?.bytes : undefined;
    const { answer, end } = askTorch({ kind: 'export', document, name, state });
    void answer.then((found) => {
      if (!isWanted || found.kind === 'match') return;
      setMade(found.kind === 'files' ? found : { faults: found.diagnostics });
    });
    return () => {
      isWanted = false;
      end();
    };
  }, [document, name, hasWeights, trained]);
  return (
    <Dialog title={t(torchWords.exportTitle)} className="torch-dialog" onClose={onClose}>
      {trained && (
        <label className="torch-choice">
          <input
            type="checkbox"
            checked={hasWeights}
            onChange={(event) => setHasWeights(event.target.checked)}
          />
          {t(trained.step > 0 ? torchWords.withWeights : torchWords.withOwn, { step: trained.step })}
        </label>
      )}
      {made === undefined && <p className="soft">{t(torchWords.writing)}</p>}
      {made && 'faults' in made && (
        <>
          <p>{t(torchWords.cannot)}</p>
          <FaultList faults={made.faults} />
        </>
      )}
      {made && 'files' in made && <Files files={made.files} name={name} title={document.name} />}
    </Dialog>
  );
}

interface FilesProps {
  readonly files: TorchFiles;
  readonly name: string;
  /** Of the document. */
  readonly title: string;
}

function Files({ files, name, title }: FilesProps) {
  const t = useT();
  const [isCopied, setCopied] = useState(false);
  const script = String(files.get(`${name}.py`));
  const isAlone = files.size === 1;
  const target = isAlone ? `${name}.py` : fileName(title, 'zip');
  async function save(): Promise<void> {
    if (isAlone) return download(script, target, 'text/x-python');
    const { strToU8, zipSync } = await import('fflate');
    const entries = [...files].map(([path, content]) => [
      path,
      typeof content === 'string' ? strToU8(content) : content,
    ]);
    download(zipSync(Object.fromEntries(entries)) as Uint8Array<ArrayBuffer>, target, 'application/zip');
  }
  return (
    <>
      <ul className="torch-files" aria-label={t(torchWords.files)}>
        {[...files].map(([path, content]) => (
          <li key={path}>
            <code>{path}</code> <span className="soft">{byteText(content.length)}</span>
          </li>
        ))}
      </ul>
      <textarea
        className="torch-script"
        aria-label={t(torchWords.script)}
        value={script}
        readOnly
        rows={24}
        wrap="off"
        spellCheck={false}
      />
      <div className="dialog-foot">
        <span className="soft torch-runs">{t(torchWords.runs, { file: `${name}.py` })}</span>
        <button
          type="button"
          className="button"
          onClick={() => void navigator.clipboard.writeText(script).then(() => setCopied(true))}
        >
          {t(isCopied ? torchWords.copied : torchWords.copy)}
        </button>
        <button type="button" className="button primary" onClick={() => void save()}>
          {t(torchWords.download, { file: target })}
        </button>
      </div>
    </>
  );
}
