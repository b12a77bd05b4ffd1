/** How the worker answers what is asked of the mirrored document, and of bare networks; runs are training.ts. */
import { isError, type Outcome } from '../base/diagnostic.ts';
import { fetchReadings } from '../catalogue/packs.ts';
import type { CompileOptions } from '../compiler/index.ts';
import type { Compiled, CompiledProgram } from '../compiler/types.ts';
import { openModel } from '../runtime/index.ts';
import type { Improved } from './improve.ts';
import { type createMirror, runnable } from './mirror.ts';
import type { Reply, requestSchema } from './protocol.ts';
import type { HostServices } from './services.ts';
import type { createTraining } from './training.ts';
import type { GrownTexts } from './use-model.ts';

export type RequestOf<T> = Extract<ReturnType<typeof requestSchema.parse>, { type: T }>;

/** A graph is evaluated unasked, after each edit, when it needs no more than this. */
const UNASKED = { flops: 2e8, bytes: 256 * 2 ** 20 };

function isCheap({ plan }: CompiledProgram): boolean {
  const flops = plan.steps.reduce((sum, step) => sum + step.flops, 0);
  return flops <= UNASKED.flops && plan.bytes <= UNASKED.bytes;
}

interface AnswerParts {
  readonly mirror: ReturnType<typeof createMirror>;
  readonly training: ReturnType<typeof createTraining>;
  readonly post: (reply: Reply) => void;
  readonly services: HostServices;
}

const planAnswers = () => import('./plan-answers.ts');

/** What a node is made of, with its values. What finds that out is fetched when somebody looks. */
export async function answerInside(
  { mirror, training, post, services }: AnswerParts,
  { id, node }: RequestOf<'inside'>,
): Promise<void> {
  const analysis = mirror.analysis();
  const { lookInside } = await import('./look-inside.ts');
  const { engine, data } = services;
  const options = { dtype: mirror.dtype('wasm'), from: training.trained(), engine, ...(data && { data }) };
  const looked = analysis && (await lookInside(analysis, node, options));
  post(looked ? { type: 'inside', id, ...looked } : { type: 'refused', id, diagnostics: [] });
}

/** Milliseconds between two looks at a text that grows. */
const BETWEEN_LOOKS = 60;

/** What the trained model says. What finds that out is fetched when somebody asks. */
export function createUse({ mirror, training, post, services }: AnswerParts) {
  /** The request whose texts are being written. */
  let writing = -1;

  async function tell(texts: AsyncIterable<Outcome<GrownTexts>>, id: number): Promise<void> {
    let [shown, shownAt] = [undefined as GrownTexts | undefined, Number.NEGATIVE_INFINITY];
    for await (const { value, diagnostics } of texts) {
      if (!value) return post({ type: 'refused', id, diagnostics });
      shown = value;
      if (services.now() - shownAt < BETWEEN_LOOKS) continue;
      await services.yieldToEventLoop();
      if (writing !== id) return;
      post({ type: 'written', id, ...value, final: false });
      shownAt = services.now();
    }
    post({ type: 'written', id, texts: [], ...shown, final: true });
  }

  return {
    async answer(request: RequestOf<'uses' | 'heldBack' | 'predict' | 'sample' | 'write'>): Promise<void> {
      const { id } = request;
      if (request.type === 'write') writing = id;
      const [document, analysis, from] = [mirror.document(), mirror.analysis(), training.trained()];
      if (!document || !analysis) return post({ type: 'refused', id, diagnostics: [] });
      const { heldBack, predictFor, sample, usesOf, write } = await import('./use-model.ts');
      if (request.type === 'uses') return post({ type: 'uses', id, uses: usesOf(analysis) });
      const plans = mirror.compiled(runnable(mirror, 'wasm', from?.dtype));
      if (!plans.value) return post({ type: 'refused', id, diagnostics: plans.diagnostics });
      const { data } = services;
      const model = await openModel(document, { engine: await services.engine('wasm', 1), from, data });
      const parts = { analysis, compiled: plans.value, model, data };
      if (request.type === 'write') return tell(write(parts, request), id);
      if (request.type === 'heldBack') {
        const { value: found, diagnostics } = await heldBack(parts, request.most);
        return post(found ? { type: 'heldBack', id, found } : { type: 'refused', id, diagnostics });
      }
      const { value: values, diagnostics } =
        request.type === 'sample'
          ? await sample(parts, request)
          : await predictFor(parts, request.inputs, request.outputs);
      post(values ? { type: 'predicted', id, values } : { type: 'refused', id, diagnostics });
    },
    unask(id: number): void {
      if (writing === id) writing = -1;
    },
  };
}

export function createAnswers({ mirror, training, post, services }: AnswerParts) {
  let finding = -1;
  let improving = -1;

  async function findPath({ id, network, maxPeak, seconds }: RequestOf<'findPath'>): Promise<void> {
    finding = id;
    const { lookForPath } = await planAnswers();
    await lookForPath(network, maxPeak, seconds, {
      ...services,
      overtaken: () => finding !== id,
      found: (result, final) => post({ type: 'pathFound', id, result, final }),
    });
  }

  async function improveAll({ id, ...wanted }: RequestOf<'improve'>): Promise<void> {
    improving = id;
    const compiled = planned(id);
    const overtaken = () => improving !== id;
    const told = (news: Improved) => post({ type: 'improved', id, ...news });
    const { improve } = await planAnswers();
    if (compiled) await improve(compiled, wanted, { ...services, overtaken, told });
  }

  async function contract({ id, network, path, operands }: RequestOf<'contract'>): Promise<void> {
    const { followPath } = await planAnswers();
    const engine = await services.engine('reference');
    const { value: values, diagnostics } = await followPath(network, path, operands, engine);
    post(values ? { type: 'contracted', id, values } : { type: 'refused', id, diagnostics });
  }

  async function describe({ id, costs }: RequestOf<'describe'>): Promise<void> {
    const compiled = planned(id, 'sound parts');
    const joining = mirror.joining(3);
    const priced = costs ? mirror.document() : undefined;
    const { describe } = await planAnswers();
    if (compiled) post({ type: 'described', id, plan: describe(compiled, joining, priced) });
  }

  /** What is sound is shown, whatever is wrong elsewhere. */
  async function evaluate({ id, tensors, pictures }: RequestOf<'evaluate'>): Promise<void> {
    const document = mirror.document();
    const compiled = read(runnable(mirror, 'wasm'), id, 'sound parts');
    if (!compiled || !document) return;
    if (!isCheap(compiled.forward)) {
      post({ type: 'refused', id, diagnostics: [] });
      return;
    }
    const from = training.trained();
    const engine = await services.engine('wasm');
    await fetchReadings(document);
    const plans = { value: compiled, diagnostics: [] };
    const model = await openModel(document, { engine, from, plans, data: services.data });
    const { value, diagnostics } = await model.inspect({
      tensors,
      closely: pictures,
      // What is too dear to be checked after each edit is checked at the end of a run.
      checks: compiled.checks !== undefined && isCheap(compiled.checks),
      readings: compiled.readings !== undefined && isCheap(compiled.readings),
      watched: false,
    });
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
    findPath,
    improve: improveAll,
    contract,
    describe,
    evaluate,
    /** Gives up the search for better paths. */
    rest() {
      improving = -1;
    },
  };
}
