/** Networks of published sizes: as many parameters as PyTorch counts, checked and priced at once, without a weight being made. */
import { describe, expect, it } from 'vitest';
import { describePlan } from '../../src/compiler/describe-plan.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { elements } from '../../src/ir/program.ts';
import { allTemplates } from '../../templates/index.ts';

const published = [
  // sum(p.numel() for p in torchvision.models.resnet18().parameters()); multiply-adds of its paper, table 1: 1.8 · 10⁹.
  { name: 'resnet-18', parameters: 11_689_512, flops: [1.7e9, 1.9e9] },
  // The same of resnet50: 4.1 · 10⁹ with the stride in the middle of a bottleneck, as in PyTorch.
  { name: 'resnet-50', parameters: 25_557_032, flops: [4.0e9, 4.2e9] },
  // The same of torchvision's vit_b_16: 17.6 · 10⁹.
  { name: 'vit-b16', parameters: 86_567_656, flops: [1.72e10, 1.8e10] },
  // transformers' BertModel, GPT2Model and LlamaForCausalLM; multiply-adds: weights of the layers for each token, and
  // 2 T² d for each layer's attention.
  { name: 'bert-base', parameters: 109_482_240, flops: [4.7e10, 5.0e10] },
  { name: 'gpt2-small', parameters: 124_439_808, flops: [1.4e11, 1.6e11] },
  { name: 'llama-7b', parameters: 6_738_415_616, flops: [1.4e13, 1.55e13] },
] as const;

describe.each(published)('$name', ({ name, parameters, flops }) => {
  it('has the published size', async () => {
    const document = await allTemplates.find((template) => template.name === name)!.load();
    expect(check(document).diagnostics).toEqual([]);
    // The weights of LLaMA alone are 25 GiB.
    const { value } = compile(document, { memoryLimit: 2 ** 40 });
    const learned = value!.state.filter(({ trainable }) => trainable);
    expect(learned.reduce((sum, { shape }) => sum + elements(shape), 0)).toBe(parameters);
    const { plan, program } = value!.forward;
    // A batch of one; the weights are most of it.
    expect(plan.bytes).toBeLessThan(1.1 * 4 * parameters + 2 ** 29);
    const { flops: multiplyAdds } = describePlan(plan, program);
    expect(multiplyAdds).toBeGreaterThan(flops[0]);
    expect(multiplyAdds).toBeLessThan(flops[1]);
  });
});
