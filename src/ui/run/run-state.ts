/** What the page shows of a document's last run. Nothing of it is saved with the document or undone. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { BestEvaluation } from '../../base/best-so-far.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { SettingValue } from '../../document/sweep.ts';
import type { ThreadsDecision, Trained } from '../worker/worker-client.ts';
import { type Curves, createCurves } from './curves.ts';
import { createFrames, type RecordedFrames } from './frames.ts';

export type RunPhase = 'idle' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed';

export interface RunState {
  readonly phase: RunPhase;
  /** The structure of the drawing that it runs: the editor's revision when it began. */
  readonly revision: number;
  /** The drawing itself; undefined where the run was read back and it is not known. */
  readonly document: GraphDocument | undefined;
  /** Which of the document's runs it is, from 1; 0: there was none. */
  readonly number: number;
  /** Steps that were done when what is known of it begins: those of the state that it went on from. */
  readonly begun: number;
  /** The run that it was forked from, at `begun` or later. */
  readonly fork: { readonly of: number; readonly step: number } | undefined;
  /** Whether one drawing has made all of it, from first values on: then any of its steps can be had again from that. */
  readonly whole: boolean;
  /** The settings that a sweep gave it, by what they are written as. */
  readonly tried: Readonly<Record<string, SettingValue>> | undefined;
  /** The last state that it has made. */
  readonly made: Trained | undefined;
  /** The step that somebody goes back to: its state is being computed. */
  readonly rewinding: number | undefined;
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
  /** The best evaluation, by the metric that the drawing says. */
  readonly best: BestEvaluation | undefined;
  /** It has ended for want of a better one. */
  readonly isEarly: boolean;
  readonly diagnostics: readonly Diagnostic[];
  readonly curves: Curves;
  readonly frames: RecordedFrames;
  /** Grows whenever the curves or the frames have: they are filled in place. */
  readonly drawn: number;
}

export const noRun = (): RunState => ({
  phase: 'idle',
  revision: -1,
  document: undefined,
  number: 0,
  begun: 0,
  fork: undefined,
  whole: true,
  tried: undefined,
  made: undefined,
  rewinding: undefined,
  step: 0,
  steps: 0,
  seed: 0,
  engine: '',
  parameters: 0,
  sharing: undefined,
  rate: 0,
  metrics: {},
  best: undefined,
  isEarly: false,
  diagnostics: [],
  curves: createCurves(),
  frames: createFrames(),
  drawn: 0,
});

export const isOn = ({ phase }: Pick<RunState, 'phase'>): boolean =>
  phase === 'running' || phase === 'paused';
