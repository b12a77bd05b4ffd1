/** Several threads compute the same bits as one, on plans of every kind of step. */
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { bundle } from '../../scripts/bundle.mjs';
import { nodeThreads } from '../../src/cli/threads.ts';
import { compile } from '../../src/compiler/index.ts';
import type { Engine, Executable } from '../../src/numeric/engine.ts';
import { createThreaded } from '../../src/numeric/threads/engine.ts';
import { shares } from '../../src/numeric/threads/share.ts';
import { wasm } from '../../src/numeric/wasm/engine.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import cnn from '../bench/graphs/cnn.json' with { type: 'json' };
import hnn from '../bench/graphs/hnn.json' with { type: 'json' };
import transformer from '../bench/graphs/transformer.json' with { type: 'json' };
import { graph } from '../support/graphs.ts';

const folder = 'build/test/threads';
const entry = pathToFileURL(`${folder}/thread.js`);
beforeAll(() => bundle('thread', 'src/cli/thread.ts', folder), 60_000);

function planOf(graph: unknown) {
  const { value: document } = parseGraph(graph);
  const { value } = compile(document!);
  return { plan: value!.train!.plan, state: value!.state };
}

/** The state after three steps from the same start, as bytes by name. */
async function train(
  engine: Engine,
  { plan, state }: ReturnType<typeof planOf>,
): Promise<Map<string, string>> {
  const executable: Executable = await engine.load(plan);
  for (const [name, data] of initialise(state, 3))
    if (Object.hasOwn(plan.inputs, name)) executable.write(name, data);
  for (const [name, { role, buffer }] of Object.entries(plan.inputs)) {
    if (role === 'state') continue;
    const size = (plan.buffers[buffer]?.bytes ?? 0) / 4;
    executable.write(
      name,
      Float32Array.from({ length: size }, (_, i) => Math.sin(i)),
    );
  }
  for (let i = 0; i < 3; i++) executable.step();
  const known = state.filter(({ name }) => Object.hasOwn(plan.inputs, name));
  const results = known.map(({ name }): [string, string] => {
    const { buffer, byteOffset, byteLength } = executable.read(name);
    return [name, Buffer.from(buffer, byteOffset, byteLength).toString('base64')];
  });
  executable.dispose();
  return new Map(results);
}

describe.each([
  { name: 'a convolutional network', graph: cnn },
  { name: 'a transformer block', graph: transformer },
  { name: 'a double backward', graph: hnn },
])('training $name', ({ graph: model }) => {
  const planned = planOf(model);

  it.each([2, 3])('on %i threads gives the bits of one thread', async (count) => {
    const parts = shares(planned.plan, count);
    expect(new Set(parts.map((p) => p.meetings.length)).size).toBe(1);
    expect(parts.every((p) => p.steps.length > 0)).toBe(true);
    const together = await train(createThreaded(nodeThreads(entry, count), { always: true }), planned);
    const alone = await train(wasm, planned);
    expect([...alone.keys()].filter((name) => alone.get(name) !== together.get(name))).toEqual([]);
  });
});

it('leaves a plan alone that is too small to share', async () => {
  const small = graph(
    { w: { type: 'parameter', params: { axes: [{ name: 'i', size: 8 }] } }, square: { type: 'multiply' } },
    ['w.out > square.a', 'w.out > square.b'],
  );
  const engine = createThreaded({
    count: 2,
    start: () => Promise.reject(new Error('no thread was expected')),
  });
  const executable = await engine.load(compile(small).value!.forward.plan);
  executable.step();
  executable.dispose();
});
