/** Published architectures take the weights that others have published for them: names and shapes of their files. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchWeights } from '../../src/export/pytorch/match-weights.ts';
import { weightTargets } from '../../src/export/pytorch/take-weights.ts';
import { readWeightMap } from '../../src/export/pytorch/weight-map.ts';
import type { NamedShape } from '../../src/runtime/index.ts';
import { templates } from '../../templates/index.ts';
import { published } from '../../templates/published.ts';

type Shapes = Record<string, readonly number[]>;

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const behind = (prefix: string, shapes: Shapes): Shapes =>
  Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [`${prefix}.${name}`, shape]));
const each = (n: number, of: (i: number) => Shapes): Shapes =>
  Object.assign({}, ...range(n).map(of)) as Shapes;
const affine = (name: string, ...shape: number[]): Shapes => ({
  [`${name}.weight`]: shape,
  [`${name}.bias`]: shape.slice(0, 1),
});
const batchNorm = (name: string, n: number): Shapes => ({
  ...affine(name, n),
  [`${name}.running_mean`]: [n],
  [`${name}.running_var`]: [n],
  [`${name}.num_batches_tracked`]: [],
});
const convolution = (name: string, out: number, into: number, size: number): Shapes => ({
  [`${name}.weight`]: [out, into, size, size],
});

/** torchvision.models.resnet18 and resnet50: four stages of blocks, the first of which may have a way past it. */
function resnet(counts: readonly number[], isDeep: boolean): Shapes {
  let into = 64;
  const block = (width: number, first: boolean): Shapes => {
    const out = isDeep ? 4 * width : width;
    const own: Shapes = isDeep
      ? {
          ...convolution('conv1', width, into, 1),
          ...batchNorm('bn1', width),
          ...convolution('conv2', width, width, 3),
          ...batchNorm('bn2', width),
          ...convolution('conv3', out, width, 1),
          ...batchNorm('bn3', out),
        }
      : {
          ...convolution('conv1', width, into, 3),
          ...batchNorm('bn1', width),
          ...convolution('conv2', width, width, 3),
          ...batchNorm('bn2', width),
        };
    const past = first && into !== out;
    const all = past
      ? { ...own, ...convolution('downsample.0', out, into, 1), ...batchNorm('downsample.1', out) }
      : own;
    into = out;
    return all;
  };
  return {
    ...convolution('conv1', 64, 3, 7),
    ...batchNorm('bn1', 64),
    ...each(4, (s) =>
      each(counts[s] as number, (i) => behind(`layer${s + 1}.${i}`, block(64 * 2 ** s, i === 0))),
    ),
    ...affine('fc', 1000, into),
  };
}

/** Its linear layers are `Conv1D`, which keeps [in, out]. */
const gpt2: Shapes = {
  'wte.weight': [50257, 768],
  'wpe.weight': [1024, 768],
  ...each(12, (i) =>
    behind(`h.${i}`, {
      ...affine('ln_1', 768),
      'attn.bias': [1, 1, 1024, 1024],
      'attn.c_attn.weight': [768, 2304],
      'attn.c_attn.bias': [2304],
      'attn.c_proj.weight': [768, 768],
      'attn.c_proj.bias': [768],
      ...affine('ln_2', 768),
      'mlp.c_fc.weight': [768, 3072],
      'mlp.c_fc.bias': [3072],
      'mlp.c_proj.weight': [3072, 768],
      'mlp.c_proj.bias': [768],
    }),
  ),
  ...affine('ln_f', 768),
};
const vit: Shapes = {
  class_token: [1, 1, 768],
  'conv_proj.weight': [768, 3, 16, 16],
  'conv_proj.bias': [768],
  'encoder.pos_embedding': [1, 197, 768],
  ...each(12, (i) =>
    behind(`encoder.layers.encoder_layer_${i}`, {
      ...affine('ln_1', 768),
      'self_attention.in_proj_weight': [2304, 768],
      'self_attention.in_proj_bias': [2304],
      ...affine('self_attention.out_proj', 768, 768),
      ...affine('ln_2', 768),
      ...affine('mlp.0', 3072, 768),
      ...affine('mlp.3', 768, 3072),
    }),
  ),
  ...affine('encoder.ln', 768),
  ...affine('heads.head', 1000, 768),
};
const bert: Shapes = behind('bert', {
  'embeddings.position_ids': [1, 512],
  'embeddings.word_embeddings.weight': [30522, 768],
  'embeddings.position_embeddings.weight': [512, 768],
  'embeddings.token_type_embeddings.weight': [2, 768],
  ...affine('embeddings.LayerNorm', 768),
  ...each(12, (i) =>
    behind(`encoder.layer.${i}`, {
      ...affine('attention.self.query', 768, 768),
      ...affine('attention.self.key', 768, 768),
      ...affine('attention.self.value', 768, 768),
      ...affine('attention.output.dense', 768, 768),
      ...affine('attention.output.LayerNorm', 768),
      ...affine('intermediate.dense', 3072, 768),
      ...affine('output.dense', 768, 3072),
      ...affine('output.LayerNorm', 768),
    }),
  ),
  ...affine('pooler.dense', 768, 768),
});
const llama: Shapes = {
  'tok_embeddings.weight': [32000, 4096],
  ...each(32, (i) =>
    behind(`layers.${i}`, {
      'attention_norm.weight': [4096],
      'attention.wq.weight': [4096, 4096],
      'attention.wk.weight': [4096, 4096],
      'attention.wv.weight': [4096, 4096],
      'attention.wo.weight': [4096, 4096],
      'ffn_norm.weight': [4096],
      'feed_forward.w1.weight': [11008, 4096],
      'feed_forward.w2.weight': [4096, 11008],
      'feed_forward.w3.weight': [11008, 4096],
    }),
  ),
  'norm.weight': [4096],
  'output.weight': [32000, 4096],
};

