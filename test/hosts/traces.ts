/** One run in the page's worker and on the command line: where figures or learned numbers differ in a bit. */
import { serialize } from '../../graph-schema/serialize.ts';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';
import { analyse, trains } from '../../src/compiler/index.ts';
import { fileData } from '../../src/datasets/index.ts';
import { readCheckpoint, type ToldEvent } from '../../src/runtime/index.ts';
import { fakeWorker } from '../../src/worker/host.test-support.ts';
import type { Template } from '../../templates/template.ts';

/** Figures of a run: of training steps each one, of evaluations as they come. */
function figuresOf(events: readonly ToldEvent[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'progress')
      for (const [name, column] of Object.entries(event.metrics))
        for (const [i, value] of column.entries()) found.set(`${name} of step ${event.from + i}`, value);
    if (event.type === 'evaluated')
      for (const [name, value] of Object.entries(event.metrics))
        found.set(`${name} after step ${event.step}`, value);
  }
  return found;
}

interface Traced {
  readonly figures: ReadonlyMap<string, number>;
  /** The state at the end. */
  readonly bytes: Uint8Array;
}

async function inWorker(document: unknown, files: Template['files'], steps: number): Promise<Traced> {
  const open = async (path: string) => [await (files[path] as () => Promise<Uint8Array>)()];
  const worker = fakeWorker(undefined, fileData({ open }));
  worker.ask({ type: 'run', id: 1, document, steps });
  await worker.idle();
  const trained = worker.repliesOf('trained').at(-1);
  if (!trained) throw new Error(JSON.stringify(worker.replies.at(-1)));
  return { figures: figuresOf(worker.events(1)), bytes: trained.bytes };
}

async function onCommandLine(text: string, files: Template['files'], steps: number): Promise<Traced> {
  const beside = await Promise.all(
    Object.entries(files).map(async ([path, load]) => [path, await load()] as const),
  );
  const done = await tensorloom(`run g.json --steps ${steps} --trace t.jsonl --save w`, {
    files: { 'g.json': text },
    binaries: Object.fromEntries(beside),
  });
  if (!done.binaries.w) throw new Error(done.err);
  const events = (done.files['t.jsonl'] ?? '').trimEnd().split('\n');
  return { figures: figuresOf(events.map((line) => JSON.parse(line) as ToldEvent)), bytes: done.binaries.w };
}

function learned(bytes: Uint8Array): ReadonlyMap<string, number> {
  const { value } = readCheckpoint(bytes, 'state');
  const numbers = [...(value?.tensors ?? [])].flatMap(([name, { data }]) =>
    Array.from(data, (number, i) => [`${name}[${i}]`, number] as const),
  );
  return new Map(numbers);
}

/** What differs, in words. A run of no figures or of no numbers differs from itself. */
export async function differencesBetweenHosts(
  { load, files }: Template,
  steps: number,
): Promise<readonly string[] | 'trains nothing'> {
  const document = await load();
  if (!trains(analyse(document))) return 'trains nothing';
  const page = await inWorker(document, files, steps);
  const line = await onCommandLine(serialize(document), files, steps);
  const pairs = [
    [page.figures, line.figures],
    [learned(page.bytes), learned(line.bytes)],
  ] as const;
  return pairs.flatMap(([one, other]) => {
    if (one.size === 0) return ['nothing to compare'];
    const names = [...new Set([...one.keys(), ...other.keys()])];
    return names.flatMap((name) =>
      Object.is(one.get(name), other.get(name)) ? [] : `${name}: ${one.get(name)} and ${other.get(name)}`,
    );
  });
}
