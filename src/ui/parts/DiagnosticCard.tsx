/** One diagnostic, told in full: what is wrong, the cure, the way there, and fixes to apply. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { useEditor } from '../editor-hooks.ts';
import { useT } from '../locale.ts';
import { revealDiagnostic } from '../reveal.ts';
import { dock } from '../strings/dock.ts';

const signs = { error: '●', warning: '▲', info: '■' } as const;

interface DiagnosticCardProps {
  readonly diagnostic: Diagnostic;
  /** Where it stands, when it is shown away from its node. */
  readonly where?: string;
}

export function DiagnosticCard({ diagnostic, where }: DiagnosticCardProps) {
  const t = useT();
  const editor = useEditor();
  const { severity, message, cure, fixes = [], node, edge } = diagnostic;
  const told = (
    <>
      <span className="problem-sign" role="img" aria-label={t(dock[severity])}>
        {signs[severity]}
      </span>
      <span className="problem-words">
        <span className="problem-message">
          {where && <b>{t(dock.at, { where })}</b>}
          {t(message)}
        </span>
        <span className="problem-cure">{t(cure)}</span>
      </span>
    </>
  );
  return (
    <div className="problem" data-severity={severity}>
      {where !== undefined && (node ?? edge) !== undefined ? (
        <button type="button" className="problem-story" onClick={() => revealDiagnostic(editor, diagnostic)}>
          {told}
        </button>
      ) : (
        <div className="problem-story">{told}</div>
      )}
      {fixes.length > 0 && (
        <div className="problem-fixes">
          {fixes.map((fix, i) => (
            <button
              key={fix.title.en}
              type="button"
              className={i === 0 ? 'button primary small' : 'button small'}
              onClick={() => editor.dispatch({ type: 'edits', edits: fix.edits })}
            >
              {t(fix.title)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
