/** A worker without a worker: messages in, replies collected. */
import { engines } from '../numeric/index.ts';
import { createHost, type Host } from './host.ts';
import { type Reply, type Request, replySchema } from './protocol.ts';
import type { HostServices } from './services.ts';

/** A request together with the document that it speaks of. */
export type Asked = Extract<Request, { id: number }> & { readonly document: unknown };

export interface FakeWorker extends Host {
  ask(asked: Asked): void;
  readonly replies: readonly Reply[];
  repliesOf<T extends Reply['type']>(type: T): Extract<Reply, { type: T }>[];
  events(id: number): Extract<Reply, { type: 'event' }>['event'][];
  until(found: () => boolean): Promise<void>;
}

export function fakeWorker(
  engine: HostServices['engine'] = (name) => engines[name](),
  data?: HostServices['data'],
): FakeWorker {
  const replies: Reply[] = [];
  let time = 0;
  const host = createHost((reply) => replies.push(replySchema.parse(structuredClone(reply))), {
    // Each look at the clock finds it later, so that the host lets its event loop turn often.
    now: () => (time += 5),
    yieldToEventLoop: () => new Promise((resolve) => setTimeout(resolve)),
    engine,
    ...(data && { data }),
  });
  const repliesOf = <T extends Reply['type']>(type: T) =>
    replies.filter((reply): reply is Extract<Reply, { type: T }> => reply.type === type);
  return {
    ...host,
    replies,
    repliesOf,
    ask({ document, ...request }) {
      host.receive({ type: 'document', document });
      host.receive(request);
    },
    events: (id) => repliesOf('event').flatMap((reply) => (reply.id === id ? [reply.event] : [])),
    async until(found) {
      while (!found()) {
        const crash = repliesOf('crashed')[0];
        if (crash) throw new Error(crash.message);
        await new Promise((resolve) => setTimeout(resolve));
      }
    },
  };
}
