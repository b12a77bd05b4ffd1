/**
 * The page's end of the worker protocol: the only way from the page to numbers.
 * A worker that dies is replaced at the next request; whoever waited is told, and the document, which
 * never lived there, is untouched.
 */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Description, Reply, Request, ToldEvent } from '../../worker/protocol.ts';
import { notices } from '../strings/notices.ts';
import { type Connection, createConnection, type WorkerLike } from './worker-connection.ts';

export type Evaluated = Extract<Reply, { type: 'evaluated' }>;
/** What training has made of a document's state, as a file, and what of it the page shows. */
export type Trained = Omit<Extract<Reply, { type: 'trained' }>, 'type' | 'id'>;
/** How many threads have proved best for a run, and what the others would have brought. */
export type ThreadsDecision = Omit<Extract<Reply, { type: 'threads' }>, 'type' | 'id'>;

/** How long a worker may take to obey a stop before it is ended, in milliseconds. */
const STOP_PATIENCE = 3000;

export interface RunListener {
  event(event: ToldEvent): void;
  paused(step: number): void;
  /** Once, when the first steps have shown which is faster; never where a number was chosen. */
  threads(decision: ThreadsDecision): void;
  /** What the run has made of the state so far: now and then, and at its end. */
  trained(state: Trained): void;
  /** The run did not begin, or ended without a `finished` or `failed` of its own. */
  lost(diagnostics: readonly Diagnostic[]): void;
}

export interface RunHandle {
  pause(): void;
  resume(): void;
  step(): void;
  stop(): void;
  keep(): void;
  show(shown: Pick<RunRequest, 'probes' | 'tensors'>): void;
}

export type RunRequest = Omit<Extract<Request, { type: 'run' }>, 'type' | 'id'>;
export type PathRequest = Omit<Extract<Request, { type: 'findPath' }>, 'type' | 'id'>;
export type ImproveRequest = Omit<Extract<Request, { type: 'improve' }>, 'type' | 'id'>;
export type BetterPaths = Extract<Reply, { type: 'improved' }>;
export type ContractRequest = Omit<Extract<Request, { type: 'contract' }>, 'type' | 'id'>;
export type Intermediates = Extract<Reply, { type: 'contracted' }>['values'];
export type PathReply = Extract<Reply, { type: 'pathFound' }>['result'];

