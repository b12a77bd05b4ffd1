import { expect, it } from 'vitest';
import { caseFiles, encodeCase, encodeReference, readCase, readReference } from './case.ts';
import { findWorkload, tensorsOf } from './workloads.ts';

const buffer = (bytes: Uint8Array | string): ArrayBuffer =>
  (typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes).slice().buffer as ArrayBuffer;

it('a case and its reference arrive as they were sent', async () => {
  const workload = findWorkload('mlp-small');
  const given = { workload, document: undefined, tensors: tensorsOf(workload) };
  const reference = { values: { W0: [1, 2], b0: [3] }, losses: [0.5, 0.25] as const };
  const sent = encodeCase(given);
  const answer = encodeReference(reference);
  const files = caseFiles('mlp-small');
  const folder = new Map([
    [files.manifest, buffer(sent.manifest)],
    [files.tensors, buffer(sent.tensors)],
    [files.reference, buffer(answer.manifest)],
    [files.values, buffer(answer.values)],
  ]);
  const read = async (file: string) => folder.get(file) as ArrayBuffer;
  expect(await readCase('mlp-small', read)).toEqual(given);
  const { values, losses } = await readReference('mlp-small', read);
  expect(losses).toEqual(reference.losses);
  expect(Object.entries(values).map(([name, data]) => [name, [...Array.from(data)]])).toEqual([
    ['W0', [1, 2]],
    ['b0', [3]],
  ]);
});

it('targets are one-hot', () => {
  const { y } = tensorsOf(findWorkload('mlp-small'));
  const data = [...(y?.data ?? [])];
  expect(y?.shape).toEqual([128, 2]);
  for (let row = 0; row < 128; row++) expect(data.slice(2 * row, 2 * row + 2).sort()).toEqual([0, 1]);
});
