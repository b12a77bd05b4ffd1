import { expect, it } from 'vitest';
import { caseFiles, encodeCase, encodeReference, LATER, type Reference } from './case.ts';
import type { Contender } from './contender.ts';
import { createHost } from './host.ts';
import { findWorkload } from './workloads.ts';

const workload = findWorkload('mlp-small');
const files = caseFiles(workload.name);

/** A folder with one case, whose reference is given. */
function folder(reference: Reference) {
  const sent = encodeCase({ workload, document: undefined, tensors: {} });
  const answer = encodeReference(reference);
  const texts = new Map([
    [files.manifest, new TextEncoder().encode(sent.manifest)],
    [files.tensors, sent.tensors],
    [files.reference, new TextEncoder().encode(answer.manifest)],
    [files.values, answer.values],
  ]);
  return async (file: string) => texts.get(file)?.slice().buffer as ArrayBuffer;
}

/** Its loss is 100 less the steps since its restart; its one gradient is 2. */
function counting(): Contender & { taken: number } {
  return {
    taken: 0,
    restart() {
      this.taken = 0;
    },
    step() {
      this.taken++;
    },
    loss() {
      return 100 - this.taken;
    },
    results: () => ({ W0: [2] }),
  };
}

const prepare = (reference: Reference) =>
  createHost(async () => counting(), folder(reference))({ op: 'prepare', workload: workload.name });

it('compares the first gradients, the first loss, and the loss after twenty updates', async () => {
  const later = 100 - (LATER + 1);
  const right = await prepare({ values: { W0: [2] }, losses: [99, later] });
  expect(right).toEqual({ loss: 0, values: 0, worst: 'W0', later: 0 });
  const wrong = await prepare({ values: { W0: [4] }, losses: [90, 2 * later] });
  expect(wrong).toEqual({ loss: 0.1, values: 0.5, worst: 'W0', later: 0.5 });
});

it('a gradient that is missing is infinitely wrong', async () => {
  expect(await prepare({ values: { W0: [2], b0: [1] }, losses: [99, 79] })).toMatchObject({
    values: Number.POSITIVE_INFINITY,
    worst: 'b0',
  });
});

it('refuses a reference that is zero throughout', async () => {
  await expect(prepare({ values: { W0: [0] }, losses: [99, 79] })).rejects.toThrow('zero');
});

it('times nothing that was not prepared', async () => {
  const host = createHost(async () => counting(), folder({ values: {} }));
  await expect(host({ op: 'time', milliseconds: 1 })).rejects.toThrow('nothing is prepared');
});
