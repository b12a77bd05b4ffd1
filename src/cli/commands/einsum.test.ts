import { describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../datasets/formats/npy.ts';
import { tensorloom, type World } from '../fake-io.test-support.ts';

const float32 = (shape: number[], ...data: number[]) => writeNpy({ shape, data: Float32Array.from(data) });
const float64 = (shape: number[], ...data: number[]) => writeNpy({ shape, data: Float64Array.from(data) });

/** A file by its header and its elements, for what writeNpy does not write. */
function npy(
  descr: string,
  fortran: 'True' | 'False',
  shape: string,
  elements: readonly number[],
): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;
  const bytes = (text: string) => [...text].map((c) => c.charCodeAt(0));
  const start = [0x93, ...bytes('NUMPY'), 1, 0, header.length & 255, header.length >> 8];
  return Uint8Array.from([...start, ...bytes(header), ...elements]);
}

const A = float64([2, 3], 1, 2, 3, 4, 5, 6);
const B = float64([3, 2], 7, 8, 9, 10, 11, 12);
const S = float64([2, 2], 1, 2, 3, 4);
const v = float32([3], 1, 10, 100);

const binaries = { A, B, S, v };
const run = (command: string, world: World = {}) =>
  tensorloom(`einsum ${command}`, { ...world, binaries: { ...binaries, ...world.binaries } });

