/**
 * What the worker does with its messages, on whatever host: the page's worker and the tests give it a way
 * to answer, a clock and a way to let the event loop turn.
 *
 * The document is mirrored (mirror.ts): what is asked is asked of it as it is then. One training run goes on
 * at a time (training.ts). Of evaluations that arrive while one is computed only the last is answered.
 */
import { isError } from '../base/diagnostic.ts';
import { type CompileOptions, describePlan } from '../compiler/index.ts';
import { describeNetworks, describePairs } from '../compiler/networks/describe-networks.ts';
import type { Compiled } from '../compiler/types.ts';
import { inspect } from '../runtime/index.ts';
import { type Improved, improve } from './improve.ts';
import { createMirror, runnable } from './mirror.ts';
import { followPath, lookForPath } from './paths.ts';
import { type Reply, requestSchema } from './protocol.ts';
import type { HostServices } from './services.ts';
import { createTraining } from './training.ts';

export interface Host {
  receive(message: unknown): void;
  /** When nothing is being computed any more. */
  idle(): Promise<void>;
}

type Request<T> = Extract<ReturnType<typeof requestSchema.parse>, { type: T }>;

/** A graph is evaluated unasked, after each edit, when it needs no more than this. */
const UNASKED = { flops: 2e8, bytes: 256 * 2 ** 20 };

export function createHost(post: (reply: Reply) => void, services: HostServices): Host {
  const mirror = createMirror();
  let waiting: Request<'evaluate'> | undefined;
  let evaluating: Promise<void> | undefined;
  let ordering = -1;
  let improving = -1;

  const crash = (id: number) => (error: unknown) =>
    post({ type: 'crashed', id, message: error instanceof Error ? error.message : String(error) });
  const training = createTraining({ ...services, mirror, post, crash });

  async function order({ id, network, maxPeak, seconds }: Request<'order'>): Promise<void> {
    ordering = id;
    await lookForPath(network, maxPeak, seconds, {
      ...services,
      overtaken: () => ordering !== id,
      found: (result, final) => post({ type: 'ordered', id, result, final }),
    });
  }

  async function lookForBetter({ id, ...wanted }: Request<'improve'>): Promise<void> {
    improving = id;
    const compiled = planned(id);
    const overtaken = () => improving !== id;
    const told = (news: Improved) => post({ type: 'improved', id, ...news });
    if (compiled) await improve(compiled, wanted, { ...services, overtaken, told });
  }

  async function contract({ id, network, path, operands }: Request<'contract'>): Promise<void> {
    const engine = await services.engine('reference');
    const { value: values, diagnostics } = await followPath(network, path, operands, engine);
    post(values ? { type: 'contracted', id, values } : { type: 'refused', id, diagnostics });
  }

  function describe({ id }: Request<'describe'>): void {
    const compiled = planned(id, 'sound parts');
    if (!compiled) return;
    const { kind, plan, program } = compiled.train ?? compiled.forward;
    post({
      type: 'described',
      id,
      plan: {
        ...describePlan(plan, program),
        networks: describeNetworks(compiled),
        pairs: describePairs(compiled, mirror.joining(3)),
        kind,
      },
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

  /** What is sound is shown, whatever is wrong elsewhere. */
  async function evaluate({ id, tensors }: Request<'evaluate'>): Promise<void> {
    const compiled = read(runnable(mirror, 'wasm'), id, 'sound parts');
    if (!compiled) return;
    const { plan } = compiled.forward;
    const flops = plan.steps.reduce((sum, step) => sum + step.flops, 0);
    if (flops > UNASKED.flops || plan.bytes > UNASKED.bytes) {
      post({ type: 'refused', id, diagnostics: [] });
      return;
    }
    const from = training.trained();
    const { value, diagnostics } = await inspect(compiled, await services.engine('wasm'), { from, tensors });
    post(value ? { type: 'evaluated', id, ...value } : { type: 'refused', id, diagnostics });
  }

  /**
   * A plan is looked at, and better paths are looked for, also where it is too large to be run: that of a run,
   * or of an evaluation that keeps no more than it must.
   */
  function planned(id: number, extent?: 'sound parts'): Compiled | undefined {
    const all = runnable(mirror, 'wasm');
    const options: CompileOptions = mirror.trains() ? all : { ...all, expose: 'ends' };
    const { value, diagnostics } = mirror.compiled(options);
    const tooLarge = !value && diagnostics.some(({ code }) => code === 'out-of-memory');
    return read(tooLarge ? { ...options, expose: 'ends', memoryLimit: 2 ** 60 } : options, id, extent);
  }

  /** What is compiled, or why it is not. */
  function read(options: CompileOptions, id: number, extent?: 'sound parts'): Compiled | undefined {
    const { value, diagnostics } = mirror.compiled(options);
    if (value && (extent || !diagnostics.some(isError))) return value;
    post({ type: 'refused', id, diagnostics });
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
        case 'document':
          mirror.replace(request.document);
          break;
        case 'patches':
          mirror.patch(request.patches);
          break;
        case 'state':
          training.take(request);
          break;
        case 'run':
          improving = -1;
          training.start(request);
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
          contract(request).catch(crash(request.id));
          break;
        default:
          training.tell(request);
      }
    },
    async idle() {
      while (training.done() || evaluating) await Promise.all([training.done(), evaluating]);
    },
  };
}
