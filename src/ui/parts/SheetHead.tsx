/** The head of a panel when it is a sheet over a narrow screen; hidden elsewhere. */
import { useT } from '../locale.ts';
import { setApp } from '../store.ts';
import { workbench } from '../strings/workbench.ts';
import { Icon } from './Icon.tsx';

export function SheetHead({ title }: { readonly title: string }) {
  const t = useT();
  return (
    <header className="sheet-head">
      <h2>{title}</h2>
      <button
        type="button"
        className="icon-button"
        aria-label={t(workbench.close)}
        onClick={() => setApp({ sheet: 'none' })}
      >
        <Icon name="close" />
      </button>
    </header>
  );
}
