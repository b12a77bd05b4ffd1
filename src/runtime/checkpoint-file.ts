/**
 * A checkpoint as a file: tensors in the safetensors format by their names, and beside them, as its metadata,
 * what else a run needs to go on. Every entry of the metadata is a string, lists and records as JSON.
 */
import { z } from 'zod';
import { diagnose, type Outcome } from '../base/diagnostic.ts';
import { type Text, text } from '../base/text.ts';
import { writeAgain } from '../datasets/formats/elements.ts';
import { readSafetensors, writeSafetensors } from '../datasets/formats/safetensors.ts';
import type { Checkpoint, SavedTensor } from './checkpoint.ts';

const FORMAT = 'tensorloom-checkpoint-1';

const count = z.int().min(0);

/** Everything of a checkpoint but its tensors. */
const metadataSchema = z.object({
  fingerprint: z.string().max(100),
  step: count,
  seed: count,
  engine: z.enum(['wasm', 'reference']),
  dtype: z.enum(['float32', 'float64']),
  variant: z.enum(['relaxed', 'simd', 'scalar']),
  paths: z.record(z.string(), z.string()),
  position: z.object({ step: count, rows: z.record(z.string(), count) }),
  metrics: z.record(z.string(), z.number()),
  /** Since data sets are normalised. */
  data: z
    .record(
      z.string(),
      z.object({
        fit: z
          .object({ fill: z.array(z.number()), shift: z.array(z.number()), scale: z.array(z.number()) })
          .optional(),
        names: z.array(z.string()).optional(),
      }),
    )
    .default({}),
  /** By tensor; those that are not named are parameters. */
  optimizers: z.record(z.string(), z.string()),
  others: z.array(z.string()),
});

type Metadata = z.output<typeof metadataSchema>;
/** Entries that are plain strings in the file. */
const plain: ReadonlySet<string> = new Set(['fingerprint', 'engine', 'dtype', 'variant']);

export function writeCheckpoint({ tensors, ...rest }: Checkpoint): Uint8Array<ArrayBuffer> {
  const named = [...tensors];
  const metadata: Metadata = {
    ...rest,
    paths: { ...rest.paths },
    position: { step: rest.position.step, rows: { ...rest.position.rows } },
    metrics: { ...rest.metrics },
    data: dataOf(rest),
    optimizers: Object.fromEntries(
      named.flatMap(([name, { optimizer }]) => (optimizer === undefined ? [] : [[name, optimizer]])),
    ),
    others: named.flatMap(([name, { role }]) => (role === 'other' ? [name] : [])),
  };
  const written = Object.entries(metadata).map(([key, value]): [string, string] => [
    key,
    plain.has(key) ? String(value) : JSON.stringify(value),
  ]);
  return writeSafetensors({ tensors, metadata: new Map([['format', FORMAT], ...written]) });
}

const dataOf = ({ data }: Pick<Checkpoint, 'data'>): Metadata['data'] =>
  Object.fromEntries(
    Object.entries(data).map(([port, { fit, names }]) => [
      port,
      {
        ...(fit && { fit: { fill: [...fit.fill], shift: [...fit.shift], scale: [...fit.scale] } }),
        ...(names && { names: [...names] }),
      },
    ]),
  );

/** The same, and files of tensors that say nothing of a run: to predict with, their names and shapes are enough. */
export function readWeights(bytes: Uint8Array, file: string): Outcome<Checkpoint> {
  const reading = readSafetensors(bytes);
  if ('error' in reading || reading.value.metadata.get('format') === FORMAT)
    return readCheckpoint(bytes, file);
  const tensors = [...reading.value.tensors].map(([name, tensor]): [string, SavedTensor] => [
    name,
    { ...tensor, role: 'parameter' },
  ]);
  return { value: { ...noRun, tensors: new Map(tensors) }, diagnostics: [] };
}

const noRun: Omit<Checkpoint, 'tensors'> = {
  fingerprint: '',
  step: 0,
  seed: 1,
  engine: 'wasm',
  dtype: 'float32',
  variant: 'simd',
  paths: {},
  position: { step: 0, rows: {} },
  metrics: {},
  data: {},
};

/** `file`: its name, for messages. Code: tensor-file. */
export function readCheckpoint(bytes: Uint8Array, file: string): Outcome<Checkpoint> {
  const wrong = (detail: Text, cure: Text = writeAgain): Outcome<Checkpoint> => ({
    diagnostics: [diagnose('tensor-file', {}, { file, detail, cure })],
  });
  const reading = readSafetensors(bytes);
  if ('error' in reading) return wrong(reading.error, reading.cure);
  const { tensors, metadata } = reading.value;
  if (metadata.get('format') !== FORMAT)
    return wrong(
      text(
        'it holds tensors, but not what else a run needs to go on (tensorloom run --save writes both)',
        '它含有张量，但没有继续运行所需的其他内容（tensorloom run --save 会写出两者）',
      ),
    );
  const parsed = metadataSchema.safeParse(Object.fromEntries([...metadata].map(readEntry)));
  if (!parsed.success) {
    const at = parsed.error.issues[0]?.path.join('.') ?? '?';
    return wrong(text(`its metadata make no sense at "${at}"`, `它的元数据在 “${at}” 处有误`));
  }
  const { optimizers, others, ...rest } = parsed.data;
  if (rest.position.step !== rest.step)
    return wrong(
      text(
        `it says step ${rest.step} in one place and ${rest.position.step} in another`,
        `它在一处记为第 ${rest.step} 步，在另一处记为第 ${rest.position.step} 步`,
      ),
    );
  const without = new Set(others);
  const saved = [...tensors].map(([name, tensor]): [string, SavedTensor] => {
    const optimizer = Object.hasOwn(optimizers, name) ? optimizers[name] : undefined;
    if (optimizer !== undefined) return [name, { ...tensor, role: 'optimizer', optimizer }];
    return [name, { ...tensor, role: without.has(name) ? 'other' : 'parameter' }];
  });
  return { value: { ...rest, tensors: new Map(saved) }, diagnostics: [] };
}

function readEntry([key, written]: readonly [string, string]): [string, unknown] {
  if (plain.has(key)) return [key, written];
  try {
    return [key, JSON.parse(written)];
  } catch {
    return [key, undefined];
  }
}
