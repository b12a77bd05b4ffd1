/** `tensorloom run`: trains a graph, or evaluates one that has nothing to train. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { compile } from '../../compiler/index.ts';
import type { Compiled } from '../../compiler/types.ts';
import { engines } from '../../numeric/index.ts';
import type { Engine } from '../../numeric/engine.ts';
import { dtypeOf, evaluateOnce, type RunEvent, run as train } from '../../runtime/index.ts';
import { chosenEngine, engineOption } from '../engine.ts';
import { readGraph } from '../graph.ts';
import type { Io, Writer } from '../io.ts';
import { probedPorts } from '../probes.ts';
import { metricsText, valuesText } from '../results.ts';
import { type Answer, numberOption, textOption, type Verb } from '../verb.ts';

interface Settings {
  readonly steps: number | undefined;
  readonly seed: number;
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

    const engine = await engines[name]();
    const tracePath = textOption(call, 'trace');
    const settings: Settings = {
      steps,
      seed: seedOption ?? compiled.value.run.seed,
      ports: probedPorts(document),
      trace: tracePath === undefined ? undefined : await io.open(tracePath),
      live: io.terminal && call.options.json !== true,
    };
    try {
      const answer = compiled.value.train
        ? await trained(compiled.value, engine, settings, io)
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

async function evaluated(compiled: Compiled, engine: Engine, { seed, ports }: Settings): Promise<Answer> {
  const { value: values, diagnostics } = await evaluateOnce(compiled, engine, {
    seed,
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

async function trained(compiled: Compiled, engine: Engine, settings: Settings, io: Io): Promise<Answer> {
  const { seed, ports, trace, live } = settings;
  const latest = {
    total: 0,
    steps: 0,
    metrics: {} as Record<string, number>,
    values: {} as Extract<RunEvent, { type: 'values' }>['values'],
    diagnostics: [] as readonly Diagnostic[],
    stopped: false,
  };
  const begun = io.now();
  for await (const event of train(compiled, engine, {
    steps: settings.steps,
    seed,
    signal: io.signal,
    probes: () => ports,
    // Node sees Ctrl-C only when its event loop turns.
    breathe: (step) => (step % TURN === 0 ? new Promise((resolve) => setImmediate(resolve)) : undefined),
  })) {
    await trace?.write(`${JSON.stringify(event)}\n`);
    switch (event.type) {
      case 'started':
        latest.total = event.steps;
        break;
      case 'progress':
        for (const [name, column] of Object.entries(event.metrics)) {
          latest.metrics[name] = column.at(-1) as number;
          latest.steps = event.from + column.length;
        }
        break;
      case 'evaluated':
        Object.assign(latest.metrics, event.metrics);
        break;
      case 'values':
        latest.values = event.values;
        break;
      case 'failed':
        latest.diagnostics = event.diagnostics;
        latest.steps = event.step;
        break;
      case 'finished':
        latest.steps = event.step;
        latest.metrics = event.metrics;
        latest.stopped = event.stopped;
        break;
    }
    if (live) io.out(`\r\u001b[K${latest.steps}/${latest.total}  ${metricsText(latest.metrics)}`);
  }
  if (live) io.out('\r\u001b[K');

  const seconds = (io.now() - begun) / 1000;
  const { steps, metrics, values, stopped, diagnostics } = latest;
  const stepsPerSecond = seconds > 0 ? steps / seconds : 0;
  const ended = diagnostics.length > 0 ? 'failed after' : stopped ? 'stopped after' : 'finished';
  return {
    ok: diagnostics.length === 0,
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
    },
    text: [
      `${ended} ${steps} steps in ${seconds.toFixed(2)} s (${Math.round(stepsPerSecond)} steps/s), seed ${seed}, engine ${engine.name}`,
      metricsText(metrics, '\n'),
      valuesText(values),
    ]
      .filter((part) => part !== '')
      .join('\n'),
  };
}

/** Steps between two turns of the event loop. */
const TURN = 16;
