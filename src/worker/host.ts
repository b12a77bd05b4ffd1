/**
 * What the worker does with its messages, on whatever host: the page's worker and the tests give it a way
 * to answer, a clock and a way to let the event loop turn.
 *
 * One training run goes on at a time: a newer one stops the older and waits for its end. Of evaluations
 * that arrive while one is computed only the last is answered. Pause, resume, step, stop and probe mean
 * the run that goes on.
 */
import { parseGraph } from '../../graph-schema/parse.ts';
import { type CompileOptions, compile, describePlan } from '../compiler/index.ts';
import { describeNetworks } from '../compiler/networks/describe-networks.ts';
import type { Compiled } from '../compiler/types.ts';
import type { Engine, EngineName } from '../numeric/engine.ts';
import type { Measured } from '../numeric/threads/engine.ts';
import { createThrottle, dtypeOf, evaluateOnce, run, type Throttle } from '../runtime/index.ts';
import { type Improved, improve } from './improve.ts';
import { followOrder, lookForOrder } from './orders.ts';
import { type Reply, requestSchema } from './protocol.ts';

export interface HostServices {
  /** Milliseconds from any fixed moment. */
  readonly now: () => number;
  /** Lets the event loop handle what is waiting. */
  readonly turn: () => Promise<void>;
  /** `threads`: as many as this, whether it pays or not. Left out, as many as prove best: `decided` is told. */
  readonly engine: (name: EngineName, threads?: number, decided?: Measured['decided']) => Promise<Engine>;
}

export interface Host {
  receive(message: unknown): void;
  /** When nothing is being computed any more. */
  idle(): Promise<void>;
}

type Request<T> = Extract<ReturnType<typeof requestSchema.parse>, { type: T }>;

interface Going {
  readonly throttle: Throttle;
  probes: readonly string[];
  done: Promise<void>;
}

/** A graph is evaluated unasked, after each edit, when it needs no more than this. */
const UNASKED = { flops: 2e8, bytes: 256 * 2 ** 20 };

/** A plan is looked at, and better orders are looked for, also where it is too large to be run. */
const ofAnySize: CompileOptions = { expose: 'ends', memoryLimit: Number.POSITIVE_INFINITY };

export function createHost(post: (reply: Reply) => void, services: HostServices): Host {
  let going: Going | undefined;
  let waiting: Request<'evaluate'> | undefined;
  let evaluating: Promise<void> | undefined;
  let ordering = -1;
  let improving = -1;

  const crash = (id: number) => (error: unknown) =>
    post({ type: 'crashed', id, message: error instanceof Error ? error.message : String(error) });

  function start(request: Request<'run'>): void {
    const previous = going;
    previous?.throttle.stop();
    const throttle = createThrottle({
      ...services,
      onPaused: (step) => post({ type: 'paused', id: request.id, step }),
    });
    const mine: Going = { throttle, probes: request.probes, done: Promise.resolve() };
    going = mine;
    mine.done = (async () => {
      await previous?.done;
      await train(request, mine);
    })()
      .catch(crash(request.id))
      .finally(() => {
        if (going === mine) going = undefined;
      });
  }

  async function train(
    { id, document, engine: name, seed, steps, threads }: Request<'run'>,
    mine: Going,
  ): Promise<void> {
    const compiled = read(document, { dtype: dtypeOf[name] }, id);
    if (!compiled) return;
    const engine = await services.engine(name, threads, (plan, decision) => {
      if (plan === compiled.train?.plan) post({ type: 'threads', id, ...decision });
    });
    const { throttle } = mine;
    for await (const event of run(compiled, engine, {
      seed,
      steps,
      probes: () => mine.probes,
      ...throttle,
    })) {
      post({ type: 'event', id, event });
    }
  }

  async function order({ id, network, maxPeak, seconds }: Request<'order'>): Promise<void> {
    ordering = id;
    await lookForOrder(network, maxPeak, seconds, {
      ...services,
      overtaken: () => ordering !== id,
      found: (result, final) =>
        post({
          type: 'ordered',
          id,
          result,
          final,
        }),
    });
  }

  async function lookForBetter({ id, document, ...wanted }: Request<'improve'>): Promise<void> {
    improving = id;
    const compiled = read(document, ofAnySize, id);
    const overtaken = () => improving !== id;
    const told = (news: Improved) => post({ type: 'improved', id, ...news });
    if (compiled) await improve(compiled, wanted, { ...services, overtaken, told });
  }

  async function follow({ id, network, path, operands }: Request<'contract'>): Promise<void> {
    const engine = await services.engine('reference');
    const { value: values, diagnostics } = await followOrder(network, path, operands, engine);
    post(
      values ? { type: 'contracted', id, values } : { type: 'refused', id, diagnostics: [...diagnostics] },
    );
  }

  function describe({ id, document }: Request<'describe'>): void {
    const compiled = read(document, ofAnySize, id);
    if (!compiled) return;
    const { kind, plan, program } = compiled.train ?? compiled.forward;
    post({
      type: 'described',
      id,
      plan: { ...describePlan(plan, program), networks: describeNetworks(compiled), kind },
    });
  }

  async function evaluateWaiting(): Promise<void> {
    while (waiting) {
      await services.turn();
      const request = waiting;
      waiting = undefined;
      await evaluate(request).catch(crash(request.id));
    }
  }

  async function evaluate({ id, document, seed }: Request<'evaluate'>): Promise<void> {
    // What is sound is shown, whatever is wrong elsewhere, and 0.1 is shown as 0.1.
    const compiled = read(document, { dtype: 'float64', partial: true }, id);
    if (!compiled) return;
    const { plan } = compiled.forward;
    const flops = plan.steps.reduce((sum, step) => sum + step.flops, 0);
    if (flops > UNASKED.flops || plan.bytes > UNASKED.bytes) {
      post({ type: 'refused', id, diagnostics: [] });
      return;
    }
    const { value: values, diagnostics } = await evaluateOnce(compiled, await services.engine('wasm'), {
      seed,
    });
    post(values ? { type: 'evaluated', id, values } : { type: 'refused', id, diagnostics: [...diagnostics] });
  }

  /** Compiles, or says why not. */
  function read(document: unknown, options: CompileOptions, id: number): Compiled | undefined {
    const { value: graph, diagnostics } = parseGraph(document);
    const outcome = graph && compile(graph, { expose: 'all', ...options });
    if (outcome?.value) return outcome.value;
    post({ type: 'refused', id, diagnostics: [...diagnostics, ...(outcome?.diagnostics ?? [])] });
    return undefined;
  }

  return {
    receive(message) {
      const parsed = requestSchema.safeParse(message);
      if (!parsed.success) {
        crash(-1)(new Error(`internal: not a request: ${parsed.error.message}`));
        return;
      }
      const request = parsed.data;
      switch (request.type) {
        case 'run':
          improving = -1;
          start(request);
          break;
        case 'evaluate':
          improving = -1;
          waiting = request;
          evaluating ??= evaluateWaiting().finally(() => {
            evaluating = undefined;
          });
          break;
        case 'describe':
          describe(request);
          break;
        case 'order':
          order(request).catch(crash(request.id));
          break;
        case 'improve':
          lookForBetter(request).catch(crash(request.id));
          break;
        case 'rest':
          improving = -1;
          break;
        case 'contract':
          follow(request).catch(crash(request.id));
          break;
        case 'probe':
          if (going) going.probes = request.probes;
          break;
        default:
          going?.throttle[request.type]();
      }
    },
    async idle() {
      while (going || evaluating) await Promise.all([going?.done, evaluating]);
    },
  };
}
