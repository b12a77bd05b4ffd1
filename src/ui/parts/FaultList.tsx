/** Faults in a dialog, each with its remedy; a file can be wrong in a thousand places, and the first few tell enough. */
import type { ReactNode } from 'react';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { useT } from '../locale.ts';
import { useRemedies } from './fetched-words.ts';

const MOST = 20;

interface FaultListProps {
  readonly faults: readonly Diagnostic[];
  /** What stands above each. */
  head?(fault: Diagnostic): ReactNode;
}

export function FaultList({ faults, head }: FaultListProps) {
  const t = useT();
  const remedyOf = useRemedies();
  return (
    <ul className="faults" role="alert">
      {faults.slice(0, MOST).map((fault, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a diagnostic has no identity of its own.
        <li key={i}>
          {head?.(fault)}
          <p>{t(fault.message)}</p>
          <p className="soft">{t(remedyOf(fault))}</p>
        </li>
      ))}
    </ul>
  );
}
