/**
 * The kind: a command whose output cannot be written says so and ends with a status, and `--json` prints one object
 * whatever happens. A reader that had seen enough ended a command with status 0; a full device, and every bug, with a
 * stack trace of Node and no object. Found of the same kind: no memory for JavaScript's own objects ended the process.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { serialize } from '../../graph-schema/serialize.ts';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';
import { engines } from '../../src/numeric/index.ts';
import { templates } from '../../templates/index.ts';
import { commandLine } from '../support/command-line.ts';

const cli = commandLine();
const graph = async (name: string) => serialize(await templates.find((t) => t.name === name)!.load());

describe.skipIf(process.platform === 'win32')('a stream that fails', () => {
  it('a reader that has seen enough: a message and a status', async () => {
    await writeFile(join(cli.folder, 'g.json'), await graph('matmul'));
    const { err } = await cli.shell('{ tensorloom check g.json; echo "status $?" >&2; } | true');
    expect(err).toBe('cannot write standard output: what reads it has closed it\nstatus 2\n');
  });

  it.skipIf(process.platform !== 'linux')('a device that is full: a message and a status', async () => {
    await writeFile(join(cli.folder, 'g.json'), await graph('matmul'));
    for (const command of [
      'check g.json',
      'check g.json --json',
      'new',
      '--help',
      'run g.json',
      'path none --json',
    ]) {
      const { status, err } = await cli.shell(`tensorloom ${command} > /dev/full`);
      expect({ command, status }).toEqual({ command, status: 2 });
      expect(err).toContain('cannot write standard output: the disk is full\n');
      expect(err).not.toMatch(/\n {4}at /);
    }
  });

  it('a run whose output is lost saves its state', async () => {
    await writeFile(join(cli.folder, 'g.json'), await graph('linear-regression'));
    const { err } = await cli.shell(
      '{ tensorloom run g.json --steps 50 --save w; echo "status $?" >&2; } | true; ls -l w >&2',
    );
    expect(err).toMatch(/status 2\n.* w\n$/);
  });

  it('standard error that fails is no reason to fail', async () => {
    await writeFile(join(cli.folder, 'g.json'), await graph('matmul'));
    const { status, out } = await cli.shell('tensorloom check none.json --json 2>&-');
    expect(status).toBe(2);
    expect(JSON.parse(out)).toEqual({
      ok: false,
      error: 'cannot read none.json: there is no such file',
      diagnostics: [],
    });
  });
});

describe('one object', () => {
  const broken = {
    ...engines,
    wasm: () => Promise.reject(new Error('internal: the engine\u001b[2J is broken')),
  };

  it('is printed for a bug too, which has a status of its own', async () => {
    const files = { 'g.json': await graph('matmul') };
    const finished = await tensorloom('run g.json --threads 1 --json', { files, engines: broken });
    expect(finished.code).toBe(3);
    expect(finished.json()).toEqual({
      ok: false,
      error: 'internal: the engine\u001b[2J is broken',
      diagnostics: [],
    });
    expect(finished.err).toMatch(/^internal: the engine\\u001b\[2J is broken\nThis is a bug of Tensorloom\./);
    const plain = await tensorloom('run g.json --threads 1', { files, engines: broken });
    expect({ code: plain.code, out: plain.out }).toEqual({ code: 3, out: '' });
  });

  it.skipIf(process.platform === 'win32')(
    'is printed where there is no memory for the document',
    async () => {
      const nodes = Array.from({ length: 60_000 }, (_, i) => [
        `n${i}`,
        { type: 'tensor', params: { axes: [{ name: 'i', size: 2 }] } },
      ]);
      await writeFile(
        join(cli.folder, 'many.json'),
        JSON.stringify({
          format: 'tensorloom',
          version: 2,
          name: 'many',
          nodes: Object.fromEntries(nodes),
          edges: {},
        }),
      );
      const { status, out } = await cli.shell(
        'NODE_OPTIONS=--max-old-space-size=24; export NODE_OPTIONS; tensorloom check many.json --json',
      );
      expect(status).toBe(3);
      expect(JSON.parse(out)).toEqual({
        ok: false,
        error: expect.stringMatching(/^out of memory: the command needs more than \d+ MiB$/),
        diagnostics: [],
      });
    },
  );
});
