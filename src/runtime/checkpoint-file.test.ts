import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../datasets/formats/safetensors.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts';

const checkpoint: Checkpoint = {
  fingerprint: '0123456789abcdef',
  step: 120,
  seed: 7,
  engine: 'wasm',
  dtype: 'float32',
  variant: 'relaxed',
  paths: { 'ab,bc,cd->ad|2,3,4,5': '(0 (1 2))' },
  tensors: new Map([
    ['encoder/3/attention.weight', { shape: [2, 1], data: Float32Array.of(1, -0), role: 'parameter' }],
    [
      'adam.mean.encoder/3/attention.weight',
      { shape: [2, 1], data: Float32Array.of(0.5, 2 ** -149), role: 'optimizer', optimizer: 'adam' },
    ],
    ['noise.value', { shape: [], data: Float32Array.of(4), role: 'other' }],
  ]),
  position: { step: 120, rows: { digits: 7680 } },
  metrics: { loss: 0.25, testLoss: 0.5 },
  data: { 'data.x': { fit: { fill: [1], shift: [1], scale: [0.1] } }, 'data.y': { names: ['“a”', 'ü'] } },
};

describe('a checkpoint as a file', () => {
  it('is read as it was written', () => {
    expect(readCheckpoint(writeCheckpoint(checkpoint), 'f')).toEqual({ value: checkpoint, diagnostics: [] });
  });

  it('is a file that others read: plain names, plain strings beside them', () => {
    const reading = readSafetensors(writeCheckpoint(checkpoint));
    if ('error' in reading) throw new Error(reading.error.en);
    expect([...reading.value.tensors.keys()]).toEqual([...checkpoint.tensors.keys()]);
    expect(Object.fromEntries(reading.value.metadata)).toMatchObject({
      format: 'tensorloom-checkpoint-1',
      step: '120',
      seed: '7',
      engine: 'wasm',
      dtype: 'float32',
      variant: 'relaxed',
      fingerprint: '0123456789abcdef',
    });
  });

  const changed = (key: string, value: string | undefined) => {
    const reading = readSafetensors(writeCheckpoint(checkpoint));
    if ('error' in reading) throw new Error(reading.error.en);
    const metadata = new Map(reading.value.metadata);
    if (value === undefined) metadata.delete(key);
    else metadata.set(key, value);
    return writeSafetensors({ ...reading.value, metadata });
  };

  it.each([
    ['tensors of somebody else', 'format', undefined, 'not what else a run needs'],
    ['a step that is no number', 'step', '"3"', 'at "step"'],
    ['a negative step', 'step', '-1', 'at "step"'],
    ['no seed', 'seed', undefined, 'at "seed"'],
    ['an unknown engine', 'engine', 'abacus', 'at "engine"'],
    ['paths that are no strings', 'paths', '{"a":1}', 'at "paths.a"'],
    ['broken JSON', 'position', '{', 'at "position"'],
    ['two numbers of steps', 'step', '121', 'it says step 121 in one place and 120 in another'],
  ])('%s: told', (_, key, value, message) => {
    const { value: read, diagnostics } = readCheckpoint(changed(key, value), 'w.safetensors');
    expect(read).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'tensor-file', values: { file: 'w.safetensors' } }]);
    expect(diagnostics[0]!.message.en).toContain(message);
  });
});
