/** A file of data somebody brings: what stands in it, what it is taken for, and the data set that comes of it. */
import { useEffect, useRef, useState } from 'react';
import { byteText } from '../../base/bytes.ts';
import type { Text } from '../../base/text.ts';
import type { TableForm } from '../../datasets/table/sniff.ts';
import { useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import type { DocumentSession } from '../session/document-session.ts';
import { addData } from './add-data.ts';
import { ArraysForm, PicturesForm, TextForm } from './OtherForms.tsx';
import './data.css';
import { type DataClient, startDataClient } from './data-client.ts';
import type { DataLook, Making, PlacedFile } from './data-messages.ts';
import { dataWords } from './data-words.ts';
import { TableForm as TableChoices } from './TableForm.tsx';

interface DataDialogProps {
  readonly session: DocumentSession;
  readonly files: readonly PlacedFile[];
  /** The data of the document in whose place these come. */
  readonly replaces?: string | undefined;
  onClose(): void;
}

type Found = { readonly look: DataLook } | { readonly fault: Text } | undefined;

export function DataDialog({ session, files, replaces, onClose }: DataDialogProps) {
  const t = useT();
  const [form, setForm] = useState<Partial<TableForm>>();
  const [found, setFound] = useState<Found>();
  const [progress, setProgress] = useState<{ readonly read: number; readonly all: number }>();
  const [isMaking, setMaking] = useState(false);
  /** Why what was chosen comes to nothing. */
  const [fault, setFault] = useState<Text>();
  const client = useRef<DataClient>(undefined);
  const name = files.length > 1 ? (files[0]?.path.split('/')[0] ?? '') : (files[0]?.path ?? '');

  useEffect(() => {
    const mine = startDataClient((read, all) => setProgress({ read, all }));
    client.current = mine;
    let isWanted = true;
    void mine.look({ files, form }).then((look) => {
      if (!isWanted) return;
      setProgress(undefined);
      setFound('fault' in look ? look : { look });
    });
    return () => {
      isWanted = false;
      mine.end();
    };
  }, [files, form]);

  async function make(making: Making, node: Readonly<Record<string, unknown>>): Promise<void> {
    setMaking(true);
    setFault(undefined);
    const made = await client.current?.make({ making, place: fileName(name) });
    setProgress(undefined);
    setMaking(false);
    if (!made) return;
    if ('fault' in made) return setFault(made.fault);
    await addData(session, { made, file: files[0]?.blob ?? new Blob(), name, node, replaces });
    onClose();
  }

  const add = replaces === undefined ? dataWords.add : dataWords.replace;
  const common = { isMaking, add: t(add), onCancel: onClose, onMake: (m: Making, n = {}) => void make(m, n) };
  return (
    <Dialog title={t(dataWords.title, { file: name })} className="data-dialog" onClose={onClose}>
      {found === undefined && <Reading progress={progress} />}
      {found && 'fault' in found && <Fault file={name} detail={found.fault} />}
      {found && 'look' in found && (
        <>
          {found.look.kind === 'table' && (
            <TableChoices
              table={found.look.table}
              onForm={(next) => setForm({ ...form, ...next })}
              {...common}
            />
          )}
          {found.look.kind === 'text' && <TextForm look={found.look} {...common} />}
          {found.look.kind === 'pictures' && <PicturesForm look={found.look} {...common} />}
          {found.look.kind === 'arrays' && <ArraysForm look={found.look} {...common} />}
          {isMaking && <Reading progress={progress} />}
          {fault && <Fault file={name} detail={fault} />}
        </>
      )}
    </Dialog>
  );
}

function Fault({ file, detail }: { readonly file: string; readonly detail: Text }) {
  const t = useT();
  return (
    <p className="data-fault" role="alert">
      {t(dataWords.cannot, { file, detail: t(detail) })}
    </p>
  );
}

const fileName = (path: string): string => path.split('/').at(-1) ?? path;

function Reading({ progress }: { readonly progress: { read: number; all: number } | undefined }) {
  const t = useT();
  if (!progress) return <p className="soft">{t(dataWords.counting)}</p>;
  const { read, all } = progress;
  return (
    <div className="data-reading">
      <progress value={read} max={all} aria-label={t(dataWords.counting)} />
      <span className="soft">{t(dataWords.reading, { read: byteText(read), all: byteText(all) })}</span>
    </div>
  );
}
