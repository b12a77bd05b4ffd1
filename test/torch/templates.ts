/** Templates by their own exports: those that train have the same loss curve, large ones as many parameters. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { parseGraph } from '../../graph-schema/parse.ts';
import { trains } from '../../src/compiler/index.ts';
import { lower } from '../../src/compiler/lower.ts';
import { fileData } from '../../src/datasets/index.ts';
import { pieces } from '../../src/datasets/table/decode.ts';
import { elements } from '../../src/ir/program.ts';
import { CannotCompare, type Comparison } from './jobs.ts';
import { analyse, exported, forTemplates } from './ours.ts';
import { compareTraining } from './training.ts';

const files: Record<string, string> = import.meta.glob(
  ['../../templates/*.graph.json', '../../templates/published/*.graph.json'],
  {
    eager: true,
    query: '?raw',
    import: 'default',
  },
);

const source = fileData({ open: async (path) => pieces(readFileSync(join('templates', path))) });

const steps = 50;
/** Networks of more parameters are counted, not trained. */
const mostTrained = 4_000_000;

export async function templateComparisons(
  only: ReadonlySet<string> | undefined,
  attempt: (type: string, settings: string, make: () => Promise<Comparison>) => Promise<void>,
): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const name = path.split('/').at(-1)?.replace('.graph.json', '') ?? path;
    if (only && !only.has(name)) continue;
    const { value: document } = parseGraph(JSON.parse(content));
    if (!document) continue;
    const { parameters, isTrained } = sizeOf(document);
    if (isTrained && parameters <= mostTrained)
      await attempt(name, `${steps} steps`, () =>
        compareTraining(name, document, `${steps} steps`, steps, { on: forTemplates, source }),
      );
    else if (parameters > 0)
      await attempt(name, `${parameters} parameters`, async () => compareCount(name, document, parameters));
  }
}

function sizeOf(document: GraphDocument): { readonly parameters: number; readonly isTrained: boolean } {
  const analysis = analyse(document);
  const isTrained = trains(analysis);
  const { state } = lower(analysis, isTrained ? 'train' : 'forward');
  const trainable = state.filter((spec) => spec.trainable);
  return { parameters: trainable.reduce((sum, { shape }) => sum + elements(shape), 0), isTrained };
}

function compareCount(type: string, document: GraphDocument, parameters: number): Comparison {
  const { value, why } = exported(document);
  if (!value) throw new CannotCompare(why);
  const job = { kind: 'count', dtypes: ['float64'], script: value.script, model: value.model.name };
  return {
    type,
    settings: `${parameters} parameters`,
    job,
    ours: { reference: { parameters: [parameters] }, wasm: { parameters: [parameters] } },
  };
}
