/** What the checker lets through, the compiler and the engine can do; what it does not, they refuse without a throw. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { isError } from '../../src/base/diagnostic.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { elements } from '../../src/ir/program.ts';
import { engines } from '../../src/numeric/index.ts';
import { document, soundDocument } from '../support/random-graphs.ts';

/** Compiles what is sound of a document and takes one step of every program of it. */
async function takeStep(graph: GraphDocument, partial: boolean): Promise<number> {
  const { value } = compile(graph, { partial, expose: 'all', dtype: 'float64', memoryLimit: 2 ** 24 });
  if (!value) return 0;
  const engine = await engines.reference();
  for (const program of [value.forward, value.train, ...value.evaluations]) {
    if (!program) continue;
    const executable = await engine.load(program.plan);
    for (const [name, { buffer }] of Object.entries(program.plan.inputs))
      executable.write(name, new Float64Array(elements(program.plan.buffers[buffer]?.shape ?? [])));
    await executable.advance(1);
    for (const output of Object.values(program.values)) await executable.read(output);
    executable.dispose();
  }
  return 1;
}

describe('any document', () => {
  it('that passes the check compiles and runs', async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(soundDocument, async (graph) => {
        steps += await takeStep(graph, false);
      }),
      { numRuns: 80, endOnFailure: true },
    );
    // The random documents must be worth something.
    expect(steps).toBeGreaterThan(50);
  }, 120_000);

  it('that passes the check does so for every batch size, and runs', async () => {
    let steps = 0;
    await fc.assert(
      fc.asyncProperty(soundDocument, fc.integer({ min: 1, max: 7 }), async (graph, B) => {
        // Without a data set, B is a number like any other.
        if (!Object.values(graph.nodes).some((node) => node.type === 'dataset')) return;
        const bound = { ...graph, dims: { ...graph.dims, B } };
        const errors = check(bound).diagnostics.filter(isError);
        // A window that slides along the batch, or a slice of it, leaves nothing of a small one; heads may not divide it.
        const ofSmall = ['size-invalid', 'window-too-large', 'not-a-multiple', 'held-back-size'];
        const tooSmall = errors.some((d) => ofSmall.includes(d.code));
        expect(errors.filter((d) => !ofSmall.includes(d.code))).toEqual([]);
        if (!tooSmall) steps += await takeStep(bound, false);
      }),
      { numRuns: 60, endOnFailure: true },
    );
    expect(steps).toBeGreaterThan(18);
  }, 120_000);

  it('that does not is refused, or run as far as it is sound', async () => {
    let parts = 0;
    await fc.assert(
      fc.asyncProperty(document, async (graph) => {
        if (check(graph).diagnostics.some(isError)) expect(compile(graph).value).toBeUndefined();
        parts += await takeStep(graph, true);
      }),
      { numRuns: 300, endOnFailure: true },
    );
    expect(parts).toBeGreaterThan(10);
  }, 120_000);
});
