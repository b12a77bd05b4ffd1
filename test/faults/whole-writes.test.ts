/**
 * The kind: a file that the command line writes is whole or as it was before, and nothing is overwritten unasked.
 * `migrate` truncated its file before it wrote, so that a kill or a full disk destroyed it. Found of the same kind:
 * `plan --keep`, `export -o`, `new -o`, `predict -o`, `einsum -o` and traces wrote in place; only states did not, and
 * they made a plain file of a link and lost its mode; `--trace`, `--save` and `-o` overwrote the very graph or operand that
 * was read, under any of its names; a folder given to `--save` was found out after the training; text that is no UTF-8
 * was read, and written again, with U+FFFD.
 */
import { chmod, lstat, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { templates } from '../../templates/index.ts';
import { commandLine, ended } from '../support/command-line.ts';

const KILLS = Number(process.env.KILLS ?? 6);
const cli = commandLine();
const place = (name: string) => join(cli.folder, name);
const template = async (name: string) => serialize(await templates.find((t) => t.name === name)!.load());

/** A file of the first version with so many nodes: some megabytes, so that writing it takes a while. */
function oldDocument(nodes: number): string {
  const list = Array.from({ length: nodes }, (_, i) => [
    `node-${i}`,
    { type: 'tensor', params: { axes: [{ name: 'i', size: 2 }] }, label: 'x'.repeat(200) },
  ]);
  return JSON.stringify({
    format: 'tensorloom',
    version: 1,
    name: 'old',
    nodes: Object.fromEntries(list),
    edges: {},
    layout: { nodes: Object.fromEntries(list.map(([id], i) => [id, { x: i, y: 0 }])) },
  });
}

const leftovers = async () => (await readdir(cli.folder)).filter((name) => name.endsWith('.tmp'));

/** Kills the process as soon as it has begun to write, after some turns of the loop. */
async function killedWhileWriting(turns: number, ...args: string[]): Promise<void> {
  const before = new Set(await leftovers());
  const child = cli.start(...args);
  const end = ended(child);
  let isOver = false;
  void end.then(() => {
    isOver = true;
  });
  while (!isOver && (await leftovers()).every((name) => before.has(name)));
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
  child.kill('SIGKILL');
  await end;
}

describe('a process that is killed while it writes', () => {
  it.each([
    ['migrate', 'old.json', ['migrate', 'old.json']],
    ['export', 'copy.json', ['export', 'old.json', '--to', 'json', '-o', 'copy.json']],
  ])('%s: the file is whole, the old or the new', async (_, name, args) => {
    const old = oldDocument(4000);
    await writeFile(place('old.json'), old);
    for (let kill = 0; kill < KILLS; kill++) {
      await writeFile(place(name), old);
      await killedWhileWriting(kill * 20, ...args);
      const found = await readFile(place(name), 'utf8');
      if (found !== old) expect(Object.keys(JSON.parse(found).nodes).length).toBe(4000);
    }
  });

  it('leaves a trace that is whole, the old or the new', async () => {
    await writeFile(place('g.json'), await template('linear-regression'));
    await writeFile(place('t.jsonl'), '{"type":"old"}\n');
    await killedWhileWriting(40, 'run', 'g.json', '--steps', '100000', '--trace', 't.jsonl');
    expect(await readFile(place('t.jsonl'), 'utf8')).toBe('{"type":"old"}\n');
  });
});

describe.skipIf(process.platform === 'win32')('a disk that is full', () => {
  // A limit on the size of files stops a write in its middle, as a full disk does.
  const limited = (script: string) => cli.shell(`(ulimit -f 8; ${script})`);

  it.each([
    ['migrate', 'full.json', 'tensorloom migrate full.json'],
    ['export', 'out.json', 'tensorloom export full.json --to json -o out.json'],
  ])('%s: the file is as it was, and the reason is said', async (_, name, script) => {
    const old = oldDocument(1000);
    await writeFile(place('full.json'), old);
    await writeFile(place('out.json'), old);
    const { status, err } = await limited(script);
    expect({ status, err }).toEqual({
      status: 2,
      err: `cannot write ${name}: it would be larger than the system allows\n`,
    });
    expect(await readFile(place(name), 'utf8')).toBe(old);
  });

  it('ends a trace, not the run', async () => {
    await writeFile(place('g.json'), await template('linear-regression'));
    await writeFile(place('t.jsonl'), '{"type":"old"}\n');
    const { status, out } = await limited('tensorloom run g.json --steps 300 --trace t.jsonl --save w');
    expect(status).toBe(1);
    expect(out).toMatch(/^finished 300 steps/m);
    expect(out).toMatch(/^saved to w$/m);
    expect(out).toContain('error trace-not-written');
    expect(await readFile(place('t.jsonl'), 'utf8')).toBe('{"type":"old"}\n');
  });

  it.skipIf(process.platform !== 'linux')('a device that is full: the reason is said', async () => {
    await writeFile(place('g.json'), await template('matmul'));
    const { status, err } = await cli.run('export', 'g.json', '--to', 'json', '-o', '/dev/full');
    expect({ status, err }).toEqual({ status: 2, err: 'cannot write /dev/full: the disk is full\n' });
  });
});

describe('what is written over', () => {
  it.skipIf(process.platform === 'win32')('keeps its mode, and a link stays a link', async () => {
    await mkdir(place('real'), { recursive: true });
    await writeFile(place('real/g.json'), oldDocument(1));
    await chmod(place('real/g.json'), 0o640);
    await symlink('real/g.json', place('link.json'));
    expect((await cli.run('migrate', 'link.json')).status).toBe(0);
    expect(await readlink(place('link.json'))).toBe('real/g.json');
    expect((await lstat(place('real/g.json'))).isFile()).toBe(true);
    expect((await stat(place('real/g.json'))).mode & 0o777).toBe(0o640);
    expect(JSON.parse(await readFile(place('real/g.json'), 'utf8'))).toMatchObject({ version: 3 });
    expect(await readdir(place('real'))).toEqual(['g.json']);
  });

  it('is never the graph, under none of its names', async () => {
    const graph = await template('linear-regression');
    await writeFile(place('g.json'), graph);
    if (process.platform !== 'win32') await symlink('g.json', place('other.json')).catch(() => undefined);
    const names =
      process.platform === 'win32' ? ['g.json', './g.json'] : ['g.json', './g.json', 'other.json'];
    for (const name of names) {
      for (const args of [
        ['run', 'g.json', '--steps', '1', '--trace', name],
        ['run', 'g.json', '--steps', '1', '--save', name],
        ['export', 'g.json', '--to', 'json', '-o', name],
        ['predict', 'g.json', '-i', 'data.x=x.npy', '-o', name],
      ]) {
        const { status, err } = await cli.run(...args);
        expect({ args, status, err }).toEqual({
          args,
          status: 2,
          err: expect.stringContaining('would overwrite the graph'),
        });
      }
    }
    expect(await readFile(place('g.json'), 'utf8')).toBe(graph);
  });

  it('is no operand, no state that is read, and no other file that is written', async () => {
    await writeFile(place('g.json'), await template('linear-regression'));
    for (const [args, said] of [
      [['einsum', 'i->', 'A.npy', '-o', 'A.npy'], 'would overwrite the operand'],
      [['run', 'g.json', '--from', 'w', '--trace', 'w'], 'would overwrite --from'],
      [['run', 'g.json', '--save', 'v', '--trace', './v'], 'would overwrite --save v'],
    ] as const) {
      const { status, err } = await cli.run(...args);
      expect({ status, err }).toEqual({ status: 2, err: expect.stringContaining(said) });
    }
  });
});

describe('what cannot be read or written', () => {
  it.each([
    [['run', 'g.json', '--save', '.'], 'cannot write .: it is a folder'],
    [['run', 'g.json', '--trace', '.'], 'cannot write .: it is a folder'],
    [['run', 'g.json', '--from', 'none'], 'cannot read none: there is no such file'],
    [['run', 'none.json'], 'cannot read none.json: there is no such file'],
    [['check', '.'], 'cannot read .: it is a folder'],
    [['path', 'g.json/x'], 'cannot read g.json/x: a part of the path is a file, not a folder'],
    [['new', 'matmul', '-o', '.', '--force'], 'cannot write .: it is a folder'],
    [['predict', 'g.json', '-i', 'data.x=none.npy'], 'cannot read none.npy: there is no such file'],
    [['run', '-', '--from', '-'], 'cannot read standard input'],
  ])('%s is told before anything is computed, in plain words', async (args, said) => {
    await writeFile(place('g.json'), await template('linear-regression'));
    const { status, out, err } = await cli.run(...args);
    expect(status).toBe(args.includes('-') ? 1 : 2);
    expect(out + err).not.toMatch(/ENOENT|EISDIR|ENOTDIR| {2}--help/);
    if (!args.includes('-')) expect(err).toBe(`${said}\n`);
  });

  it('names the folder that is missing', async () => {
    await writeFile(place('g.json'), await template('linear-regression'));
    const { status, err } = await cli.run('run', 'g.json', '--save', 'no/where');
    expect(status).toBe(2);
    expect(err).toMatch(/^cannot write no\/where: there is no folder \S*no\n$/);
  });

  it('is a file that is no text: refused, and not rewritten', async () => {
    const bytes = Buffer.from(oldDocument(1).replace('"old"', '"caf\u00e9"'), 'latin1');
    await writeFile(place('latin1.json'), bytes);
    const { status, out } = await cli.run('migrate', 'latin1.json');
    expect(status).toBe(1);
    expect(out).toMatch(
      /^error not-text\n {2}This is not text in UTF-8: byte \d+ is 0xE9, which cannot stand there\./,
    );
    expect(await readFile(place('latin1.json'))).toEqual(bytes);
    await writeFile(place('utf16.json'), Buffer.from(`\ufeff${oldDocument(1)}`, 'utf16le'));
    for (const command of ['check', 'path', 'plan', 'run', 'migrate'])
      expect((await cli.run(command, 'utf16.json')).out).toContain(
        'This is not text in UTF-8: it is UTF-16.',
      );
  });
});
