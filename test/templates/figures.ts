/** What the templates train to, with the seeds that stand in them: figures that are promised, and held to by tests. */

import { fileData } from '../../src/datasets/index.ts';
import { openModel } from '../../src/runtime/index.ts';
import { type Template, templates } from '../../templates/index.ts';
import { heldBack, validating, withSettings } from './validation.ts';

export interface Figure {
  readonly template: string;
  readonly metric: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Another metric of the same run that it must stay below. */
  readonly below?: string;
  /** Takes longer than a unit test may: `npm run templates` trains it. */
  readonly isLong?: true;
}

export const figures: readonly Figure[] = [
  { template: 'linear-regression', metric: 'testLoss', atMost: 0.02 },
  { template: 'two-moons-mlp', metric: 'testAccuracy', atLeast: 0.95 },
  { template: 'spirals-mlp', metric: 'testAccuracy', atLeast: 0.98 },
  { template: 'iris-mlp', metric: 'testAccuracy', atLeast: 0.9 },
  { template: 'wine-csv', metric: 'testAccuracy', atLeast: 0.95 },
  { template: 'digits-mlp', metric: 'testAccuracy', atLeast: 0.95 },
  { template: 'digits-cnn', metric: 'testAccuracy', atLeast: 0.98 },
  // Of the next two the rates were chosen by `npm run templates -- --validate`, runs of seeds 11 to 14; rows held back by
  // split seed 2 were read when they stood: 1.000 and 0.991 by run seed 2.
  { template: 'digits-resnet', metric: 'testAccuracy', atLeast: 0.985, isLong: true },
  { template: 'mnist-cnn', metric: 'testAccuracy', atLeast: 0.98, isLong: true },
  // The pixels’ variance is 0.14.
  { template: 'autoencoder-digits', metric: 'testLoss', atMost: 0.016, isLong: true },
  // That of the noise is 0.25.
  { template: 'denoising-digits', metric: 'testLoss', atMost: 0.035, isLong: true },
  { template: 'siamese-digits', metric: 'testROC area', atLeast: 0.98, isLong: true },
  // Nats for each pixel; 0.69 would be no knowledge at all.
  { template: 'digits-vae', metric: 'testLoss', atMost: 0.34 },
  // Of the velocity; always guessing 0 would cost about 1.
  { template: 'digits-ddpm', metric: 'testLoss', atMost: 0.37, isLong: true },
  { template: 'cp-decompose', metric: 'loss', atMost: 1e-6 },
  // The variance of the noise is 0.25.
  { template: 'tucker-compress', metric: 'loss', atMost: 0.25 },
  { template: 'mps-digits', metric: 'testAccuracy', atLeast: 0.95 },
  { template: 'digits-attention', metric: 'testAccuracy', atLeast: 0.95 },
  { template: 'digits-transformer', metric: 'testAccuracy', atLeast: 0.93 },
  { template: 'digits-gru', metric: 'testAccuracy', atLeast: 0.96 },
  { template: 'digits-vit', metric: 'testAccuracy', atLeast: 0.95, isLong: true },
  // Nats for each letter. Trigram counts of the training names come to 2.17, and 3.3 is no knowledge at all.
  {
    template: 'names-transformer',
    metric: 'testLoss',
    atMost: 2.08,
    below: 'testLoss:trigram',
    isLong: true,
  },
  { template: 'names-lstm', metric: 'testLoss', atMost: 2.05, isLong: true },
  { template: 'names-llama', metric: 'testLoss', atMost: 2.05, isLong: true },
  { template: 'names-experts', metric: 'testLoss', atMost: 2.1, isLong: true },
];

export function isMet(
  { metric, atLeast = -Infinity, atMost = Infinity, below }: Figure,
  reached: Readonly<Record<string, number>>,
): boolean {
  const value = reached[metric] ?? Number.NaN;
  const other = below === undefined ? Infinity : (reached[below] ?? Number.NaN);
  return value >= atLeast && value <= atMost && value < other;
}

export interface Trial {
  /** Settings other than those that stand in the template, each as `path.of.keys=number`. */
  readonly settings?: readonly string[];
  /** Judged by training rows that are taken out of learning, so that held-back rows choose nothing. */
  readonly validates?: boolean;
}

/** Trains a template as the page and the command line do; gives what its last evaluation measures. */
export async function trained(
  name: string,
  { settings = [], validates = false }: Trial = {},
): Promise<Readonly<Record<string, number>>> {
  const { load, files } = templates.find((template) => template.name === name) as Template;
  const document = withSettings(await load(), settings);
  const stored = fileData({ open: async (path) => [await (files[path] as () => Promise<Uint8Array>)()] });
  const data = validates ? validating(stored, heldBack(document)) : stored;
  const model = await openModel(document, { data });
  for await (const event of model.run()) {
    if (event.type === 'failed') throw new Error(event.diagnostics[0]?.message.en);
    if (event.type === 'finished') return event.metrics;
  }
  throw new Error(`${name} has not finished`);
}
