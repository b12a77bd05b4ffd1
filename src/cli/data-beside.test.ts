import { expect, it } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { graph } from '../../test/support/graphs.ts';
import { tensorloom } from './fake-io.test-support.ts';

/** Written by Python's struct: x of [4, 2] and target of [4], points on the line y = 2 a − b; its hash by hashlib. */
const file = Buffer.from(
  'eAAAAAAAAAB7IngiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzQsMl0sImRhdGFfb2Zmc2V0cyI6WzAsMzJdfSwidGFyZ2V0Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOls0XSwiZGF0YV9vZmZzZXRzIjpbMzIsNDhdfX0gICAAAIA/AAAAAAAAAAAAAIA/AACAPwAAgD8AAABAAACAPwAAAEAAAIC/AACAPwAAQEA=',
  'base64',
);
const hash = '4d09fa8051bffcd89983883dea3906dff408bd7b47328f76ac12a53d4c21f56f';

const document = (path: string, sha256 = hash) =>
  serialize({
    ...graph(
      {
        table: { type: 'dataset', params: { data: 'points', test: 0 } },
        model: { type: 'linear', params: { units: 1, name: 'y', bias: false } },
        flat: { type: 'contract', params: { expression: 'by->b' } },
        loss: { type: 'mse' },
        sgd: { type: 'sgd', params: { rate: 0.1 } },
        seen: { type: 'probe' },
      },
      [
        'table.x > model.x',
        'model.y > flat.a',
        'flat.out > loss.prediction',
        'table.target > loss.target',
        'loss.loss > sgd.loss',
        'flat.out > seen.x',
      ],
      { B: 4 },
    ),
    data: {
      points: {
        sha256,
        rows: 4,
        columns: { x: { shape: [2], axes: ['f'] }, target: { shape: [] } },
        source: { kind: 'file', path },
      },
    },
  });

const run = (text: string, binaries: Readonly<Record<string, Uint8Array>>) =>
  tensorloom('run g.json --steps 400 --json', { files: { 'g.json': text }, binaries });

it('a graph is trained on the file of tensors that lies beside it', async () => {
  const { code, json } = await run(document('points.safetensors'), { 'points.safetensors': file });
  expect(code).toBe(0);
  expect((json().metrics as { loss: number }).loss).toBeLessThan(1e-6);
});

it('a file that has changed since is told, and not read', async () => {
  const other = Uint8Array.from(file);
  other[other.length - 1] = 0x41;
  const { code, json } = await run(document('points.safetensors'), { 'points.safetensors': other });
  expect(code).toBe(1);
  expect(json().diagnostics).toMatchObject([{ code: 'data-changed', node: 'table' }]);
  // What the document says is held against the bytes, whatever else would fit.
  const lied = await run(document('points.safetensors', 'f'.repeat(64)), { 'points.safetensors': file });
  expect(lied.json().diagnostics).toMatchObject([{ code: 'data-changed' }]);
});

it.each(['missing.safetensors', '../g.json', '/etc/hostname', 'a/../../x', 'c:\\x', ''])(
  'a file that cannot be had (%s) is told',
  async (path) => {
    const { code, json } = await run(document(path), { 'points.safetensors': file });
    expect(code).toBe(1);
    expect(json().diagnostics).toMatchObject([{ code: 'data-unavailable', node: 'table' }]);
  },
);
