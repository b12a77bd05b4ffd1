/** What the benchmark is asked on its command line. */
import { parseArgs } from 'node:util';
import { compileRows } from './compile-time.ts';
import { workloads } from './workloads.ts';

export interface Options {
  /** Names of workloads and of compile-time rows. */
  readonly only: readonly string[];
  /** Time that each engine gets for a workload, over all rounds. */
  readonly milliseconds: number;
  readonly json: boolean;
  readonly trace: boolean;
  readonly host: 'node' | 'chromium';
  /** Another checkout's benchmark, built: its engine is measured beside ours, as \`before\`. */
  readonly against: string | undefined;
}

export const usage = `bench:engines [--only NAME,NAME] [--ms N] [--json] [--trace] [--host node|chromium] [--against FOLDER]

  --only    of ${[...workloads.map((w) => w.name), ...compileRows].join(' ')}
  --ms      time for each engine and workload; default 1500
  --trace   where the time of our step goes, kernel by kernel
  --host    where the JavaScript engines run: Node (default) or a worker in Chromium
  --against another checkout, measured beside this one in the same rounds, with no other engine`;

/** Throws a sentence for the user where the arguments make no sense. */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: 'string', default: '' },
      ms: { type: 'string', default: '1500' },
      json: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      host: { type: 'string', default: 'node' },
      against: { type: 'string' },
    },
  });
  const known = [...workloads.map((w) => w.name), ...compileRows];
  const asked = [...values.only.split(','), ...positionals].filter((name) => name !== '');
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`there is no workload ${unknown.join(', ')}`);
  const milliseconds = Number(values.ms);
  if (!(milliseconds > 0)) throw new Error('--ms takes a number above 0');
  if (values.host !== 'node' && values.host !== 'chromium') throw new Error('--host takes node or chromium');
  return {
    only: asked.length > 0 ? asked : known,
    milliseconds,
    json: values.json,
    trace: values.trace,
    host: values.host,
    against: values.against,
  };
}
