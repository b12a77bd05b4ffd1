/**
 * The page's end of the worker protocol: the only way from the page to numbers.
 * One worker trains, another answers all else, so that nothing that is asked about a drawing can hold up or end a
 * run. A worker that dies is replaced at the next request; whoever waited is told, and the document, which never
 * lived there, is untouched.
 */

import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { Diagnostic } from '../../base/diagnostic.ts';
import type { PathText } from '../../base/path.ts';
import type { Description, JudgedRows, ModelUses, Reply, Request } from '../../worker/protocol.ts';
import { type RunHandle, type RunListener, type RunRequest, runOn, type Trained } from './running.ts';
import { type Connection, createConnection, type WorkerLike } from './worker-connection.ts';

export type { RunHandle, RunListener, RunRequest, ThreadsDecision, Trained } from './running.ts';

export type Evaluated = Extract<Reply, { type: 'evaluated' }>;
export type PathRequest = Omit<Extract<Request, { type: 'findPath' }>, 'type' | 'id'>;
export type ImproveRequest = Omit<Extract<Request, { type: 'improve' }>, 'type' | 'id'>;
export type LayersRequest = Omit<Extract<Request, { type: 'layers' }>, 'type' | 'id'>;
export type LayersReply = Extract<Reply, { type: 'layers' }>;
export type RewindRequest = Omit<Extract<Request, { type: 'rewind' }>, 'type' | 'id'>;
type PredictRequest = Extract<Request, { type: 'predict' }>;
export type Predicted = Extract<Reply, { type: 'predicted' }>['values'];
export type WriteRequest = Omit<Extract<Request, { type: 'write' }>, 'type' | 'id'>;
export type Written = Extract<Reply, { type: 'written' }>;
export type BetterPaths = Extract<Reply, { type: 'improved' }>;
export type InsideReply = Extract<Reply, { type: 'inside' }>;
export type ContractRequest = Omit<Extract<Request, { type: 'contract' }>, 'type' | 'id'>;
export type Intermediates = Extract<Reply, { type: 'contracted' }>['values'];
export type PathReply = Extract<Reply, { type: 'pathFound' }>['result'];

