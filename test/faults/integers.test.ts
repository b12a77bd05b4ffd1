/**
 * Integers that lost their last digits without a word: those of 8 and 16 bits were summed in float32, and results were
 * printed to eight digits. Also found: booleans likewise, integers of 64 bits beyond 2^53 were rounded while they were
 * read, and sums beyond it while they were added; 2^53 + 1 passed for 2^53. Values: numpy 2.4, in int64.
 */
import { expect, it } from 'vitest';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';

/** A file by its header and its elements, for what writeNpy does not write. */
function npy(descr: string, shape: string, elements: Uint8Array): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }\n`;
  const ascii = (text: string) => [...text].map((c) => c.charCodeAt(0));
  const start = [0x93, ...ascii('NUMPY'), 1, 0, header.length, 0, ...ascii(header)];
  const file = new Uint8Array(start.length + elements.length);
  file.set(start);
  file.set(elements, start.length);
  return file;
}
const bytes = (numbers: ArrayBufferView) => new Uint8Array(numbers.buffer, 0, numbers.byteLength);
const int64 = (shape: string, ...numbers: bigint[]) => npy('<i8', shape, bytes(BigInt64Array.from(numbers)));

it('of 16 bits and booleans are contracted exactly, and printed whole', async () => {
  const area = 300 * 300;
  const A = Uint16Array.from({ length: 4 * area }, (_, i) => (i * 7919 + 12345) % 65536);
  const B = Uint8Array.from({ length: area }, (_, i) => Number(i % 3 !== 0));
  const binaries = { A: npy('<u2', '(2, 2, 300, 300)', bytes(A)), B: npy('|b1', '(300, 300)', bytes(B)) };
  const call = ['einsum', 'abxy,xy->ab', 'A', 'B'];
  const { out } = await tensorloom([...call, '--json'], { binaries });
  // np.einsum('abxy,xy->ab', A.astype(np.int64), B.astype(np.int64))
  expect(JSON.parse(out)).toMatchObject({
    dtype: 'float64',
    data: [1966392416, 1965944416, 1965824096, 1966424672],
  });
  expect((await tensorloom(call, { binaries })).out).toContain('[1966392416 1965944416]');
});

it('are exact up to 2^53 and refused beyond', async () => {
  const [a, b] = [int64('(1, 2)', 94906265n, 1n), int64('(2, 1)', 94906265n, -7n)];
  const binaries = { a, b, large: int64('(2, 1)', 94906265n, 10n ** 9n) };
  const fits = await tensorloom(['einsum', 'ij,jk->ik', 'a', 'b', '--json'], { binaries });
  // 94906265² − 7, below 2^53 = 9007199254740992
  expect(JSON.parse(fits.out).data).toEqual([9007199136250218]);
  const { code, out } = await tensorloom(['einsum', 'ij,jk->ik', 'a', 'large', '--json'], { binaries });
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ ok: false, diagnostics: [{ code: 'inexact-integers' }] });
  const rounded = await tensorloom(['einsum', 'ij,jk->ik', 'a', 'large', '--dtype', 'float64', '--json'], {
    binaries,
  });
  expect(JSON.parse(rounded.out)).toMatchObject({ ok: true, data: [9007200136250224] });
});

it('that a file holds beyond 2^53 are refused, named', async () => {
  const [most, beyond] = [2n ** 53n, 2n ** 53n + 1n];
  const binaries = { most: int64('(2,)', most, -most), beyond: int64('(2,)', 1n, -beyond) };
  const fits = await tensorloom(['einsum', 'i->i', 'most'], { binaries });
  expect(fits.out).toContain('[ 9007199254740992 -9007199254740992]');
  const { code, out } = await tensorloom(['einsum', 'i->i', 'beyond'], { binaries });
  expect(code).toBe(1);
  expect(out).toContain('it holds the integer -9007199254740993');
});

// Sums of Python's integers.
it.each<[string, string, bigint[][], number | undefined]>([
  ['2^53', 'i->', [[2n ** 53n]], 9007199254740992],
  ['2^53 − 1', 'i->', [[2n ** 53n - 2n, 1n]], 9007199254740991],
  ['2^53 + 1', 'i->', [[2n ** 53n, 1n]], undefined],
  ['2^53 + 1 in small parts', 'i->', [[2n ** 52n, 2n ** 52n, 1n]], undefined],
  ['2^40 · 2^13', 'i,i->', [[2n ** 40n], [2n ** 13n]], 9007199254740992],
  // 2^53 + 1 = 3 · 107 · 28059810762433
  ['321 · 28059810762433', 'i,i->', [[321n], [28059810762433n]], undefined],
  [
    '2^52 + 2^52',
    'i,i->',
    [
      [2n ** 52n, 2n ** 52n],
      [1n, 1n],
    ],
    9007199254740992,
  ],
])('at the limit: %s', async (_, expression, operands, exact) => {
  const names = operands.map((__, k) => `x${k}`);
  const files = operands.map((numbers, k) => [names[k], int64(`(${numbers.length},)`, ...numbers)]);
  const call = ['einsum', expression, ...names, '--json'];
  const { code, out } = await tensorloom(call, { binaries: Object.fromEntries(files) });
  const answer = JSON.parse(out);
  if (exact !== undefined) expect([code, answer.data]).toEqual([0, [exact]]);
  else expect([code, answer.diagnostics[0].code]).toEqual([1, 'inexact-integers']);
});
