import { describe, expect, it } from 'vitest';
import { tensorloom } from './fake-io.test-support.ts';

const empty = JSON.stringify({ format: 'tensorloom', version: 3, name: 'empty' });

describe('usage', () => {
  it.each([
    '',
    'fly',
    'check',
    'check a.json b.json',
    'check a.json --colour',
    'run a.json --steps many',
    'run a.json --steps -1',
    'run a.json --seed 1.5',
    'run a.json --seed 4294967296',
    'run a.json --engine torch',
    'run a.json --memory 0',
    'export a.json',
    'export a.json --to onnx',
    'export a.json --to pytorch -o -',
    'export - --to pytorch',
    'export a.json --to json --from w.safetensors',
    'new nothing -o a.json',
    'new matmul',
    'path',
    'serve here',
    '__proto__',
    'constructor',
  ])('"%s" is wrong usage: 2, with the usage on standard error', async (command) => {
    const { code, out, err } = await tensorloom(command, { files: { 'a.json': empty } });
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(/\ntensorloom /);
  });

  it.each([
    ['check nowhere.json', 'cannot read nowhere.json: there is no such file\n'],
    ['new matmul -o nowhere/a.json', 'cannot write nowhere/a.json: there is no folder nowhere\n'],
    [
      'export a.json --to json -o nowhere/b.json',
      'cannot write nowhere/b.json: there is no folder nowhere\n',
    ],
  ])('"%s" fails for a file: 2 as well, and the usage is not in the way', async (command, said) => {
    const { code, out, err } = await tensorloom(command, { files: { 'a.json': empty } });
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: said });
  });

  it('still prints one JSON object when asked for JSON', async () => {
    const finished = await tensorloom('check nowhere.json --json');
    expect(finished.code).toBe(2);
    expect(finished.json()).toMatchObject({ ok: false, diagnostics: [] });
    expect(finished.json().error).toContain('nowhere.json');
  });

  it('helps, with every command and every option', async () => {
    const overview = await tensorloom('--help');
    expect(overview.code).toBe(0);
    for (const command of ['check', 'plan', 'run', 'path', 'export', 'new', 'migrate', 'serve']) {
      expect(overview.out).toContain(`  ${command}`);
      const help = await tensorloom(`${command} --help`);
      expect(help.code).toBe(0);
      expect(help.out).toContain('--json');
    }
    expect((await tensorloom('run --help')).out).toContain('--trace FILE.jsonl');
  });
});

describe('new', () => {
  it('lists the templates', async () => {
    const { code, out } = await tensorloom('new');
    expect(code).toBe(0);
    expect(out).toMatch(/^digits-mlp {2}/m);
    const listed = (await tensorloom('new --json')).json().templates as { name: string }[];
    expect(listed.map((t) => t.name)).toContain('delta-trace');
  });

  it('writes one, and overwrites only by force', async () => {
    const first = await tensorloom('new matmul -o g.json');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.files['g.json']!)).toMatchObject({
      format: 'tensorloom',
      name: 'Matrix product',
    });
    const again = await tensorloom('new iris-mlp -o g.json', { files: first.files });
    expect(again.code).toBe(2);
    expect(again.files).toEqual(first.files);
    const forced = await tensorloom('new iris-mlp -o g.json --force', { files: first.files });
    expect(forced.code).toBe(0);
    expect(JSON.parse(forced.files['g.json']!)).toMatchObject({ name: 'Iris' });
  });

  it('writes to standard output', async () => {
    expect(JSON.parse((await tensorloom('new matmul -o -')).out)).toMatchObject({ name: 'Matrix product' });
  });
});