export interface WorkerClient {
  /** What the graph's ports hold, `refused` where that is not known; undefined when a newer request overtook this one. */
  evaluate(document: GraphDocument, tensors?: readonly string[]): Promise<Evaluated | 'refused' | undefined>;
  /** Takes a file for the trained state that all else speaks of, or says why not; none: first values. */
  takeState(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<Trained | readonly Diagnostic[]>;
  forgetState(): void;
  run(document: GraphDocument, request: RunRequest, listener: RunListener): RunHandle;
  /** How a step of the graph would be computed; undefined where it cannot be. */
  describe(document: GraphDocument): Promise<Description | undefined>;
  /** Looks for a contraction path; what it gives stops the listening. */
  findPath(request: PathRequest, found: (result: PathReply, final: boolean) => void): () => void;
  /** Looks for better paths for the graph's networks; what it gives ends the search. */
  improve(document: GraphDocument, request: ImproveRequest, told: (news: BetterPaths) => void): () => void;
  /** What every pair of a path makes; undefined when it cannot be computed. */
  contract(request: ContractRequest): Promise<Intermediates | undefined>;
  /** Ends the worker; nobody who waits is answered. */
  dispose(): void;
}

const startWorker = (): WorkerLike =>
  new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module' });

export function createWorkerClient(start: () => WorkerLike = startWorker): WorkerClient {
  let overtake: (() => void) | undefined;
  /** The trained state: a new worker is given it. */
  let state: Trained | undefined;
  const connection = createConnection(start, () => {
    const bytes = state?.bytes;
    return bytes && ((id) => ({ type: 'state', id, file: '', bytes }));
  });
  const keep = (trained: Trained) => {
    state = trained;
  };

  return {
    dispose: connection.dispose,

    evaluate(document, tensors = []) {
      overtake?.();
      return new Promise((resolve) => {
        const id = connection.request(
          (id) => ({ type: 'evaluate', id, tensors }),
          {
            reply(reply) {
              resolve(reply.type === 'evaluated' ? reply : 'refused');
              return true;
            },
            lost: () => resolve(undefined),
          },
          document,
        );
        overtake = () => {
          connection.forget(id);
          resolve(undefined);
        };
      });
    },

    takeState: (bytes, file) =>
      connection.ask(
        (id) => ({ type: 'state', id, file, bytes }),
        (reply) => {
          if (reply.type === 'trained') keep(reply);
          return reply.type === 'trained' ? reply : reply.type === 'refused' ? reply.diagnostics : [];
        },
        (diagnostic) => [diagnostic],
      ),

    forgetState() {
      state = undefined;
      connection.tell((id) => ({ type: 'state', id, file: '' }));
    },

    describe: (document) =>
      connection.ask(
        (id) => ({ type: 'describe', id }),
        (reply) => (reply.type === 'described' ? reply.plan : undefined),
        () => undefined,
        document,
      ),

    findPath(request, found) {
      const reply = (given: Reply) => {
        if (given.type === 'pathFound') found(given.result, given.final);
        return given.type === 'pathFound' && given.final;
      };
      const id = connection.request((id) => ({ type: 'findPath', id, ...request }), { reply, lost() {} });
      return () => connection.forget(id);
    },

    improve(document, request, told) {
      const reply = (given: Reply) => {
        if (given.type === 'improved') told(given);
        return given.type !== 'improved' || given.final;
      };
      const asked = connection.request(
        (id) => ({ type: 'improve', id, ...request }),
        { reply, lost() {} },
        document,
      );
      return () => {
        if (connection.forget(asked)) connection.send({ type: 'rest', id: asked });
      };
    },

    contract: (request) =>
      connection.ask(
        (id) => ({ type: 'contract', id, ...request }),
        (reply) => (reply.type === 'contracted' ? reply.values : undefined),
        () => undefined,
      ),

    run: (document, request, listener) => runOn(connection, document, request, listener, keep),
  };
}

function runOn(
  connection: Connection,
  document: GraphDocument,
  request: RunRequest,
  listener: RunListener,
  keep: (trained: Trained) => void,
): RunHandle {
  const run = connection.request(
    (id) => ({ type: 'run', id, ...request }),
    {
      reply(reply) {
        if (reply.type === 'paused') listener.paused(reply.step);
        if (reply.type === 'threads') listener.threads(reply);
        if (reply.type === 'refused') listener.lost(reply.diagnostics);
        if (reply.type === 'event') listener.event(reply.event);
        if (reply.type === 'trained') {
          keep(reply);
          listener.trained(reply);
        }
        return (
          reply.type === 'refused' ||
          (reply.type === 'event' && (reply.event.type === 'finished' || reply.event.type === 'failed'))
        );
      },
      lost: (diagnostic) => listener.lost([diagnostic]),
    },
    document,
  );
  const tell = (told: Request) => {
    if (connection.isWaiting(run)) connection.send(told);
  };
  return {
    pause: () => tell({ type: 'pause', id: run }),
    resume: () => tell({ type: 'resume', id: run }),
    step: () => tell({ type: 'step', id: run }),
    keep: () => tell({ type: 'keep', id: run }),
    show: (shown) => tell({ type: 'probe', id: run, ...shown }),
    stop() {
      tell({ type: 'stop', id: run });
      setTimeout(() => {
        if (connection.isWaiting(run)) connection.lose(notices.workerDeaf);
      }, STOP_PATIENCE);
    },
  };
}