describe('einsum', () => {
  it.each([
    ['a matrix product', 'ij,jk->ik A B', [2, 2], [58, 64, 139, 154]],
    ['a transpose', 'ij->ji A', [3, 2], [1, 4, 2, 5, 3, 6]],
    ['nothing to do', 'ij->ij A', [2, 3], [1, 2, 3, 4, 5, 6]],
    ['a trace', 'ii-> S', [], [5]],
    ['a diagonal', 'ii->i S', [2], [1, 4]],
    ['a sum', 'ij->i A', [2], [6, 15]],
    ['an outer product', 'i,j->ij v v', [3, 3], [1, 10, 100, 10, 100, 1000, 100, 1000, 10000]],
    ['a hyper-index', 'ij,j,j->i A v v', [2], [1 + 200 + 30000, 4 + 500 + 60000]],
    ['a batch', 'bij,bjk->bik T T', [2, 2, 2], [7, 10, 15, 22, 67, 78, 91, 106]],
    ['a batch under ...', '...ij,...jk->...ik T T', [2, 2, 2], [7, 10, 15, 22, 67, 78, 91, 106]],
    ['a batch of 1 under ...', '...ij,...jk->...ik T one', [2, 2, 2], [7, 10, 15, 22, 23, 34, 31, 46]],
    ['the batch of 1 first', '...ij,...jk->...ik one T', [2, 2, 2], [7, 10, 15, 22, 19, 22, 43, 50]],
    ['an implicit output', 'ij,jk A B', [2, 2], [58, 64, 139, 154]],
    ['an implicit trace', 'ii S', [], [5]],
    ['a scalar', ',i->i c v', [3], [3, 30, 300]],
    ['a chain', 'ij,jk,kl->il A B S', [2, 2], [250, 372, 601, 894]],
    ['a chain, searched for', 'ij,jk,kl->il A B S --time 0.1', [2, 2], [250, 372, 601, 894]],
    ['a ring, searched for', 'ij,jk,ki-> A B S --time 0.1', [], [1144]],
  ])('%s: %s', async (_, command, shape, data) => {
    const world = {
      binaries: {
        T: float32([2, 2, 2], 1, 2, 3, 4, 5, 6, 7, 8),
        one: float32([1, 2, 2], 1, 2, 3, 4),
        c: float32([], 3),
      },
    };
    const finished = await run(`${command} --json`, world);
    expect(finished.json()).toMatchObject({ ok: true, shape, data, diagnostics: [] });
    expect(finished.code).toBe(0);
  });

  it('spaces the indices of longer names', async () => {
    const { json } = await tensorloom(['einsum', 'row mid, mid column -> row column', 'A', 'B', '--json'], {
      binaries,
    });
    expect(json().data).toEqual([58, 64, 139, 154]);
  });

  it('takes Fortran order and big-endian numbers for what they are', async () => {
    // [[1 2 3], [4 5 6]] column by column, as 16-bit integers with the high byte first.
    const F = npy('>i2', 'True', '(2, 3)', [0, 1, 0, 4, 0, 2, 0, 5, 0, 3, 0, 6]);
    const world = { binaries: { F } };
    expect((await run('ij,jk->ik F B --json', world)).json().data).toEqual([58, 64, 139, 154]);
    expect((await run('ij->ij F --json', world)).json()).toMatchObject({
      dtype: 'float64',
      data: [1, 2, 3, 4, 5, 6],
    });
  });

  it.each(['wasm', 'reference'])('engine %s, in either precision', async (engine) => {
    const third = { binaries: { t: float64([1], 1 / 3) } };
    const scaled = async (dtype: string) =>
      (await run(`i,i->i t t --engine ${engine} --dtype ${dtype} --json`, third)).json().data;
    expect(await scaled('float64')).toEqual([1 / 3 / 3]);
    expect(await scaled('float32')).toEqual([expect.closeTo(1 / 9, 7)]);
    expect(await scaled('float32')).not.toEqual([1 / 3 / 3]);
  });

  it('computes in float64 as soon as one operand is', async () => {
    expect((await run('j,j-> v v --json')).json().dtype).toBe('float32');
    expect((await run('ij,j->i A v --json')).json().dtype).toBe('float64');
  });

  it('writes a file that NumPy and itself read', async () => {
    const finished = await run('ij,jk->ki A B -o C.npy --json');
    expect(finished.json()).toMatchObject({ ok: true, output: 'C.npy', shape: [2, 2], dtype: 'float64' });
    expect(finished.json().data).toBeUndefined();
    const written = finished.binaries['C.npy']!;
    expect(readNpy(written)).toEqual({ value: { shape: [2, 2], data: Float64Array.of(58, 139, 64, 154) } });
    const again = await run('ki-> C.npy --json', { binaries: finished.binaries });
    expect(again.json().data).toEqual([58 + 139 + 64 + 154]);
    expect((await run('ij->ij A -o A2.npy')).binaries['A2.npy']).toEqual(A);
    const narrow = await run('ij->ij A -o A4.npy --dtype float32 --engine reference');
    expect(narrow.binaries['A4.npy']).toEqual(float32([2, 3], 1, 2, 3, 4, 5, 6));
  });

  it('reads an array from standard input', async () => {
    expect((await run('ij,jk->ik - B --json', { stdinBytes: A })).json().data).toEqual([58, 64, 139, 154]);
  });

  it('prints small results like NumPy and sums up large ones', async () => {
    expect((await run('ij,jk->ik A B')).out).toMatch(
      /^\[\[ 58 {2}64\]\n \[139 154\]\]\n\nfloat64 \(2, 2\), 12 operations in /,
    );
    expect((await run('ii-> S')).out).toMatch(/^5\n\nfloat64 \(\), /);
    const long = { binaries: { long: float64([2000], ...Array.from({ length: 2000 }, (_, i) => i)) } };
    expect((await run('i->i long', long)).out).toMatch(/^2000 elements: min 0 {2}max 1999 {2}mean 999.5\n/);
  });

  it('prints the plan, and what it saves', async () => {
    const wide = {
      binaries: { P: float64([10, 1], ...Array(10).fill(1)), Q: float64([1, 10], ...Array(10).fill(1)) },
    };
    const command = 'ij,jk,kl->il P Q P --plan';
    const { out } = await run(command, wide);
    expect(out).toContain('b0  P  (10, 1)');
    expect(out).toContain('flops 20; all at once 100 (5×); peak ');
    const found = (await run(`${command} --json`, wide)).json();
    expect(found).toMatchObject({ flops: 20, naiveFlops: 100 });
    const steps = found.steps as { flops: number; text: string }[];
    expect(steps.reduce((sum, step) => sum + step.flops, 0)).toBe(20);
    expect(found.peakBytes).toBeGreaterThanOrEqual(8 * (10 + 10 + 10));
    expect((await run('ij,jk->ik A B --json')).json().steps).toBeUndefined();
  });

  it('contracts a long ring the same way with and without a search', async () => {
    const n = 40;
    const ring = Array.from({ length: n }, (_, k) => `x${k}y x${(k + 1) % n}y`).join(',');
    const files = Array.from({ length: n }, () => 'R');
    const world = { binaries: { R: float64([2, 2], 0.5, 0.25, 0.75, 0.5) } };
    const trace = async (...more: string[]) =>
      (await tensorloom(['einsum', `${ring}->`, ...files, ...more, '--json'], world)).json().data as number[];
    // Eigenvalues of R are 1/2 ± √(3/16).
    const exact = (0.5 + Math.sqrt(3 / 16)) ** n + (0.5 - Math.sqrt(3 / 16)) ** n;
    expect((await trace())[0]).toBeCloseTo(exact, 12);
    expect((await trace('--time', '0.5'))[0]).toBeCloseTo(exact, 12);
  });
});

it('slices a contraction that the memory is too small for', async () => {
  const n = 60;
  const matrix = float64([n, n], ...Array.from({ length: n * n }, (_, i) => (i % 7) - 3));
  const line = ['einsum', 'ij,jk,kl->il', 'M', 'M', 'M', '--json'];
  const world = { binaries: { M: matrix } };
  const whole = (await tensorloom(line, world)).json();
  const limit = String(Math.floor(0.8 * Number(whole.peakBytes)));
  const finished = await tensorloom([...line, '--memory', limit], world);
  const sliced = finished.json();
  expect(finished.code).toBe(0);
  expect(sliced.slices).toBeGreaterThan(1);
  expect(sliced.peakBytes).toBeLessThanOrEqual(Number(limit));
  expect(sliced.data).toEqual(whole.data);
});

