/**
 * One run on the worker that trains. Where that worker dies, another goes on from the last state that the run has
 * told, as often as that brings it further.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Reply, Request, ToldEvent } from '../../worker/protocol.ts';
import type { RecordedFrame } from '../run/frames.ts';
import { notices } from '../strings/notices.ts';
import type { Connection } from './worker-connection.ts';

/** What training has made of a document's state, as a file, and what of it the page shows. */
export type Trained = Omit<Extract<Reply, { type: 'trained' }>, 'type' | 'id'>;
/** How many threads have proved best for a run, and what the others would have brought. */
export type ThreadsDecision = Omit<Extract<Reply, { type: 'threads' }>, 'type' | 'id'>;

export interface RunListener {
  event(event: ToldEvent): void;
  paused(step: number): void;
  /** Values of the ports that are recorded for pictures. */
  frame(frame: RecordedFrame): void;
  /** Once, when the first steps have shown which is faster; never where a number was chosen. */
  threads(decision: ThreadsDecision): void;
  /** What the run has made of the state so far: now and then, and at its end. */
  trained(state: Trained): void;
  /** Its worker had died: another goes on from the state after so many steps. */
  resumed(step: number): void;
  /** The run did not begin, or ended without a `finished` or `failed` of its own. */
  lost(diagnostics: readonly Diagnostic[]): void;
}

export interface RunHandle {
  pause(): void;
  resume(): void;
  step(): void;
  stop(): void;
  keep(): void;
  show(shown: Pick<RunRequest, 'probes' | 'tensors' | 'pictures' | 'checks'>): void;
}

export type RunRequest = Omit<Extract<Request, { type: 'run' }>, 'type' | 'id'>;
/** How long a worker may take to obey a stop before it is ended, in milliseconds. */
const STOP_PATIENCE = 3000;

interface RunState {
  /** The run has made this state: a worker that is started from now on begins with it. */
  made(trained: Trained): void;
  /** The run is over; the last state that it has made, if any. */
  ended(trained: Trained | undefined): void;
}

const isLast = (reply: Reply): boolean =>
  reply.type === 'refused' ||
  (reply.type === 'event' && (reply.event.type === 'finished' || reply.event.type === 'failed'));

export function runOn(
  connection: Connection,
  document: GraphDocument,
  request: RunRequest,
  listener: RunListener,
  state: RunState,
): RunHandle {
  let run = -1;
  /** Steps done before it, and in all; known when it has begun. */
  let begun: Pick<Extract<ToldEvent, { type: 'started' }>, 'from' | 'steps'> | undefined;
  let made: Trained | undefined;
  /** Steps after which it went on when its worker died last; −1: from its beginning. */
  let resumedAt: number | undefined;
  let shown: Pick<RunRequest, 'probes' | 'tensors' | 'pictures' | 'checks'> = request;
  let isPaused = false;
  let isStopped = false;

  function hear(reply: Reply): boolean {
    const over = isLast(reply);
    // Before it is told that the run is over: what is asked then is asked of this state.
    if (over) state.ended(made);
    if (reply.type === 'paused') listener.paused(reply.step);
    if (reply.type === 'frame') listener.frame(reply);
    if (reply.type === 'threads') listener.threads(reply);
    if (reply.type === 'refused') listener.lost(reply.diagnostics);
    if (reply.type === 'trained') {
      made = reply;
      state.made(reply);
      listener.trained(reply);
    }
    if (reply.type === 'event') {
      if (reply.event.type === 'started') begun ??= reply.event;
      listener.event(reply.event);
    }
    return over;
  }

  function lost(diagnostic: Diagnostic): void {
    const at = made?.step ?? -1;
    if (isStopped || resumedAt === at) {
      state.ended(made);
      listener.lost([diagnostic]);
      return;
    }
    resumedAt = at;
    if (begun) listener.resumed(made?.step ?? begun.from);
    begin(
      made && begun
        ? { ...request, ...shown, goOn: true, steps: Math.max(0, begun.steps - made.step) }
        : { ...request, ...shown },
    );
    if (isPaused) connection.send({ type: 'pause', id: run });
  }

  function begin(asked: RunRequest): void {
    const make = (id: number): Request => {
      run = id;
      return { type: 'run', id, ...asked };
    };
    connection.request(make, { reply: hear, lost }, document);
  }

  begin(request);
  const tell = (type: 'pause' | 'resume' | 'step' | 'stop' | 'keep') => {
    if (connection.isWaiting(run)) connection.send({ type, id: run });
  };
  return {
    pause() {
      isPaused = true;
      tell('pause');
    },
    resume() {
      isPaused = false;
      tell('resume');
    },
    step: () => tell('step'),
    keep: () => tell('keep'),
    show(next) {
      shown = next;
      if (connection.isWaiting(run)) connection.send({ type: 'probe', id: run, ...next });
    },
    stop() {
      isStopped = true;
      tell('stop');
      setTimeout(() => {
        if (connection.isWaiting(run)) connection.lose(notices.workerDeaf);
      }, STOP_PATIENCE);
    },
  };
}