/** As files of safetensors are mostly written: by name, letter by letter. */
const asFile = (shapes: Shapes): NamedShape[] =>
  Object.keys(shapes)
    .sort()
    .map((name) => ({ name, shape: shapes[name] as readonly number[] }));

async function targetsOf(name: string): Promise<readonly NamedShape[]> {
  const found = [...templates, ...published].find((template) => template.name === name);
  const { value, diagnostics } = weightTargets(await found!.load());
  expect(diagnostics).toEqual([]);
  return value as readonly NamedShape[];
}

describe('the maps beside the published architectures', () => {
  it.each([
    ['resnet-18', 'torchvision', resnet([2, 2, 2, 2], false), 102, 0],
    ['resnet-50', 'torchvision', resnet([3, 4, 6, 3], true), 267, 0],
    ['vit-b16', 'torchvision', vit, 152, 0],
    ['gpt2-small', 'transformers', gpt2, 148, 12],
    ['bert-base', 'transformers', bert, 199, 1],
    ['llama-7b', 'llama', llama, 291, 0],
  ] as const)('%s takes all that %s has for it', async (name, from, shapes, count, left) => {
    const url = new URL(`../../templates/published/weights/${name}.${from}.json`, import.meta.url);
    const map = readWeightMap(readFileSync(url, 'utf8'));
    const found = matchWeights(await targetsOf(name), asFile(shapes), 'value' in map ? map.value : {});
    expect({ ...found, taken: found.taken.length, left: found.left.length }).toEqual({
      ...{ taken: count, missing: [], left, unknown: [] },
    });
    expect(found.taken.every(({ by }) => by === 'map')).toBe(true);
  });

  it.each([
    ['resnet-18', 'torchvision', resnet([2, 2, 2, 2], false)],
    ['resnet-50', 'torchvision', resnet([3, 4, 6, 3], true)],
    ['vit-b16', 'torchvision', vit],
    ['gpt2-small', 'transformers', gpt2],
  ] as const)('%s: names, order and shapes say the same as the map of %s', async (name, from, shapes) => {
    const url = new URL(`../../templates/published/weights/${name}.${from}.json`, import.meta.url);
    const map = readWeightMap(readFileSync(url, 'utf8'));
    const targets = await targetsOf(name);
    const sources = (found: ReturnType<typeof matchWeights>) =>
      found.taken.map((one) => `${one.name} ← ${one.from.join(' + ')}${one.transpose ? ' ᵀ' : ''}`);
    const told = matchWeights(targets, asFile(shapes), 'value' in map ? map.value : {});
    expect(sources(matchWeights(targets, asFile(shapes)))).toEqual(sources(told));
  });
});
