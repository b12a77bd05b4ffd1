/** A process that is killed while it saves leaves the old file or the new one, never a part. KILLS=1000 for more of them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginReplacement, replaceFile } from './replace-file.ts';

const KILLS = Number(process.env.KILLS ?? 25);
const SIZE = 300_000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tensorloom-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Saves the generations from `first` on, each all of one byte, until it is killed; says a dot for each. */
const program = (path: string, first: number) => `
import { replaceFile } from './replace-file.mjs';
for (let n = ${first}; ; n++) {
  await replaceFile(${JSON.stringify(path)}, new Uint8Array(${SIZE}).fill(n % 256));
  process.stdout.write('.');
}
`;

/** When the process has said so many dots. */
const saved = (child: ChildProcess, dots: number) =>
  new Promise<void>((resolve) => {
    let heard = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      heard += chunk.length;
      if (heard >= dots) resolve();
    });
  });

const event = (child: ChildProcess, name: 'exit') =>
  new Promise<void>((resolve) => child.once(name, () => resolve()));

/** The generation that a file holds, or undefined where there is no file; throws where it is not whole. */
async function generation(path: string): Promise<number | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (!bytes) return undefined;
  expect(bytes.length).toBe(SIZE);
  expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
  return bytes[0];
}

describe('replacing a file', () => {
  it(
    `survives being killed ${KILLS} times`,
    async () => {
      const source = await readFile(new URL('./replace-file.ts', import.meta.url), 'utf8');
      const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
      await writeFile(
        join(folder, 'replace-file.mjs'),
        ts.transpileModule(source, { compilerOptions: options }).outputText,
      );
      const path = join(folder, 'state');
      const seen = new Set<number>();
      for (let kill = 0; kill < KILLS; kill++) {
        const before = await generation(path);
        await writeFile(join(folder, 'save.mjs'), program(path, (before ?? -1) + 1));
        const child = spawn(process.execPath, [join(folder, 'save.mjs')], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const exit = event(child, 'exit');
        // In the midst of the next file, or of one of those after it: at a moment that nobody chooses.
        await saved(child, 1 + (kill % 3));
        await new Promise((resolve) => setTimeout(resolve, (kill % 25) / 4));
        child.kill('SIGKILL');
        await exit;
        const after = await generation(path);
        if (before !== undefined) expect(after).toBeDefined();
        if (after !== undefined) seen.add(after);
      }
      expect(seen.size).toBeGreaterThanOrEqual(Math.min(KILLS, 100));
    },
    60_000 + 2000 * KILLS,
  );

  it('leaves nothing beside it, whether it goes well or not', async () => {
    const inside = await mkdtemp(join(folder, 'in-'));
    await replaceFile(join(inside, 'a'), Uint8Array.of(1));
    await (await beginReplacement(join(inside, 'a'))).discard();
    await expect(replaceFile(join(inside, 'no', 'b'), Uint8Array.of(1))).rejects.toThrow(/ENOENT.*no/);
    expect(await readdir(inside)).toEqual(['a']);
    expect([...(await readFile(join(inside, 'a')))]).toEqual([1]);
  });
});
