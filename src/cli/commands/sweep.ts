/** `tensorloom sweep`: trains a graph once for each combination of a few settings, and puts the results side by side. */
import type { Diagnostic } from '../../base/diagnostic.ts';
import { visible } from '../../base/visible.ts';
import {
  countVariants,
  findSetting,
  readValues,
  type SettingValue,
  type SweptSetting,
  type Variant,
  variantsOf,
} from '../../document/sweep.ts';
import { openModel } from '../../runtime/index.ts';
import { type Call, type CliCommand, numberOption, textOption, textOptions, UsageError } from '../command.ts';
import { mustNotOverwrite, readGraph, writeFile } from '../command-files.ts';
import { dataBeside } from '../data-beside.ts';
import {
  chosenDtype,
  chosenEngine,
  dtypeOption,
  engineOption,
  openEngine,
  threadsOption,
} from '../engine-options.ts';
import { figure, table } from '../format.ts';
import { refusalWithFixes } from '../tried-fixes.ts';

/** More runs are a mistake, or a matter for a program of one's own. */
const MOST = 1000;

interface Trial {
  readonly settings: Variant['settings'];
  readonly steps: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly ok: boolean;
}

export const sweep: CliCommand = {
  usage: 'sweep GRAPH.json --set SETTING=VALUE,VALUE…',
  about: 'train the graph once for each combination of settings, and compare',
  operands: { min: 1, max: 1 },
  options: {
    set: {
      type: 'string',
      multiple: true,
      value: 'SETTING=VALUES',
      help: 'a parameter of a node (adam.rate=0.001,0.01), a size (B=16,32) or seed=1,2,3; may be given several times',
    },
    steps: {
      type: 'string',
      value: 'N',
      help: 'training steps of each run; the graph says how many when left out',
    },
    csv: { type: 'string', value: 'FILE.csv', help: 'write the table there too' },
    engine: engineOption,
    dtype: dtypeOption,
    threads: threadsOption,
  },
  async run(call, io) {
    const steps = numberOption(call, 'steps', 'whole');
    const asked = chosenDtype(call);
    const path = call.operands[0] as string;
    const csv = textOption(call, 'csv');
    await mustNotOverwrite([{ role: '--csv', path: csv }], [{ role: 'the graph', path }], io);
    const { value: document, diagnostics } = await readGraph(path, io);
    if (!document) return { ok: false, diagnostics, json: {}, text: '' };
    const settings = settingsOf(call, document);
    const engine = await openEngine(chosenEngine(call, undefined), call, io);
    const trials: Trial[] = [];
    const said: Diagnostic[] = [...diagnostics];
    for (const variant of variantsOf(document, settings)) {
      if (io.signal.aborted) break;
      const model = await openModel(variant.document, { engine, dtype: asked, data: dataBeside(path, io) });
      const { value: compiled, diagnostics: told } = model.compiled();
      if (!compiled)
        return { ok: false, diagnostics: refusalWithFixes(variant.document, told), json: {}, text: '' };
      if (!compiled.train) throw new UsageError('the graph has no optimizer, so there is nothing to train');
      const trial = await tried(model.run({ steps, signal: io.signal, yieldNow: turn }), variant.settings);
      said.push(...trial.diagnostics);
      trials.push(trial);
      if (io.terminal && call.options.json !== true) io.out(`${rowText(trial)}\n`);
    }
    const rows = rowsOf(settings, trials);
    if (csv !== undefined)
      await writeFile(csv, `${rows.map((row) => row.map(csvCell).join(',')).join('\n')}\n`, io);
    return {
      ok: trials.every(({ ok }) => ok) && !io.signal.aborted,
      diagnostics: said,
      json: {
        runs: trials.map(({ settings, steps: done, metrics, ok }) => ({
          settings,
          steps: done,
          metrics,
          ok,
        })),
      },
      text: table(rows.map((row) => row.map((cell) => (typeof cell === 'number' ? figure(cell) : cell)))),
    };
  },
};

function settingsOf(call: Call, document: Parameters<typeof findSetting>[0]): readonly SweptSetting[] {
  const written = textOptions(call, 'set');
  if (written.length === 0) throw new UsageError('--set is missing: --set adam.rate=0.001,0.01');
  const settings = written.map((text): SweptSetting => {
    const at = text.lastIndexOf('=');
    const [name, values] = [text.slice(0, at), readValues(text.slice(at + 1))];
    if (at < 1 || values.length === 0) throw new UsageError(`--set takes SETTING=VALUE,VALUE, not "${text}"`);
    const setting = findSetting(document, name);
    if (!('kind' in setting)) {
      const hint = setting.nearest === undefined ? '' : `; perhaps ${setting.nearest}`;
      throw new UsageError(`--set: the graph has no setting "${name}"${hint}`);
    }
    if (
      setting.kind !== 'param' &&
      !values.every((value) => Number.isSafeInteger(value) && (value as number) >= 0)
    )
      throw new UsageError(`--set ${name} takes whole numbers`);
    return { written: name, setting, values };
  });
  const count = countVariants(settings);
  if (count > MOST) throw new UsageError(`--set: ${count} runs are more than ${MOST}`);
  return settings;
}

async function tried(
  events: ReturnType<Awaited<ReturnType<typeof openModel>>['run']>,
  settings: Variant['settings'],
): Promise<Trial & { readonly diagnostics: readonly Diagnostic[] }> {
  for await (const event of events) {
    if (event.type === 'failed')
      return { settings, steps: event.step, metrics: {}, ok: false, diagnostics: event.diagnostics };
    if (event.type === 'finished')
      return { settings, steps: event.step, metrics: event.metrics, ok: !event.stopped, diagnostics: [] };
  }
  throw new Error('internal: a run has ended without a word');
}

/** The event loop hears Ctrl-C only when it turns. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

type Cell = string | number;

function rowsOf(settings: readonly SweptSetting[], trials: readonly Trial[]): readonly (readonly Cell[])[] {
  const metrics = [...new Set(trials.flatMap((trial) => Object.keys(trial.metrics)))];
  const cell = (value: SettingValue | undefined): Cell =>
    typeof value === 'number' ? value : value === undefined ? '' : String(value);
  return [
    [...settings.map(({ written }) => written), 'steps', ...metrics],
    ...trials.map((trial) => [
      ...settings.map(({ written }) => cell(trial.settings[written])),
      trial.ok ? trial.steps : `failed after ${trial.steps}`,
      ...metrics.map((name) => cell(trial.metrics[name])),
    ]),
  ];
}

const rowText = ({ settings, metrics, ok }: Trial): string =>
  [
    ...Object.entries(settings).map(([name, value]) => `${visible(name)} ${visible(String(value))}`),
    ok ? '' : 'failed',
    ...Object.entries(metrics).map(([name, value]) => `${visible(name)} ${figure(value)}`),
  ]
    .filter((part) => part !== '')
    .join('  ');

/** As RFC 4180 has it. */
const csvCell = (cell: Cell): string =>
  typeof cell === 'string' && /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell);
