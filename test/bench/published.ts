/**
 * How long networks of published sizes take to check and to price; no weight is made. Processor time beside the
 * clock, so that a busy machine does not hide what the work is. `--json`: {"networks": [{"name", "parameters",
 * "firstCheckMs", "checkMs", "priceMs"}]}, milliseconds of processor time, the first check compiling what it needs.
 */
import { installEverything } from '../../src/catalogue/everything.ts';
import { costsOf } from '../../src/compiler/graph-costs.ts';
import { check } from '../../src/compiler/index.ts';
import { allTemplates } from '../../templates/index.ts';

const names = ['resnet-18', 'resnet-50', 'vit-b16', 'bert-base', 'gpt2-small', 'llama-7b'];

/** Of this many checks the median is told. */
const CHECKS = 15;

interface Time {
  readonly clockMs: number;
  /** All threads of the process together. */
  readonly cpuMs: number;
}

function timed<T>(work: () => T): Time & { readonly value: T } {
  const [begin, before] = [performance.now(), process.cpuUsage()];
  const value = work();
  const { user, system } = process.cpuUsage(before);
  return { clockMs: performance.now() - begin, cpuMs: (user + system) / 1000, value };
}

const median = (times: readonly Time[], of: keyof Time): number =>
  times.map((time) => time[of]).sort((a, b) => a - b)[times.length >> 1] as number;

async function measure(name: string) {
  const document = await allTemplates.find((template) => template.name === name)?.load();
  if (!document) throw new Error(`no network is called ${name}`);
  const first = timed(() => check(document));
  const checks = Array.from({ length: CHECKS }, () => timed(() => check(document)));
  const priced = timed(() => costsOf(document));
  const parameters = priced.value.value?.parameters ?? 0;
  return {
    name,
    parameters,
    first,
    check: median(checks, 'cpuMs'),
    clock: median(checks, 'clockMs'),
    priced,
  };
}

installEverything();
const networks = [];
for (const name of names) networks.push(await measure(name));
if (process.argv.includes('--json')) {
  const rows = networks.map(({ name, parameters, first, check, priced }) => ({
    ...{ name, parameters, firstCheckMs: first.cpuMs, checkMs: check, priceMs: priced.cpuMs },
  }));
  console.log(JSON.stringify({ networks: rows }));
} else {
  console.log('milliseconds of processor time, by the clock in brackets');
  for (const { name, parameters, first, check, clock, priced } of networks) {
    const both = (cpu: number, byClock: number) => `${cpu.toFixed(1)} (${byClock.toFixed(1)})`;
    const checked = `checked in ${both(check, clock)}, the first time ${both(first.cpuMs, first.clockMs)}`;
    const counted = `${parameters.toLocaleString('en')} parameters`;
    console.log(`${name}: ${counted}; ${checked}; priced in ${both(priced.cpuMs, priced.clockMs)}`);
  }
}
