/** `tensorloom run`: trains a graph, or evaluates one that has nothing to train. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { compile } from '../../compiler/index.ts';
import type { Compiled } from '../../compiler/types.ts';
import type { Engine } from '../../numeric/engine.ts';
import type { Decision } from '../../numeric/threads/engine.ts';
import { dtypeOf, evaluateOnce, traced, run as train } from '../../runtime/index.ts';
import { chosenEngine, engineOption, openEngine, threadsOption } from '../engine.ts';
import { openFile, readGraph } from '../graph.ts';
import type { Io, Writer } from '../io.ts';
import { probedPorts } from '../probes.ts';
import { metricsText, valuesText } from '../results.ts';
import { after, nothingYet } from '../summary.ts';
import { type Answer, numberOption, textOption, type Verb } from '../verb.ts';

interface Settings {
  readonly steps: number | undefined;
  readonly seed: number;
  readonly memoryLimit: number | undefined;
  readonly ports: readonly string[];
  readonly trace: Writer | undefined;
  readonly live: boolean;
}

export const run: Verb = {
  usage: 'run GRAPH.json',
  about: 'train the graph, or evaluate it when it has no optimizer',
  operands: { min: 1, max: 1 },
  options: {
    steps: { type: 'string', value: 'N', help: 'training steps; the graph says how many when left out' },
    seed: { type: 'string', value: 'S', help: 'seed of every random number' },
    engine: engineOption,
    threads: threadsOption,
    memory: { type: 'string', value: 'BYTES', help: 'refuse to use more than this' },
    trace: { type: 'string', value: 'FILE.jsonl', help: 'write every event there, one JSON object a line' },
  },
  async run(call, io) {
    const name = chosenEngine(call);
    const steps = numberOption(call, 'steps', 'whole');
    const memoryLimit = numberOption(call, 'memory', 'positive');
    const seedOption = numberOption(call, 'seed', 'whole');
    const { value: document, diagnostics } = await readGraph(call.operands[0] as string, io);
    if (!document) return refused(diagnostics);
    const compiled = compile(document, { dtype: dtypeOf[name], memoryLimit });
    const said = [...diagnostics, ...compiled.diagnostics];
    if (!compiled.value) return refused(said);

    const training = compiled.value.train?.plan;
    let threads: Decision | undefined;
    const engine = await openEngine(call, io, (plan, decision) => {
      if (plan === training) threads = decision;
    });
    const tracePath = textOption(call, 'trace');
    const settings: Settings = {
      steps,
      seed: seedOption ?? compiled.value.run.seed,
      memoryLimit,
      ports: probedPorts(document),
      trace: tracePath === undefined ? undefined : await openFile(tracePath, io),
      live: io.terminal && call.options.json !== true,
    };
    try {
      const answer = compiled.value.train
        ? await trained(compiled.value, engine, settings, io, () => threads)
        : await evaluated(compiled.value, engine, settings);
      return { ...answer, diagnostics: [...said, ...answer.diagnostics] };
    } finally {
      await settings.trace?.close();
    }
  },
};

const refused = (diagnostics: readonly Diagnostic[]): Answer => ({
  ok: false,
  diagnostics,
  json: {},
  text: '',
});

async function evaluated(
  compiled: Compiled,
  engine: Engine,
  { seed, memoryLimit, ports }: Settings,
): Promise<Answer> {
  const { value: values, diagnostics } = await evaluateOnce(compiled, engine, {
    seed,
    memoryLimit,
    ports: ports.length > 0 ? ports : undefined,
  });
  if (!values) return refused(diagnostics);
  return {
    ok: true,
    diagnostics,
    json: { steps: 0, seed, engine: engine.name, metrics: {}, values },
    text: valuesText(values),
  };
}

async function trained(
  compiled: Compiled,
  engine: Engine,
  settings: Settings,
  io: Io,
  decided: () => Decision | undefined,
): Promise<Answer> {
  const { seed, ports, trace, live } = settings;
  let summary = nothingYet;
  const begun = io.now();
  for await (const event of train(compiled, engine, {
    steps: settings.steps,
    seed,
    memoryLimit: settings.memoryLimit,
    signal: io.signal,
    probes: () => ports,
    // Node sees Ctrl-C only when its event loop turns.
    stride: () => STEPS_A_TURN,
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  })) {
    await trace?.write(`${JSON.stringify(traced(event))}\n`);
    summary = after(summary, event);
    if (live) io.out(`${CLEAR_LINE}${summary.steps}/${summary.total}  ${metricsText(summary.metrics)}`);
  }
  if (live) io.out(CLEAR_LINE);

  const seconds = (io.now() - begun) / 1000;
  const { steps, metrics, values, stopped, failed, diagnostics } = summary;
  const stepsPerSecond = seconds > 0 ? steps / seconds : 0;
  const ended = failed ? 'failed after' : stopped ? 'stopped after' : 'finished';
  const pace = `${seconds.toFixed(2)} s (${Math.round(stepsPerSecond)} steps/s)`;
  const threads = decided();
  return {
    ok: !failed,
    diagnostics,
    json: {
      steps,
      seed,
      engine: engine.name,
      stopped,
      metrics,
      ...(ports.length > 0 ? { values } : {}),
      seconds,
      stepsPerSecond,
      ...(threads && { threads }),
    },
    text: [
      `${ended} ${steps} steps in ${pace}, seed ${seed}, engine ${engine.name}`,
      threads ? threadsText(threads) : '',
      metricsText(metrics, '\n'),
      valuesText(values),
    ]
      .filter((part) => part !== '')
      .join('\n'),
  };
}

const threadsText = ({ threads, tried, gain }: Decision): string =>
  threads > 1
    ? `${threads} threads: they take ${gain.toFixed(2)} times the steps of one`
    : `one thread: ${tried} take ${gain.toFixed(2)} times its steps`;

const STEPS_A_TURN = 16;
const CLEAR_LINE = '\r\u001b[K';
