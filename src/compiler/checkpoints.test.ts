/** A training plan that would pass the memory limit computes iterations again on the way back. */
import { expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import template from '../../templates/digits-transformer.graph.json' with { type: 'json' };
import { compile } from './index.ts';

it('takes the checkpoints that fit, and is refused where none do', () => {
  const { encoder } = template.nodes;
  const nodes = { ...template.nodes, encoder: { ...encoder, params: { ...encoder.params, repeat: 16 } } };
  const { value: document } = parseGraph({ ...template, nodes });
  const train = (memoryLimit?: number) =>
    compile(document!, memoryLimit === undefined ? {} : { memoryLimit }).value?.train?.plan;
  const kept = train()!;
  const segments = train(kept.bytes - 1)!;
  const iterations = train(segments.bytes - 1)!;
  expect(segments.bytes).toBeLessThan(0.6 * kept.bytes);
  expect(iterations.bytes).toBeLessThan(segments.bytes);
  const flops = (plan: typeof kept) => plan.steps.reduce((sum, step) => sum + step.flops, 0);
  // The iterations once more, which are about a third of a training step.
  expect(flops(segments) / flops(kept)).toBeGreaterThan(1.2);
  expect(flops(segments) / flops(kept)).toBeLessThan(1.5);
  const { diagnostics } = compile(document!, { memoryLimit: 100_000 });
  expect(diagnostics.map(({ code }) => code)).toEqual(['out-of-memory']);
});
