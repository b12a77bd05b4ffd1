/** The cure of a data set whose file this browser does not have, or has otherwise: to choose the file again. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { useT } from '../locale.ts';
import { notify } from '../notice.ts';
import { chooseFile } from '../session/choose-file.ts';
import { useSession } from '../session/hooks.ts';
import { setApp } from '../store.ts';
import { startDataClient } from './data-client.ts';
import { dataWords } from './data-words.ts';
import { keepBytes } from './keep-files.ts';

export function ChooseAgain({ diagnostic: { values } }: { readonly diagnostic: Diagnostic }) {
  const t = useT();
  const session = useSession();
  const id = String(values?.name ?? '');
  const { data = {} } = session.editor.getState().document;
  // Sets of the product have no file.
  if (!Object.hasOwn(data, id)) return null;

  async function take(file: File): Promise<void> {
    const client = startDataClient();
    const sha256 = await client.hash(file);
    client.end();
    if (sha256 === undefined || sha256 !== data[id]?.sha256) {
      // Another file: what it holds is looked at, and it stands in the place of the old one where that is wanted.
      setApp({ overlay: { kind: 'data', files: [{ path: file.name, blob: file }], replaces: id } });
    } else if (await keepBytes(sha256, file, file.name)) {
      notify(t(dataWords.isBack, { file: file.name }));
    }
  }
  return (
    <button type="button" className="button small" onClick={() => chooseFile((file) => void take(file))}>
      {t(dataWords.chooseAgain)}
    </button>
  );
}