describe('einsum refuses', () => {
  const row = { binaries: { long: float64([1000], ...Array(1000).fill(1)) } };
  it.each<[string, readonly string[], World, string, RegExp]>([
    [
      'sizes that disagree',
      ['ij,jk,ij->', 'A', 'B', 'S'],
      {},
      'size-conflict',
      /j = 3 comes from A, j = 2 from S/,
    ],
    ['a diagonal of two sizes', ['ii->i', 'A'], {}, 'size-conflict', /i = 2 comes from A, i = 3 from A/],
    [
      'a size of 0 against another',
      ['ij,jk->ik', 'E', 'E'],
      { binaries: { E: float64([3, 0]) } },
      'size-conflict',
      /j = 0 comes from E, j = 3 from E/,
    ],
    [
      'sizes under ... that disagree',
      ['...i,...j->...', 'A', 'B'],
      {},
      'size-conflict',
      /…0 = 2 comes from A, …0 = 3 from B/,
    ],
    [
      'an output index that no operand has',
      ['ij,jk->iz', 'A', 'B'],
      {},
      'bad-expression',
      /"z" stands on the output/,
    ],
    ['an output index twice', ['ij->ii', 'S'], {}, 'bad-expression', /"i" stands twice/],
    ['what is no expression', ['i+j', 'A'], {}, 'bad-expression', /"\+" is not an index/],
    ['too few arrays', ['ij,jk->ik', 'A'], {}, 'bad-expression', /names 2 operands, 1 array given/],
    ['too many axes', ['ijk->', 'A'], {}, 'bad-expression', /operand 1 has 2 axes, the expression names 3/],
    [
      'an operand without indices',
      ['ij,->i', 'A', 'B'],
      {},
      'bad-expression',
      /operand 2 has 2 axes, .* names 0/,
    ],
    [
      'more arrays than can be',
      ['i,i', ...Array(6000).fill('v')],
      {},
      'bad-expression',
      /6000 operands are more than 5000/,
    ],
    ['10⁵ operands', [','.repeat(99_999), 'v'], {}, 'bad-expression', /100000 operands are more than 5000/],
    ['an expression of 1 MB', ['i'.repeat(1e6), 'v'], {}, 'bad-expression', /longer than 100000 characters/],
    [
      'no NumPy file',
      ['i->', 'x'],
      { binaries: { x: Uint8Array.of(1, 2) } },
      'tensor-file',
      /x cannot be read: it is not a NumPy/,
    ],
    [
      'complex numbers',
      ['i->', 'x'],
      { binaries: { x: npy('<c16', 'False', '(1,)', Array(16).fill(0)) } },
      'tensor-file',
      /"<c16"/,
    ],
    [
      'more memory than allowed',
      ['i,j->ij', 'long', 'long', '--memory', '1e6'],
      row,
      'out-of-memory',
      /needs 7.6 MiB, the limit is 976.6 KiB; the largest step is \(1000, 1000\)/,
    ],
    [
      'more memory than there is',
      ['i,j,k,l->ijkl', 'long', 'long', 'long', 'long'],
      row,
      'out-of-memory',
      /the limit is 2.0 GiB/,
    ],
    [
      'more memory than WebAssembly has, whatever is allowed',
      ['i,j,k->ijk', 'long', 'long', 'long', '--memory', '1e15'],
      row,
      'out-of-memory',
      /the limit is what this machine gives/,
    ],
  ])('%s: 1, with one diagnostic', async (_, [expression, ...rest], world, code, message) => {
    const line = ['einsum', expression as string, ...rest, '--json'];
    const finished = await tensorloom(line, { binaries: { ...binaries, ...world.binaries } });
    const { ok, diagnostics } = finished.json();
    expect(diagnostics).toEqual([expect.objectContaining({ code, message: expect.stringMatching(message) })]);
    expect(String(diagnostics[0]?.message).length).toBeLessThan(300);
    expect(ok).toBe(false);
    expect(finished.code).toBe(1);
    expect(finished.err).toBe('');
  });

  it('prices what it refuses to compute', async () => {
    const refused = await run('i,j->ij long long --memory 1 --plan --json', row);
    expect(refused.code).toBe(1);
    expect(refused.json()).toMatchObject({ ok: false, shape: [1000, 1000], flops: 1e6 });
    expect(refused.json().steps).toHaveLength(1);
  });

  it.each([
    ['a file that is not there', 'i-> nowhere.npy', 'nowhere.npy'],
    ['no file at all', 'i->', '1 arguments given'],
    ['a precision it does not know', 'ij-> A --dtype float16', 'float32, float64'],
    ['an engine it does not know', 'ij-> A --engine torch', 'wasm, reference'],
    ['a time that is none', 'ij-> A --time soon', '--time'],
    ['to write to standard output', 'ij-> A -o -', 'name of a file'],
    ['to write where it cannot', 'ij-> A -o nowhere/C.npy', 'nowhere/C.npy'],
  ])('%s: 2', async (_, command, message) => {
    const { code, err, out } = await run(command);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });
});
