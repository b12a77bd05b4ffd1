/**
 * The connection to a worker. The worker is started when it is first needed and replaced when it is lost; the
 * document that requests speak of is mirrored there by patches. Every reply is parsed. A request that fails there
 * by a bug fails alone: only the end of the worker ends all that wait.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { patchesBetween } from '../../base/patches.ts';
import type { Text } from '../../base/text.ts';
import { type Reply, type Request, replySchema } from '../../worker/protocol.ts';
import { notices } from '../strings/notices.ts';

/** The little of a worker that is used, so that tests can stand one in. */
export interface WorkerLike {
  postMessage(message: Request): void;
  terminate(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onmessageerror: (() => void) | null;
  /** What it has not caught. Before its first message: it could not start. */
  onerror: ((event: ErrorEvent) => void) | null;
  /** It is gone, and not by `terminate`. */
  onend: (() => void) | null;
}

/** What a request does with the replies that carry its id; true when there will be no more. */
export interface Waiting {
  reply(reply: Reply): boolean;
  lost(diagnostic: Diagnostic): void;
}

type Make = (id: number) => Request;

export interface Connection {
  /** Sends a request under a new id, which it gives. With a document: it speaks of this one. */
  request(make: Make, waiting: Waiting, document?: GraphDocument): number;
  /** A request that is answered by one reply, or by the loss of the worker. */
  ask<T>(
    make: Make,
    answer: (reply: Reply) => T,
    lost: (diagnostic: Diagnostic) => T,
    document?: GraphDocument,
  ): Promise<T>;
  /** Sends what nobody waits for, under a new id, to the worker if there is one; or about a request that was sent before. */
  tell(make: Make): void;
  /** Starts the worker, so that it is there when it is needed. */
  prepare(): void;
  send(request: Request): void;
  isWaiting(id: number): boolean;
  /** No reply to this request is heard any more; whether one was waited for. */
  forget(id: number): boolean;
  /** Ends the worker; all who wait are told why. */
  lose(detail: string | Text): void;
  /** Ends the worker; nobody who waits is answered. */
  dispose(): void;
}

export interface ConnectionOptions {
  readonly start: () => WorkerLike;
  /** What a worker is told when it starts. */
  readonly greeting: () => Make | undefined;
  /** A bug in a worker that goes on, which belongs to no request. */
  readonly onFault: (detail: string) => void;
}

export function createConnection({ start, greeting, onFault }: ConnectionOptions): Connection {
  let worker: WorkerLike | undefined;
  let lastId = 0;
  /** The document as the worker has it. */
  let mirrored: GraphDocument | undefined;
  const waiting = new Map<number, Waiting>();

  const lose = (detail: string | Text) => {
    worker?.terminate();
    worker = undefined;
    mirrored = undefined;
    const all = [...waiting.values()];
    waiting.clear();
    for (const request of all) request.lost(diagnose('worker-lost', {}, { detail }));
  };

  const fail = (id: number, detail: string) => {
    // Whatever it was, the worker's copy of the document may have suffered.
    mirrored = undefined;
    const request = waiting.get(id);
    waiting.delete(id);
    if (request) request.lost(diagnose('worker-lost', {}, { detail }));
    else onFault(detail);
  };

  const running = (): WorkerLike => {
    if (worker) return worker;
    const started = start();
    // A late word from a worker that was given up is not for us.
    listen(started, () => worker === started, { receive, lose, onFault });
    worker = started;
    const greet = greeting();
    if (greet) started.postMessage(greet(++lastId));
    return started;
  };

  const receive = (data: unknown) => {
    const read = replySchema.safeParse(data);
    if (!read.success) return lose(notices.workerForeign);
    const reply = read.data;
    if (reply.type === 'ready') return;
    if (reply.type === 'crashed') return fail(reply.id, reply.message);
    if (waiting.get(reply.id)?.reply(reply)) waiting.delete(reply.id);
  };

  const send = (request: Request) => {
    try {
      running().postMessage(request);
    } catch (error) {
      lose(error instanceof Error ? error.message : String(error));
    }
  };

  const mirror = (document: GraphDocument) => {
    const before = mirrored;
    if (document === before) return;
    mirrored = document;
    if (before) send({ type: 'patches', patches: [...patchesBetween(before, document)] });
    else send({ type: 'document', document });
  };

  const request: Connection['request'] = (make, who, document) => {
    const id = ++lastId;
    waiting.set(id, who);
    if (document) mirror(document);
    send(make(id));
    return id;
  };

  return {
    request,
    ask: (make, answer, lost, document) =>
      new Promise((resolve) => {
        const reply = (given: Reply) => {
          resolve(answer(given));
          return true;
        };
        request(make, { reply, lost: (diagnostic) => resolve(lost(diagnostic)) }, document);
      }),
    tell(make) {
      if (worker) send(make(++lastId));
    },
    prepare: () => void running(),
    send,
    isWaiting: (id) => waiting.has(id),
    forget: (id) => waiting.delete(id),
    lose,
    dispose() {
      waiting.clear();
      worker?.terminate();
      worker = undefined;
    },
  };
}

interface Hearing {
  receive(data: unknown): void;
  lose(detail: string | Text): void;
  onFault(detail: string): void;
}

function listen(worker: WorkerLike, isOurs: () => boolean, { receive, lose, onFault }: Hearing): void {
  let lives = false;
  worker.onmessage = ({ data }) => {
    lives = true;
    if (isOurs()) receive(data);
  };
  worker.onmessageerror = () => isOurs() && lose(notices.workerUnreadable);
  worker.onend = () => isOurs() && lose(notices.workerEnded);
  worker.onerror = (event) => {
    event.preventDefault();
    if (!isOurs()) return;
    if (lives) onFault(event.message);
    else lose(event.message || notices.workerNotStarted);
  };
}
