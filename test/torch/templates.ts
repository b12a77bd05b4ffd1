/** Every template that trains: the same loss curve from its own export. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGraph } from '../../graph-schema/parse.ts';
import { compile } from '../../src/compiler/index.ts';
import { fileData } from '../../src/datasets/index.ts';
import { pieces } from '../../src/datasets/table/decode.ts';
import type { Comparison } from './jobs.ts';
import { forTemplates } from './ours.ts';
import { compareTraining } from './training.ts';

const files: Record<string, string> = import.meta.glob('../../templates/*.graph.json', {
  eager: true,
  query: '?raw',
  import: 'default',
});

const source = fileData({ open: async (path) => pieces(readFileSync(join('templates', path))) });

const steps = 50;

export async function templateComparisons(
  only: ReadonlySet<string> | undefined,
  failed: { type: string; settings: string; referenceError: number; wasmError: number; fault?: string }[],
): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const [path, content] of Object.entries(files)) {
    const name = path.split('/').at(-1)?.replace('.graph.json', '') ?? path;
    if (only && !only.has(name)) continue;
    const { value: document } = parseGraph(JSON.parse(content));
    if (!document || !compile(document).value?.train) continue;
    try {
      comparisons.push(
        await compareTraining(name, document, `${steps} steps`, steps, { on: forTemplates, source }),
      );
    } catch (error) {
      failed.push({
        type: name,
        settings: `${steps} steps`,
        referenceError: Infinity,
        wasmError: Infinity,
        fault: String((error as Error).message),
      });
    }
  }
  return comparisons;
}
