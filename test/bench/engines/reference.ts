/**
 * What every engine's numbers are held against: float64 arithmetic, of torch where there is one. Without it
 * our own plan in float64 has to do, which finds what single precision gets wrong and nothing else.
 */
import { writeFileSync } from 'node:fs';
import { type Case, caseFiles, encodeCase, encodeReference, LATER } from './case.ts';
import { openOurs } from './ours.ts';
import type { Python } from './python.ts';

/** Writes the three files of a case into the folder. */
export async function writeCase(folder: string, given: Case, torch: Python | undefined): Promise<void> {
  const { name } = given.workload;
  const files = caseFiles(name);
  const { manifest, tensors } = encodeCase(given);
  writeFileSync(`${folder}/${files.manifest}`, manifest);
  writeFileSync(`${folder}/${files.tensors}`, tensors);
  if (torch) {
    await torch.ask({ op: 'reference', folder, workload: name });
    return;
  }
  const reference = encodeReference(await ownReference(given));
  writeFileSync(`${folder}/${files.reference}`, reference.manifest);
  writeFileSync(`${folder}/${files.values}`, reference.values);
}

async function ownReference(given: Case) {
  const ours = await openOurs(given, 'float64');
  await ours.restart();
  await ours.step();
  const values = await ours.results();
  if (given.workload.kind === 'value') return { values };
  const first = await ours.loss();
  for (let i = 0; i < LATER; i++) await ours.step();
  return { values, losses: [first, await ours.loss()] as const };
}