describe('export and migrate', () => {
  it('export to JSON gives the same graph, to a file or to standard output', async () => {
    const world = { files: { 'a.json': empty } };
    const printed = await tensorloom('export a.json --to json', world);
    expect(JSON.parse(printed.out)).toMatchObject({ name: 'empty', nodes: {} });
    const written = await tensorloom('export a.json --to json -o b.json', world);
    expect(written.files['b.json']).toBe(printed.out);
  });

  it('export to PyTorch writes a script, its data and its weights', async () => {
    const made = await tensorloom('new iris-mlp -o iris.graph.json');
    const world = { files: made.files };
    const plain = await tensorloom('export iris.graph.json --to pytorch --json', world);
    expect(plain.json()).toMatchObject({ ok: true, files: ['iris.py', 'iris.data.safetensors'] });
    expect(String(plain.files['iris.py'])).toContain('self.hidden = nn.Linear(4, 16)');
    const trained = await tensorloom('run iris.graph.json --steps 1 --save w.safetensors', world);
    const carried = await tensorloom(
      'export iris.graph.json --to pytorch -o m.py --from w.safetensors --json',
      {
        files: trained.files,
        binaries: trained.binaries,
      },
    );
    expect(carried.json().files).toEqual(['m.py', 'm.data.safetensors', 'm.weights.safetensors']);
    expect(String(carried.files['m.py'])).toContain('with_name("m.weights.safetensors")');
  });

  it('says which formats there are', async () => {
    const { err } = await tensorloom('export a.json --to onnx', { files: { 'a.json': empty } });
    expect(err).toContain('onnx');
    expect(err).toContain('one of: json');
  });

  it('migrate leaves a file of the newest version alone', async () => {
    const finished = await tensorloom('migrate a.json --json', { files: { 'a.json': empty } });
    expect(finished.json()).toMatchObject({ ok: true, version: 3, applied: [] });
    expect(finished.files['a.json']).toBe(empty);
  });

  it('migrate rewrites an older file in place', async () => {
    const old = JSON.stringify({ format: 'tensorloom', version: 0, name: 'old', nodes: [], edges: [] });
    const finished = await tensorloom('migrate a.json --json', { files: { 'a.json': old } });
    expect(finished.code).toBe(0);
    expect(finished.json().applied).not.toEqual([]);
    expect(JSON.parse(finished.files['a.json']!)).toMatchObject({ version: 3, name: 'old' });
  });

  it('reads standard input', async () => {
    const finished = await tensorloom('migrate - --json', { stdin: empty });
    expect(finished.json()).toMatchObject({ ok: true, version: 3 });
  });
});

describe('path', () => {
  const chain = {
    inputs: [
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'd'],
    ],
    output: ['a', 'd'],
    sizes: { a: 10, b: 1000, c: 2, d: 10 },
  };

  it('finds the order of a matrix chain', async () => {
    const finished = await tensorloom('path - --json', { stdin: JSON.stringify(chain) });
    expect(finished.code).toBe(0);
    const { ssa_path, log10_flops, log2_largest, log2_peak, algorithm } = finished.json();
    expect(ssa_path).toEqual(
      [
        [0, 1],
        [2, 3],
      ].map((pair) => expect.arrayContaining(pair)),
    );
    expect(log10_flops).toBeCloseTo(Math.log10(10 * 1000 * 2 + 10 * 2 * 10), 12);
    expect(log2_largest).toBeCloseTo(Math.log2(100), 12);
    expect(log2_peak).toBeGreaterThanOrEqual(Math.log2(100));
    expect(typeof algorithm).toBe('string');
  });

  it('searches no longer than it is told, by the clock that it is given', async () => {
    const finished = await tensorloom('path - --time 0.05 --json', { stdin: JSON.stringify(chain) });
    expect(finished.code).toBe(0);
    expect(finished.json().seconds).toBeLessThanOrEqual(0.05);
  });

  it.each([
    ['no JSON', '{', 'json-syntax'],
    ['no network', '{"inputs": 3}', 'document-shape'],
    ['a missing size', JSON.stringify({ ...chain, sizes: { a: 1 } }), 'document-shape'],
    ['a size of 0', JSON.stringify({ ...chain, sizes: { ...chain.sizes, a: 0 } }), 'document-shape'],
    [
      'an output that stands nowhere',
      JSON.stringify({ ...chain, output: ['z'], sizes: { ...chain.sizes, z: 2 } }),
      'index-unknown',
    ],
  ])('%s is a fault of the data', async (_, stdin, code) => {
    const finished = await tensorloom('path - --json', { stdin });
    expect(finished.code).toBe(1);
    expect(finished.json().diagnostics[0]).toMatchObject({ code });
  });
});
