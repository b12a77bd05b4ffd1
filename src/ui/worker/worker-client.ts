/**
 * The page's end of the worker protocol: the only way from the page to numbers. Every reply is parsed.
 * A worker that dies is replaced at the next request; whoever waited is told, and the document, which
 * never lived there, is untouched.
 */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { patchesBetween } from '../../base/patches.ts';
import type { Text } from '../../base/text.ts';
import { type Description, type Reply, type Request, replySchema } from '../../worker/protocol.ts';
import { notices } from '../strings/notices.ts';

export type Evaluated = Extract<Reply, { type: 'evaluated' }>;
export type Values = Evaluated['values'];
/** What training has made of a document's state, as a file, and what of it the page shows. */
export type Trained = Omit<Extract<Reply, { type: 'trained' }>, 'type' | 'id'>;
export type TensorValue = Values[string];
export type RunEvent = Extract<Reply, { type: 'event' }>['event'];
/** How many threads have proved best for a run, and what the others would have brought. */
export type ThreadsDecision = Omit<Extract<Reply, { type: 'threads' }>, 'type' | 'id'>;

/** How long a worker may take to obey a stop before it is ended, in milliseconds. */
const STOP_PATIENCE = 3000;

export interface RunListener {
  event(event: RunEvent): void;
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
  show(shown: Pick<RunRequest, 'probes' | 'tensors'>): void;
}

export type RunRequest = Omit<Extract<Request, { type: 'run' }>, 'type' | 'id'>;
export type OrderRequest = Omit<Extract<Request, { type: 'order' }>, 'type' | 'id'>;
export type ImproveRequest = Omit<Extract<Request, { type: 'improve' }>, 'type' | 'id'>;
export type Improved = Extract<Reply, { type: 'improved' }>;
export type ContractRequest = Omit<Extract<Request, { type: 'contract' }>, 'type' | 'id'>;
export type Intermediates = Extract<Reply, { type: 'contracted' }>['values'];
export type PathResult = Extract<Reply, { type: 'ordered' }>['result'];

export interface WorkerClient {
  /** What the graph's ports hold, `refused` where that is not known; undefined when a newer request overtook this one. */
  evaluate(document: GraphDocument, tensors?: readonly string[]): Promise<Evaluated | 'refused' | undefined>;
  /** Takes a file for the trained state that all else speaks of, or says why not; none: first values. */
  takeState(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<Trained | readonly Diagnostic[]>;
  forgetState(): void;
  run(document: GraphDocument, request: RunRequest, listener: RunListener): RunHandle;
  /** How a step of the graph would be computed; undefined where it cannot be. */
  describe(document: GraphDocument): Promise<Description | undefined>;
  /** Looks for an order of contraction; what it gives stops the listening. */
  order(request: OrderRequest, found: (result: PathResult, final: boolean) => void): () => void;
  /** Looks for better orders of the graph's networks; what it gives ends the search. */
  improve(document: GraphDocument, request: ImproveRequest, told: (news: Improved) => void): () => void;
  /** What every pair of a path makes; undefined when it cannot be computed. */
  contract(request: ContractRequest): Promise<Intermediates | undefined>;
  /** Ends the worker; nobody who waits is answered. */
  dispose(): void;
}

/** The little of a Worker that is used, so that tests can stand one in. */
export type WorkerLike = Pick<
  Worker,
  'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'
>;

const startWorker = (): WorkerLike =>
  new Worker(new URL('../../worker/worker.ts', import.meta.url), { type: 'module' });

/** What a request does with the replies that carry its id; true when there will be no more. */
interface Waiting {
  reply(reply: Reply): boolean;
  lost(diagnostic: Diagnostic): void;
}

export function createWorkerClient(start: () => WorkerLike = startWorker): WorkerClient {
  let worker: WorkerLike | undefined;
  let lastId = 0;
  let overtake: (() => void) | undefined;
  /** The document as the worker has it. */
  let mirrored: GraphDocument | undefined;
  /** The trained state: a new worker is given it. */
  let state: Trained | undefined;
  const waiting = new Map<number, Waiting>();

  const lose = (detail: string | Text) => {
    worker?.terminate();
    worker = undefined;
    mirrored = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const request of all) request.lost(diagnose('worker-lost', {}, { detail }));
  };

  const running = (): WorkerLike => {
    if (worker) return worker;
    const started = start();
    // A late word from a worker that was given up is not for us.
    const ours =
      <E>(handle: (event: E) => void) =>
      (event: E) => {
        if (worker === started) handle(event);
      };
    started.onmessage = ours((event: MessageEvent) => receive(event.data));
    started.onmessageerror = ours(() => lose(notices.workerUnreadable));
    started.onerror = ours((event: ErrorEvent) => {
      event.preventDefault();
      lose(event.message || notices.workerNotStarted);
    });
    worker = started;
    if (state) started.postMessage({ type: 'state', id: ++lastId, file: '', bytes: state.bytes });
    return started;
  };

