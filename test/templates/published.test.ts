/** Networks of published sizes: as many parameters as PyTorch counts, checked and priced at once, without a weight being made. */
import { describe, expect, it } from 'vitest';
import { describePlan } from '../../src/compiler/describe-plan.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { elements } from '../../src/ir/program.ts';
import { templates } from '../../templates/index.ts';

const published = [
  // sum(p.numel() for p in torchvision.models.resnet18().parameters()); multiply-adds of its paper, table 1: 1.8 · 10⁹.
  { name: 'resnet-18', parameters: 11_689_512, flops: [1.7e9, 1.9e9] },
  // The same of resnet50: 4.1 · 10⁹ with the stride in the middle of a bottleneck, as in PyTorch.
  { name: 'resnet-50', parameters: 25_557_032, flops: [4.0e9, 4.2e9] },
] as const;

describe.each(published)('$name', ({ name, parameters, flops }) => {
  it('has the published size', async () => {
    const document = await templates.find((template) => template.name === name)!.load();
    expect(check(document).diagnostics).toEqual([]);
    const { value } = compile(document);
    const learned = value!.state.filter(({ trainable }) => trainable);
    expect(learned.reduce((sum, { shape }) => sum + elements(shape), 0)).toBe(parameters);
    const { plan, program } = value!.forward;
    // A batch of one image; the weights are most of it.
    expect(plan.bytes).toBeLessThan(2 ** 28);
    const { flops: multiplyAdds } = describePlan(plan, program);
    expect(multiplyAdds).toBeGreaterThan(flops[0]);
    expect(multiplyAdds).toBeLessThan(flops[1]);
  });
});
