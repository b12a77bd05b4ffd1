/** The way from a diagnostic to the page that explains its code. */
import type { Code } from '../../base/codes.ts';
import { useT } from '../locale.ts';
import { setApp } from '../store.ts';
import { dock } from '../strings/dock.ts';

export function LearnMore({ code }: { readonly code: Code }) {
  const t = useT();
  return (
    <button
      type="button"
      className="link learn-more"
      onClick={() => setApp({ overlay: { kind: 'code', code } })}
    >
      {t(dock.learnMore)} <code>{code}</code>
    </button>
  );
}