  const receive = (data: unknown) => {
    const read = replySchema.safeParse(data);
    if (!read.success) return lose(notices.workerForeign);
    const reply = read.data;
    if (reply.type === 'crashed') return lose(reply.message);
    if (waiting.get(reply.id)?.reply(reply)) waiting.delete(reply.id);
  };

  const send = (request: Request) => {
    try {
      running().postMessage(request);
    } catch (error) {
      lose(error instanceof Error ? error.message : String(error));
    }
  };

  /** What is sent next speaks of this document. */
  const mirror = (document: GraphDocument) => {
    const before = mirrored;
    if (document === before) return;
    mirrored = document;
    if (before) send({ type: 'patches', patches: [...patchesBetween(before, document)] });
    else send({ type: 'document', document });
  };

  return {
    dispose() {
      waiting.clear();
      worker?.terminate();
      worker = undefined;
    },

    evaluate(document, tensors = []) {
      overtake?.();
      const id = ++lastId;
      return new Promise((resolve) => {
        const give = (evaluated: Evaluated | 'refused' | undefined) => {
          waiting.delete(id);
          resolve(evaluated);
        };
        overtake = () => give(undefined);
        waiting.set(id, {
          reply: (reply) => {
            give(reply.type === 'evaluated' ? reply : 'refused');
            return true;
          },
          lost: () => give(undefined),
        });
        mirror(document);
        send({ type: 'evaluate', id, tensors });
      });
    },

    takeState(bytes, file) {
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, {
          reply(reply) {
            if (reply.type === 'trained') state = reply;
            resolve(reply.type === 'trained' ? reply : reply.type === 'refused' ? reply.diagnostics : []);
            return true;
          },
          lost: (diagnostic) => resolve([diagnostic]),
        });
        send({ type: 'state', id, file, bytes });
      });
    },

    forgetState() {
      state = undefined;
      send({ type: 'state', id: ++lastId, file: '' });
    },

    describe(document) {
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, {
          reply(reply) {
            resolve(reply.type === 'described' ? reply.plan : undefined);
            return true;
          },
          lost: () => resolve(undefined),
        });
        mirror(document);
        send({ type: 'describe', id });
      });
    },

    order(request, found) {
      const id = ++lastId;
      waiting.set(id, {
        reply(reply) {
          if (reply.type === 'ordered') found(reply.result, reply.final);
          return reply.type === 'ordered' && reply.final;
        },
        lost() {},
      });
      send({ type: 'order', id, ...request });
      return () => waiting.delete(id);
    },

    improve(document, request, told) {
      const id = ++lastId;
      waiting.set(id, {
        reply(reply) {
          if (reply.type === 'improved') told(reply);
          return reply.type !== 'improved' || reply.final;
        },
        lost() {},
      });
      mirror(document);
      send({ type: 'improve', id, ...request });
      return () => {
        if (waiting.delete(id)) send({ type: 'rest', id });
      };
    },

    contract(request) {
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, {
          reply(reply) {
            resolve(reply.type === 'contracted' ? reply.values : undefined);
            return true;
          },
          lost: () => resolve(undefined),
        });
        send({ type: 'contract', id, ...request });
      });
    },

    run(document, request, listener) {
      const id = ++lastId;
      waiting.set(id, {
        reply(reply) {
          if (reply.type === 'paused') listener.paused(reply.step);
          if (reply.type === 'threads') listener.threads(reply);
          if (reply.type === 'refused') listener.lost(reply.diagnostics);
          if (reply.type === 'event') listener.event(reply.event);
          if (reply.type === 'trained') {
            state = reply;
            listener.trained(reply);
          }
          return (
            reply.type === 'refused' ||
            (reply.type === 'event' && (reply.event.type === 'finished' || reply.event.type === 'failed'))
          );
        },
        lost: (diagnostic) => listener.lost([diagnostic]),
      });
      mirror(document);
      send({ type: 'run', id, ...request });
      const tell = (request: Request) => {
        if (waiting.has(id)) send(request);
      };
      return {
        pause: () => tell({ type: 'pause', id }),
        resume: () => tell({ type: 'resume', id }),
        step: () => tell({ type: 'step', id }),
        show: (shown) => tell({ type: 'probe', id, ...shown }),
        stop() {
          tell({ type: 'stop', id });
          setTimeout(() => {
            if (waiting.has(id)) lose(notices.workerDeaf);
          }, STOP_PATIENCE);
        },
      };
    },
  };
}
