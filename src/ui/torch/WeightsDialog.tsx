/** Weights of another program for the open document: what is taken for what, to be looked at and changed. */
import { useEffect, useState } from 'react';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { TorchAnswer, WeightMap } from '../../worker/torch-exchange.ts';
import { useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { FaultList } from '../parts/FaultList.tsx';
import { chooseFile } from '../session/choose-file.ts';
import type { DocumentSession } from '../session/document-session.ts';
import { download, fileName } from '../session/files.ts';
import { setApp } from '../store.ts';
import './torch.css';
import { askTorch } from './torch-client.ts';
import { torchWords } from './torch-words.ts';
import { WeightRows } from './WeightRows.tsx';

interface WeightsDialogProps {
  readonly session: DocumentSession;
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  onClose(): void;
}

interface MapFile {
  readonly file: string;
  readonly content: string;
}

type Found = Extract<TorchAnswer, { kind: 'match' }>;
type Look = { readonly found: Found } | { readonly faults: readonly Diagnostic[] } | undefined;

export function WeightsDialog({ session, file, bytes, onClose }: WeightsDialogProps) {
  const t = useT();
  const [map, setMap] = useState<MapFile>();
  const [look, setLook] = useState<Look>();
  const [isTaking, setTaking] = useState(false);
  const { document } = session.editor.getState();
  useEffect(() => {
    let isWanted = true;
    const { answer, end } = askTorch({ kind: 'weights', document, file, bytes, map, take: false });
    void answer.then((told) => {
      if (!isWanted || told.kind === 'files') return;
      setLook(told.kind === 'match' ? { found: told } : { faults: told.diagnostics });
    });
    return () => {
      isWanted = false;
      end();
    };
  }, [document, file, bytes, map]);

  async function take(): Promise<void> {
    setTaking(true);
    const told = await askTorch({ kind: 'weights', document, file, bytes, map, take: true }).answer;
    onClose();
    const taken = told.kind === 'match' ? told.state : undefined;
    const faults = taken
      ? await session.takeState(taken, file)
      : told.kind === 'refused'
        ? told.diagnostics
        : [];
    if (faults.length > 0) setApp({ overlay: { kind: 'badFile', file, diagnostics: faults } });
  }
  const takeMap = async (chosen: File) => setMap({ file: chosen.name, content: await chosen.text() });
  const change = (next: WeightMap) => setMap({ file: t(torchWords.here), content: JSON.stringify(next) });
  return (
    <Dialog title={t(torchWords.weightsTitle, { file })} className="torch-dialog" onClose={onClose}>
      {look === undefined && <p className="soft">{t(torchWords.looking)}</p>}
      {look && 'faults' in look && <FaultList faults={look.faults} />}
      {look && 'found' in look && <WeightRows match={look.found.match} map={look.found.map} onMap={change} />}
      <div className="dialog-foot">
        <button
          type="button"
          className="button"
          onClick={() => chooseFile((chosen) => void takeMap(chosen), '.json')}
        >
          {t(torchWords.chooseMap)}
        </button>
        {look && 'found' in look && (
          <>
            <button
              type="button"
              className="button"
              onClick={() =>
                download(
                  `${JSON.stringify(look.found.map, undefined, 2)}\n`,
                  fileName(`${file.replace(/\.safetensors$/, '')}.map`, 'json'),
                  'application/json',
                )
              }
            >
              {t(torchWords.saveMap)}
            </button>
            <button
              type="button"
              className="button primary"
              disabled={isTaking || look.found.match.taken.length === 0}
              onClick={() => void take()}
            >
              {t(torchWords.take, { count: look.found.match.taken.length })}
            </button>
          </>
        )}
        <button type="button" className="button" onClick={onClose}>
          {t(torchWords.cancel)}
        </button>
      </div>
    </Dialog>
  );
}
