import { describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { templates } from '../../templates/index.ts';
import { readCheckpoint, writeCheckpoint } from '../runtime/index.ts';
import { tensorloom, type World } from './fake-io.test-support.ts';

const document = () => templates.find((t) => t.name === 'iris-mlp')!.load();
const world = async (change: (graph: Graph) => void = () => undefined): Promise<World> => {
  const graph = JSON.parse(serialize(await document())) as Graph;
  change(graph);
  return { files: { 'g.json': JSON.stringify(graph) } };
};
interface Graph {
  nodes: Record<string, { type: string; params: Record<string, unknown> }>;
  run?: Record<string, unknown>;
}

/** Events of a trace, one line each, without what is said at the ends of its parts. */
const steps = (trace: string) =>
  trace
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string; from?: number; metrics?: { loss: number[] } })
    .flatMap((event): readonly (number | string)[] => {
      if (event.type === 'progress') return event.metrics!.loss;
      return event.type === 'evaluated' || event.type === 'values' ? [JSON.stringify(event)] : [];
    });

describe('run --save and --from', () => {
  it('goes on as if it had never stopped, by the trace and by the bytes', async () => {
    const begun = await world();
    const whole = await tensorloom('run g.json --steps 40 --save whole --trace t.jsonl', begun);
    const first = await tensorloom('run g.json --steps 15 --save part --trace t.jsonl', begun);
    const second = await tensorloom('run g.json --steps 40 --from part --save part --trace t.jsonl --json', {
      files: { ...begun.files, 't.jsonl': first.files['t.jsonl']! },
      binaries: first.binaries,
    });
    expect(second.json()).toMatchObject({
      ok: true,
      steps: 40,
      restored: { step: 15, left: [], fresh: [], changed: false },
      saved: 'part',
      diagnostics: [],
    });
    expect(second.binaries.part).toEqual(whole.binaries.whole);
    // A run of 15 steps ends with an evaluation that one of 40 does not have.
    const both = steps(second.files['t.jsonl']!).filter((e) => !String(e).includes('"step":15'));
    expect(both).toEqual(steps(whole.files['t.jsonl']!).filter((e) => !String(e).includes('"step":15')));
  });

  it('takes seed, engine and precision from the state unless told otherwise', async () => {
    const begun = await world();
    const first = await tensorloom(
      'run g.json --steps 3 --seed 9 --engine reference --dtype float32 --save w --json',
      begun,
    );
    expect(first.json()).toMatchObject({ engine: 'reference', dtype: 'float32', seed: 9 });
    const { files, binaries } = first;
    const next = await tensorloom('run g.json --steps 4 --from w --json', { files, binaries });
    expect(next.json()).toMatchObject({ engine: 'reference', dtype: 'float32', seed: 9, diagnostics: [] });
    const other = await tensorloom('run g.json --steps 4 --from w --engine wasm --json', { files, binaries });
    expect(other.json()).toMatchObject({
      ok: true,
      engine: 'wasm',
      diagnostics: [{ code: 'resumed-inexactly' }],
    });
  });

  it('computes in the precision of the graph, on either engine', async () => {
    const begun = await world((graph) => {
      graph.run = { dtype: 'float64' };
    });
    for (const engine of ['wasm', 'reference'])
      expect(
        (await tensorloom(`run g.json --steps 2 --engine ${engine} --json`, begun)).json(),
      ).toMatchObject({
        dtype: 'float64',
      });
    const asked = await tensorloom('run g.json --steps 2 --dtype float32 --json', begun);
    expect(asked.json()).toMatchObject({ dtype: 'float32' });
  });

  it('saves every N steps, and at the end', async () => {
    const { binaries, out } = await tensorloom('run g.json --steps 5 --save w --save-every 2', await world());
    expect(readCheckpoint(binaries.w!, 'w').value?.step).toBe(5);
    expect(out).toMatch(/^saved to w$/m);
  });

  it('saves where it was when the user stops it', async () => {
    const { binaries, code } = await tensorloom('run g.json --save w', {
      ...(await world()),
      signal: AbortSignal.abort(),
    });
    expect(code).toBe(0);
    expect(readCheckpoint(binaries.w!, 'w').value).toMatchObject({ step: 0, position: { step: 0 } });
  });

  it('says what it took, left and made anew in a graph that has changed', async () => {
    const { binaries } = await tensorloom('run g.json --steps 3 --save w', await world());
    const changed = await world((graph) => {
      const hidden = Object.values(graph.nodes).find(({ type }) => type === 'linear')!;
      hidden.params.units = 7;
    });
    const { out } = await tensorloom('run g.json --steps 4 --from w', { ...changed, binaries });
    expect(out).toMatch(/^went on from step 3: \d+ tensors taken, \d+ left, \d+ new$/m);
    expect(out).toMatch(/^ {2}new {3}\S+\.weight \[4, 7\]: \[4, \d+\] in the file$/m);
  });

  it('tells that the rows that were read are not in the file', async () => {
    const { binaries, files } = await tensorloom('run g.json --steps 3 --save w', await world());
    const { value } = readCheckpoint(binaries.w!, 'w');
    const w = writeCheckpoint({ ...value!, position: { step: 3, rows: {} } });
    const finished = await tensorloom('run g.json --steps 4 --from w --json', { files, binaries: { w } });
    expect(finished.json()).toMatchObject({ ok: true, diagnostics: [{ code: 'resumed-inexactly' }] });
    expect(finished.json().diagnostics[0]?.message).toContain('the rows that were read are not in the file');
  });

  it('says when there is nothing left to do', async () => {
    const { binaries, files } = await tensorloom('run g.json --steps 3 --save w', await world());
    const { out, code } = await tensorloom('run g.json --steps 3 --from w', { binaries, files });
    expect(code).toBe(0);
    expect(out).toContain('no steps are left to take');
  });

  it.each([
    ['a state that is not there', 'run g.json --from nowhere', 2, 'nowhere'],
    ['a place that cannot be written, before the first step', 'run g.json --save no/where', 2, 'no/where'],
    ['standard output', 'run g.json --save -', 2, '--save'],
    ['--save-every without --save', 'run g.json --save-every 3', 2, '--save'],
    ['--save-every 0', 'run g.json --save w --save-every 0', 2, '--save-every'],
    ['a precision that there is not', 'run g.json --dtype float16', 2, '--dtype'],
  ])('%s: wrong usage', async (_, command, code, message) => {
    const finished = await tensorloom(command, await world());
    expect(finished.code).toBe(code);
    expect(finished.err).toContain(message);
  });

  it('refuses a file that is no state, and one that is damaged', async () => {
    const { binaries, files } = await tensorloom('run g.json --steps 3 --save w', await world());
    const damaged = { w: binaries.w!.subarray(0, -1), x: Uint8Array.of(1, 2, 3) };
    for (const name of ['w', 'x']) {
      const finished = await tensorloom(`run g.json --from ${name} --json`, { files, binaries: damaged });
      expect(finished.code).toBe(1);
      expect(finished.json().diagnostics).toMatchObject([{ code: 'tensor-file' }]);
    }
  });

  it('has nothing to save where nothing is trained', async () => {
    const matmul = templates.find((t) => t.name === 'matmul')!;
    const files = { 'g.json': serialize(await matmul.load()) };
    const finished = await tensorloom('run g.json --save w', { files });
    expect(finished.code).toBe(2);
    expect(finished.err).toContain('no optimizer');
  });
});
