import { expect, it } from 'vitest';
import { parseNetwork } from './network-file.ts';

const read = (network: unknown) => parseNetwork(JSON.stringify(network));

it('reads labels as letters, lists and numbers', () => {
  const { value } = read({ inputs: ['ij', ['j', 7]], output: ['i', 7], sizes: { i: 2, j: 3, 7: 5 } });
  expect(value?.network).toEqual({
    inputs: [
      [0, 1],
      [1, 2],
    ],
    output: [0, 2],
    sizes: [2, 3, 5],
  });
  expect(value?.names).toEqual(['i', 'j', '7']);
});

it.each([
  ['what is no JSON', '{"inputs": [', 'json-syntax', ''],
  ['no tensors', { inputs: [], output: [], sizes: {} }, 'document-shape', 'inputs'],
  ['a label without a size', { inputs: ['ij'], output: 'i', sizes: { i: 2 } }, 'document-shape', 'sizes.j'],
  ['a size of 0', { inputs: ['i'], output: '', sizes: { i: 0 } }, 'document-shape', 'sizes.i'],
  [
    'a size that is no whole number',
    { inputs: ['i'], output: '', sizes: { i: 2.5 } },
    'document-shape',
    'sizes.i',
  ],
  [
    'an output index that no tensor has',
    { inputs: ['i'], output: 'z', sizes: { i: 2, z: 2 } },
    'index-unknown',
    '',
  ],
  ['10⁵ tensors', { inputs: Array(1e5).fill('i'), output: '', sizes: { i: 2 } }, 'document-shape', 'inputs'],
  [
    'a tensor of 1 MB',
    { inputs: ['i'.repeat(1e6)], output: '', sizes: { i: 2 } },
    'document-shape',
    'inputs.0',
  ],
])('refuses %s', (_, network, code, at) => {
  const { value, diagnostics } = typeof network === 'string' ? parseNetwork(network) : read(network);
  expect(value).toBeUndefined();
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.code).toBe(code);
  if (at) expect(diagnostics[0]?.message.en).toContain(at);
});
