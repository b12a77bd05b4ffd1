import { afterEach, expect, it, vi } from 'vitest';
import { usualCaches } from '../../ir/target.ts';
import { EngineError } from '../engine.ts';
import { wasm } from './wasm-engine.ts';

const plan = {
  dtype: 'float32',
  caches: usualCaches,
  bytes: 64,
  buffers: [],
  steps: [],
  inputs: {},
  outputs: {},
  constants: [],
  metrics: {},
} as const;

afterEach(() => vi.restoreAllMocks());

it('a host without room for the code has too little memory', async () => {
  vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new RangeError('out of memory'));
  const error = await wasm.load(plan).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(EngineError);
  expect(error).toMatchObject({ code: 'out-of-memory' });
});

it('what else goes wrong with the code is a bug', async () => {
  vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('bad opcode'));
  await expect(wasm.load(plan)).rejects.toThrow(WebAssembly.CompileError);
});
