/** The page of a diagnostic's code: why it matters, an example that can be opened, and its remedy. */
import type { Code } from '../../base/codes.ts';
import { pageOf } from '../../compiler/explain/index.ts';
import { graphLines } from '../../compiler/explain/markdown.ts';
import { useT } from '../locale.ts';
import { Dialog } from '../parts/Dialog.tsx';
import { openDocument } from '../session/documents.ts';
import { dock } from '../strings/dock.ts';

interface CodePageProps {
  readonly code: Code;
  readonly onClose: () => void;
}

export function CodePage({ code, onClose }: CodePageProps) {
  const t = useT();
  const { severity, title, why, example, said, remedy, fixes } = pageOf(code);
  return (
    <Dialog title={t(title)} className="code-page" onClose={onClose}>
      <div className="code-page-body">
        <p className="code-page-code">
          {t(dock[severity])} <code>{code}</code>
        </p>
        <p>{t(why)}</p>
        <h3>{t(dock.example)}</h3>
        {example.by === 'elsewhere' && <p>{t(example.where)}</p>}
        {example.by === 'file' && <pre>{example.text}</pre>}
        {'document' in example && <pre>{graphLines(example.document).join('\n')}</pre>}
        {said && <blockquote>{t(said.message)}</blockquote>}
        {'document' in example && (
          <button
            type="button"
            className="button small"
            onClick={() => void openDocument({ ...example.document, name: t(title) })}
          >
            {t(dock.openExample)}
          </button>
        )}
        <h3>{t(dock.remedy)}</h3>
        <p>{t(remedy)}</p>
        {fixes.length > 0 && (
          <ul>
            {fixes.map((fix) => (
              <li key={fix.title.en}>{t(fix.title)}</li>
            ))}
          </ul>
        )}
      </div>
    </Dialog>
  );
}
