/** The values of a run as they are, every number of them, in a NumPy archive. */
import { type Diagnostic, isError } from '../base/diagnostic.ts';
import { writeNpz } from '../datasets/formats/npz.ts';
import type { Model } from '../runtime/index.ts';
import { UsageError } from './command.ts';
import { writeFile } from './command-files.ts';
import type { Io } from './io.ts';

/** What the ports hold in the model's state, by `node.port`. Rejects with a FileError where it cannot be written. */
export async function writeValues(
  model: Model,
  ports: readonly string[] | undefined,
  path: string,
  io: Io,
): Promise<readonly Diagnostic[]> {
  const { value, diagnostics } = await model.inspect({ ports, whole: true, watched: false });
  if (!value?.whole) return diagnostics.filter(isError);
  const archive = writeNpz(value.whole);
  if (!archive)
    throw new UsageError('--values: an archive holds less than 4 GiB; put Probes on what is wanted');
  await writeFile(path, archive, io);
  return [];
}
