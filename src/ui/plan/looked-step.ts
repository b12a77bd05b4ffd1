/**
 * The step of a contraction path that the Plan panel and the diagram both look at: who is moved moves the other.
 * A step that is pointed at in one is marked in the other. What is looked at is part of the session.
 */
import { useEffect, useMemo } from 'react';
import type { SsaPath } from '../../contraction/index.ts';
import { useSession, useSessionState } from '../session/hooks.ts';
import type { LookedStep, StepLooker } from '../session/session-state.ts';

interface Looking {
  /** The step that was chosen last, and who chose it. */
  readonly chosen: LookedStep | undefined;
  /** The step under the pointer or the focus. */
  readonly pointed: number | undefined;
  choose(step: number): void;
  point(step: number | undefined): void;
}

/** Of the network with this id, as one of the two sees it. */
export function useLookedStep(network: string, by: StepLooker): Looking {
  const { state } = useSession();
  const chosen = useSessionState(({ planned }) =>
    planned.step?.network === network ? planned.step : undefined,
  );
  const pointed = useSessionState(({ planned }) =>
    planned.pointed?.network === network ? planned.pointed.step : undefined,
  );
  return useMemo(() => {
    const change = (planned: Partial<ReturnType<typeof state.getState>['planned']>) =>
      state.setState(({ planned: before }) => ({ planned: { ...before, ...planned } }));
    return {
      chosen,
      pointed,
      choose: (step) => change({ step: { network, step, by } }),
      point: (step) => change({ pointed: step === undefined ? undefined : { network, step } }),
    };
  }, [state, network, by, chosen, pointed]);
}

/** The path that the Plan panel shows is the one that the diagram plays, for as long as the panel is open. */
export function useTellPath(network: string, path: SsaPath): void {
  const { state } = useSession();
  useEffect(() => {
    const tell = (told: { network: string; path: SsaPath } | undefined) =>
      state.setState(({ planned }) => ({ planned: { ...planned, path: told } }));
    tell({ network, path });
    return () => tell(undefined);
  }, [state, network, path]);
}
