/** What the page shows of a document's last run. Nothing of it is saved with the document or undone. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { ThreadsDecision } from '../worker/worker-client.ts';
import { type Curves, createCurves } from './curves.ts';
import { createFrames, type RecordedFrames } from './frames.ts';

export type RunPhase = 'idle' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

export interface RunState {
  readonly phase: RunPhase;
  /** The structure of the drawing that it runs: the editor's revision when it began. */
  readonly revision: number;
  readonly step: number;
  readonly steps: number;
  readonly seed: number;
  readonly engine: string;
  readonly parameters: number;
  /** Which number of threads has proved best; undefined until that is known, and where one was chosen. */
  readonly sharing: ThreadsDecision | undefined;
  /** Steps per second, lately. */
  readonly rate: number;
  /** The newest of each metric, training and validation. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly curves: Curves;
  readonly frames: RecordedFrames;
  /** Grows whenever the curves or the frames have: they are filled in place. */
  readonly drawn: number;
}

export const noRun = (): RunState => ({
  phase: 'idle',
  revision: -1,
  step: 0,
  steps: 0,
  seed: 0,
  engine: '',
  parameters: 0,
  sharing: undefined,
  rate: 0,
  metrics: {},
  diagnostics: [],
  curves: createCurves(),
  frames: createFrames(),
  drawn: 0,
});

export const isOn = ({ phase }: Pick<RunState, 'phase'>): boolean =>
  phase === 'running' || phase === 'paused';
