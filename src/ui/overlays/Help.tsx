/** Every key of the page, read off the same lists that obey them. */
import type { Text } from '../../base/text.ts';
import { commands } from '../commands.ts';
import { showKeys } from '../keys.ts';
import { useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { canvasKeys, fieldKeys, keyGroups } from '../strings/command-names.ts';
import { workbench } from '../strings/workbench.ts';

interface Row {
  readonly keys: readonly string[];
  readonly says: Text;
}

export function Help({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const everywhere = commands.flatMap((c) => (c.keys ? [{ keys: c.keys, says: c.title }] : []));
  return (
    <Dialog title={t(workbench.keys)} className="help" onClose={onClose}>
      <div className="key-groups">
        <KeyGroup title={keyGroups.everywhere} rows={everywhere} />
        <KeyGroup title={keyGroups.canvas} rows={canvasKeys} />
        <KeyGroup title={keyGroups.fields} rows={fieldKeys} />
      </div>
      {/* Written by the build (scripts/licences.mjs). */}
      <p>
        <a href="./licences.txt" target="_blank" rel="noreferrer">
          {t(workbench.licences)}
        </a>
      </p>
    </Dialog>
  );
}

function KeyGroup({ title, rows }: { readonly title: Text; readonly rows: readonly Row[] }) {
  const t = useT();
  return (
    <section>
      <h3>{t(title)}</h3>
      <dl className="key-list">
        {rows.map((row) => (
          <div key={row.says.en}>
            <dt>
              {row.keys.map((keys) => (
                <kbd key={keys}>{showKeys(keys)}</kbd>
              ))}
            </dt>
            <dd>{t(row.says)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
