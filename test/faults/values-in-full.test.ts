/**
 * Values on the command line: NaN, Infinity and −Infinity were all `null` in JSON and the exit status 0, and of a tensor
 * beyond 4096 numbers the first were printed without a word that there are more, and no way to have them. Also found:
 * the same in the lines of --trace.
 */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';
import { readNpy } from '../../src/datasets/formats/npy.ts';
import { axesOf } from '../support/example-graph.ts';
import { graph } from '../support/graphs.ts';

const file = (name: string) => readFileSync(new URL(`graphs/${name}.graph.json`, import.meta.url), 'utf8');

it('JSON tells NaN, Infinity and −Infinity apart, and the exit status says that something is wrong', async () => {
  const files = { 'a.json': file('evaluates-to-nan'), 'b.json': file('log-of-negative') };
  const evaluated = await tensorloom('run a.json --json --trace t.jsonl', { files });
  expect(evaluated.code).toBe(1);
  expect(evaluated.json()).toMatchObject({
    ok: false,
    values: {
      'p.x': { data: ['NaN', 'NaN', 'NaN'], min: 'NaN' },
      'pl.x': { data: ['-Infinity', '-Infinity', '-Infinity'], min: '-Infinity', deviation: 'NaN' },
    },
    diagnostics: [{ code: 'not-finite' }],
  });
  expect(evaluated.files['t.jsonl']).toContain('"data":["-Infinity"');
  const logarithm = await tensorloom('run b.json --json', { files });
  expect(logarithm.code).toBe(1);
  expect(logarithm.json()).toMatchObject({
    values: { 'a.y': { data: [0, 'NaN', '-Infinity'] } },
    diagnostics: [{ code: 'not-finite', node: 'a' }],
  });
});

it('a tensor of more than 4096 numbers says that it is cut, and --values writes all', async () => {
  const large = graph(
    {
      t: { type: 'tensor', params: { axes: axesOf('i 5000'), fill: 'range' } },
      p: { type: 'probe' },
      s: { type: 'tensor', params: { axes: axesOf('j 2'), fill: 'ones' } },
      q: { type: 'probe' },
    },
    ['t.out > p.x', 's.out > q.x'],
  );
  const files = { 'g.json': JSON.stringify(large) };
  const { json, binaries, code } = await tensorloom('run g.json --json --values v.npz', { files });
  expect(code).toBe(0);
  const values = json().values as Record<string, { count: number; data: unknown[]; cut?: true }>;
  expect(values['p.x']).toMatchObject({ count: 5000, cut: true });
  expect(values['p.x']?.data).toHaveLength(4096);
  expect(values['q.x']?.cut).toBeUndefined();
  const archive = binaries['v.npz'] as Uint8Array;
  // The first entry of a ZIP archive, stored: 30 bytes, the name, then the file itself.
  const view = new DataView(archive.buffer, archive.byteOffset);
  expect(view.getUint32(0, true)).toBe(0x04034b50);
  const nameLength = view.getUint16(26, true);
  expect(new TextDecoder().decode(archive.subarray(30, 30 + nameLength))).toBe('p.x.npy');
  // zlib.crc32 of the same bytes, by Python.
  const content = archive.subarray(30 + nameLength, 30 + nameLength + view.getUint32(18, true));
  const read = readNpy(content);
  expect('value' in read && read.value.shape).toEqual([5000]);
  expect('value' in read && read.value.data.at(-1)).toBe(4999);
  expect(view.getUint32(14, true)).toBe(1435280877);
  const text = await tensorloom('run g.json', { files });
  expect(text.out).toContain('--values FILE.npz writes all of them');
});