export interface WorkerClient {
  /** What the graph's ports hold, `refused` where that is not known; undefined when a newer request overtook this one. */
  evaluate(
    document: GraphDocument,
    tensors?: readonly string[],
    pictures?: readonly string[],
  ): Promise<Evaluated | 'refused' | undefined>;
  /** Takes a file for the trained state that all else speaks of, or says why not; none: first values. */
  takeState(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<Trained | readonly Diagnostic[]>;
  /** Makes what the state was after so many steps of the run the trained state; undefined where that is not known, or overtaken. */
  rewind(document: GraphDocument, to: RewindRequest): Promise<Trained | undefined>;
  /** What the document's model can be used for; undefined where it has errors. */
  uses(document: GraphDocument): Promise<ModelUses | undefined>;
  /** So many samples of it, by `node.port`; undefined where none can be drawn. */
  sample(document: GraphDocument, count: number, seed: number): Promise<Predicted | undefined>;
  /** Lets it write; `told` hears the texts as they grow, or undefined where it cannot. What it gives ends the writing. */
  write(
    document: GraphDocument,
    request: WriteRequest,
    told: (written: Written | undefined) => void,
  ): () => void;
  /** How parameters, gradients and updates were after some of the run's steps; asked again, of further ones. */
  layers(document: GraphDocument, request: LayersRequest): Promise<LayersReply | undefined>;
  /** Nobody looks at layers any more. */
  restLayers(): void;
  /** Whether what is asked of the model while a run goes on is asked of the states that the run hands over. */
  followRun(isWanted: boolean): void;
  /** What the model makes of rows that were held back, at most so many; undefined where it classifies nothing. */
  heldBack(document: GraphDocument, most: number): Promise<JudgedRows | undefined>;
  /** What it makes of these; undefined where it cannot. */
  predict(
    document: GraphDocument,
    inputs: PredictRequest['inputs'],
    outputs: readonly string[],
  ): Promise<Predicted | undefined>;
  /** Makes ready for a run, so that it begins soon when it is asked for. */
  prepareRun(): void;
  run(document: GraphDocument, request: RunRequest, listener: RunListener): RunHandle;
  /** How a step of the graph would be computed; undefined where it cannot be. */
  describe(document: GraphDocument, costs?: boolean): Promise<Description | undefined>;
  /** What a node is made of, and values of the state there is; undefined where there is nothing to see. */
  inside(document: GraphDocument, node: PathText): Promise<InsideReply | undefined>;
  /** Looks for a contraction path; what it gives stops the listening. */
  findPath(request: PathRequest, found: (result: PathReply, final: boolean) => void): () => void;
  /** Looks for better paths for the graph's networks; what it gives ends the search. */
  improve(document: GraphDocument, request: ImproveRequest, told: (news: BetterPaths) => void): () => void;
  /** What every pair of a path makes; undefined when it cannot be computed. */
  contract(request: ContractRequest): Promise<Intermediates | undefined>;
  /** Ends the worker; nobody who waits is answered. */
  dispose(): void;
}

/** `onFault` hears of bugs in workers that go on, which belong to no request. */
export function createWorkerClient(
  start: () => WorkerLike,
  onFault: (detail: string) => void = () => {},
): WorkerClient {
  /** The trained state: a new worker is given it. */
  let state: Trained | undefined;
  let isFollowed = false;
  const stateRequest = () => {
    const bytes = state?.bytes;
    return bytes && ((id: number): Request => ({ type: 'state', id, file: '', bytes }));
  };
  const options = { start, greeting: stateRequest, onFault };
  const connection = createConnection(options);
  const training = createConnection(options);
  /** Both workers speak of one state: the one that has not made it is told. */
  const keep = (trained: Trained, other: Connection) => {
    state = trained;
    const make = stateRequest();
    if (make) other.tell(make);
  };

  return {
    dispose() {
      connection.dispose();
      training.dispose();
    },

    evaluate: evaluator(connection),
    ...questions(connection),

    takeState: (bytes, file) =>
      connection.ask(
        (id) => ({ type: 'state', id, file, bytes }),
        (reply) => {
          if (reply.type === 'trained') keep(reply, training);
          return reply.type === 'trained' ? reply : reply.type === 'refused' ? reply.diagnostics : [];
        },
        (diagnostic) => [diagnostic],
      ),

    async rewind(document, to) {
      const found = await askFor(training, 'trained', (id) => ({ type: 'rewind', id, ...to }), document);
      if (found) keep(found, connection);
      return found;
    },

    layers: (document, request) =>
      askFor(training, 'layers', (id) => ({ type: 'layers', id, ...request }), document),

    followRun(isWanted) {
      isFollowed = isWanted;
    },

    restLayers: () => training.tell((id) => ({ type: 'rest', id })),

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

    prepareRun: training.prepare,

    run: (document, request, listener) =>
      runOn(training, document, request, listener, {
        made(trained) {
          if (isFollowed) keep(trained, connection);
          else state = trained;
        },
        ended(trained) {
          if (trained) keep(trained, connection);
        },
      }),
  };
}

/** A request that one reply of this type answers; undefined where another does, or none. */
const askFor = <T extends Reply['type']>(
  connection: Connection,
  type: T,
  make: (id: number) => Request,
  document?: GraphDocument,
): Promise<Extract<Reply, { type: T }> | undefined> =>
  connection.ask(
    make,
    (reply) => (reply.type === type ? (reply as Extract<Reply, { type: T }>) : undefined),
    () => undefined,
    document,
  );

/** What is asked of the worker that does not train. */
const questions = (
  connection: Connection,
): Pick<
  WorkerClient,
  'uses' | 'write' | 'heldBack' | 'sample' | 'predict' | 'describe' | 'inside' | 'contract'
> => ({
  uses: async (document) =>
    (await askFor(connection, 'uses', (id) => ({ type: 'uses', id }), document))?.uses,

  async sample(document, count, seed) {
    const make = (id: number): Request => ({ type: 'sample', id, count, seed });
    return (await askFor(connection, 'predicted', make, document))?.values;
  },

  write(document, request, told) {
    const reply = (given: Reply) => {
      told(given.type === 'written' ? given : undefined);
      return given.type !== 'written' || given.final;
    };
    const waiting = { reply, lost: () => told(undefined) };
    const id = connection.request((id) => ({ type: 'write', id, ...request }), waiting, document);
    return () => {
      if (connection.forget(id)) connection.send({ type: 'unask', id });
    };
  },

  heldBack: async (document, most) =>
    (await askFor(connection, 'heldBack', (id) => ({ type: 'heldBack', id, most }), document))?.found,

  async predict(document, inputs, outputs) {
    const make = (id: number): Request => ({ type: 'predict', id, inputs, outputs });
    return (await askFor(connection, 'predicted', make, document))?.values;
  },

  describe: async (document, costs = false) =>
    (await askFor(connection, 'described', (id) => ({ type: 'describe', id, costs }), document))?.plan,

  inside: (document, node) => askFor(connection, 'inside', (id) => ({ type: 'inside', id, node }), document),

  contract: async (request) =>
    (await askFor(connection, 'contracted', (id) => ({ type: 'contract', id, ...request })))?.values,
});

/** Of evaluations only the newest is answered. */
function evaluator(connection: Connection): WorkerClient['evaluate'] {
  let overtake: (() => void) | undefined;
  return (document, tensors = [], pictures = []) => {
    overtake?.();
    return new Promise((resolve) => {
      let id = -1;
      const ask = (again: boolean) => {
        id = connection.request(
          (id) => ({ type: 'evaluate', id, tensors, pictures }),
          {
            reply(reply) {
              resolve(reply.type === 'evaluated' ? reply : 'refused');
              return true;
            },
            // The drawing waits for its values: another worker may have more luck.
            lost: () => (again ? ask(false) : resolve('refused')),
          },
          document,
        );
      };
      ask(true);
      overtake = () => {
        connection.forget(id);
        resolve(undefined);
      };
    });
  };
}
