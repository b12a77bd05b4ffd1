/**
 * What the worker does with its messages, on whatever host: the page's worker and the tests give it a way
 * to answer, a clock and a way to let the event loop turn.
 *
 * The document is mirrored (mirror.ts): what is asked is asked of it as it is then. One training run goes on
 * at a time (training.ts). A request that fails by a bug is answered so, and harms no other.
 */
import type { z } from 'zod';
import { fetchTypes } from '../catalogue/packs.ts';
import { answerInside, createAnswers, createUse, type RequestOf } from './answers.ts';
import { createMirror } from './mirror.ts';
import { type Reply, requestSchema } from './protocol.ts';
import type { HostServices } from './services.ts';
import { fetchStateFiles } from './state-files.ts';
import { createTraining } from './training.ts';

type Request = z.output<typeof requestSchema>;

/** What is to be fetched before a request can be met: node types of a document, what reads and writes states. */
function neededFor(request: Request): Promise<unknown> | undefined {
  switch (request.type) {
    case 'document':
      return fetchTypes(request.document);
    case 'patches':
      return fetchTypes(request.patches);
    case 'state':
      return request.bytes && fetchStateFiles();
    case 'run':
    case 'rewind':
      return fetchStateFiles();
    default:
      return undefined;
  }
}

/** Lets requests through in their order: what comes while something is fetched waits behind the one that needs it. */
function createGate(take: (request: Request) => void, failed: (error: unknown) => void) {
  let held: Promise<void> | undefined;

  function passAfter(coming: Promise<unknown>, request: Request): void {
    const mine = coming
      .catch(failed)
      .then(() => take(request))
      .finally(() => {
        if (held === mine) held = undefined;
      });
    held = mine;
  }

  return {
    held: () => held,
    pass(request: Request): void {
      const coming = neededFor(request);
      if (held) passAfter(coming ? Promise.all([held, coming]) : held, request);
      else if (coming) passAfter(coming, request);
      else take(request);
    },
  };
}

/** Of evaluations that arrive while one is computed only the last is answered. */
function createEvaluations(
  { yieldToEventLoop }: Pick<HostServices, 'yieldToEventLoop'>,
  evaluate: (request: RequestOf<'evaluate'>) => Promise<void>,
) {
  let waiting: RequestOf<'evaluate'> | undefined;
  let evaluating: Promise<void> | undefined;

  async function evaluateWaiting(): Promise<void> {
    while (waiting) {
      await yieldToEventLoop();
      const request = waiting;
      waiting = undefined;
      await evaluate(request);
    }
    evaluating = undefined;
  }

  return {
    done: () => evaluating,
    ask(request: RequestOf<'evaluate'>): void {
      waiting = request;
      evaluating ??= evaluateWaiting();
    },
  };
}

export interface Host {
  receive(message: unknown): void;
  /** When nothing is being computed any more. */
  idle(): Promise<void>;
}

const crashed = (id: number, error: unknown): Reply => ({
  type: 'crashed',
  id,
  message: error instanceof Error ? error.message : String(error),
});

export function createHost(post: (reply: Reply) => void, services: HostServices): Host {
  const mirror = createMirror();

  const crash = (id: number) => (error: unknown) => post(crashed(id, error));
  const training = createTraining({ ...services, mirror, post, crash });
  const parts = { mirror, training, post, services };
  const [answers, use] = [createAnswers(parts), createUse(parts)];

  const evaluations = createEvaluations(services, (request) =>
    answers.evaluate(request).catch(crash(request.id)),
  );

  function handle(request: Request): void {
    switch (request.type) {
      case 'document':
        mirror.replace(request.document);
        break;
      case 'patches':
        mirror.patch(request.patches);
        break;
      case 'state':
        training.take(request);
        break;
      case 'rewind':
        training.rewind(request);
        break;
      case 'run':
        answers.rest();
        training.start(request);
        break;
      case 'evaluate':
        answers.rest();
        evaluations.ask(request);
        break;
      case 'describe':
        answers.describe(request).catch(crash(request.id));
        break;
      case 'inside':
        answerInside(parts, request).catch(crash(request.id));
        break;
      case 'uses':
      case 'heldBack':
      case 'predict':
      case 'sample':
      case 'write':
        use.answer(request).catch(crash(request.id));
        break;
      case 'unask':
        use.unask(request.id);
        break;
      case 'findPath':
        answers.findPath(request).catch(crash(request.id));
        break;
      case 'improve':
        answers.improve(request).catch(crash(request.id));
        break;
      case 'layers':
        training.layers(request).catch(crash(request.id));
        break;
      case 'rest':
        answers.rest();
        training.rest();
        break;
      case 'contract':
        answers.contract(request).catch(crash(request.id));
        break;
      default:
        training.tell(request);
    }
  }

  function take(request: Request): void {
    try {
      handle(request);
    } catch (error) {
      // Only this request has failed: a run that is on goes on.
      crash('id' in request ? request.id : -1)(error);
    }
  }

  const gate = createGate(take, crash(-1));

  return {
    receive(message) {
      const { data, error } = requestSchema.safeParse(message);
      if (data) gate.pass(data);
      else crash(-1)(new Error(`internal: not a request: ${error.message}`));
    },
    async idle() {
      while (gate.held() || training.done() || evaluations.done())
        await Promise.all([gate.held(), training.done(), evaluations.done()]);
    },
  };
}
