/** Samples of a model: its priors are drawn instead of computed, by a seed alone, and all else follows from them. */
import type { Outcome } from '../base/diagnostic.ts';
import { fillNormal, fillUniform, keyFrom } from '../base/random.ts';
import type { PriorPort, Sampled } from '../compiler/sampled.ts';
import type { TensorData } from '../datasets/formats/elements.ts';
import { elements } from '../ir/program.ts';
import type { Model } from './model.ts';
import type { GivenTensor } from './prediction.ts';

/** The numbers of a prior for so many samples. */
function drawn({ key, draws, sizes }: PriorPort, count: number, seed: number): GivenTensor {
  const shape = sizes.map((size) => size ?? count);
  const data = new Float32Array(elements(shape));
  const { distribution, value, scale } = draws;
  const stream = keyFrom(seed, 'sample', key);
  switch (distribution) {
    case 'normal':
      return { shape, data: fillNormal(stream, data).map((x) => value + scale * x) };
    case 'uniform':
      return { shape, data: fillUniform(stream, data, value - scale, value + scale) };
    case 'constant':
      return { shape, data: data.fill(value) };
  }
}

export interface SampleWish {
  readonly count: number;
  readonly seed: number;
  /** What is computed; the Probes that follow from priors when left out. */
  readonly outputs?: readonly string[] | undefined;
  readonly untrained?: boolean | undefined;
}

/** What the outputs hold for samples, by `node.port`. */
export function drawSamples(
  model: Model,
  { priors, shown }: Sampled,
  { count, seed, outputs = shown, untrained }: SampleWish,
): Promise<Outcome<Readonly<Record<string, TensorData>>>> {
  const given = Object.fromEntries(priors.map((prior) => [prior.key, drawn(prior, count, seed)]));
  return model.predict(given, { outputs, untrained });
}
