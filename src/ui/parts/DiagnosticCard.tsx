/** One diagnostic, told in full: what is wrong, the remedy, the way there, and fixes to apply. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { useT } from '../locale.ts';
import { useSession } from '../session/hooks.ts';
import { revealDiagnostic } from '../session/reveal.ts';
import { dock } from '../strings/dock.ts';
import { FixButtons } from './FixButtons.tsx';
import { useRemedies } from './fetched-words.ts';
import { LearnMore } from './LearnMore.tsx';
import { lazily } from './lazily.tsx';
import { useDrawnNames } from './use-drawn-names.ts';

/** Fetched with the first file that is missing. */
const ChooseAgain = lazily(async () => (await import('../data/ChooseAgain.tsx')).ChooseAgain);

const signs = { error: '●', warning: '▲', info: '■' } as const;

interface DiagnosticCardProps {
  readonly diagnostic: Diagnostic;
  /** Where it stands, when it is shown away from its node. */
  readonly where?: string;
}

export function DiagnosticCard({ diagnostic, where }: DiagnosticCardProps) {
  const t = useT();
  const drawn = useDrawnNames();
  const remedyOf = useRemedies();
  const session = useSession();
  const { code, severity, message, node, edge } = diagnostic;
  const told = (
    <>
      <span className="problem-sign" role="img" aria-label={t(dock[severity])}>
        {signs[severity]}
      </span>
      <span className="problem-words">
        <span className="problem-message">
          {where && <b>{t(dock.at, { where })}</b>}
          {drawn(message)}
        </span>
        <span className="problem-remedy">{drawn(remedyOf(diagnostic))}</span>
      </span>
    </>
  );
  return (
    <div className="problem" data-severity={severity}>
      {where !== undefined && (node ?? edge) !== undefined ? (
        <button type="button" className="problem-text" onClick={() => revealDiagnostic(session, diagnostic)}>
          {told}
        </button>
      ) : (
        <div className="problem-text">{told}</div>
      )}
      <FixButtons diagnostic={diagnostic} />
      {(code === 'data-unavailable' || code === 'data-changed') && <ChooseAgain diagnostic={diagnostic} />}
      <LearnMore code={code} />
    </div>
  );
}
