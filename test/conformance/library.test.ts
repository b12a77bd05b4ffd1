/** The README's example of the library, run and type-checked from the packed package in an empty folder. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const example = /```js\n([\s\S]*?)```/.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? '';

let folder: string;
const run = (command: string, args: readonly string[], cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tensorloom-library-'));
  run(process.execPath, ['scripts/build-library.mjs'], root);
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], root);
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', join(folder, tarball)]);
  writeFileSync(join(folder, 'example.mjs'), example);
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the packed library', () => {
  it('depends on no other package', () => {
    const { dependencies, peerDependencies } = JSON.parse(
      readFileSync(join(folder, 'node_modules/tensorloom/package.json'), 'utf8'),
    );
    expect({ ...dependencies, ...peerDependencies }).toEqual({});
  });

  it('runs the README’s example, which has about ten lines', () => {
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(12);
    expect(run(process.execPath, ['--no-warnings', 'example.mjs'])).toBe('300 true\n[ 1, 3 ]\n');
  });

  it.each([
    { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  ])('has types that the example fits: $moduleResolution', (resolution) => {
    const file = join(folder, 'example.mts');
    writeFileSync(file, example);
    const program = ts.createProgram([file], {
      ...resolution,
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'],
      types: [],
      strict: true,
      noEmit: true,
      resolveJsonModule: true,
      skipLibCheck: false,
    });
    const faults = ts.getPreEmitDiagnostics(program);
    expect(faults.map((fault) => ts.flattenDiagnosticMessageText(fault.messageText, '\n'))).toEqual([]);
  });

  it('computes with relaxed SIMD on Node, and says so', () => {
    const asked = "import { kernels } from 'tensorloom'; console.log(kernels());";
    expect(run(process.execPath, ['--input-type=module', '--eval', asked])).toBe('relaxed\n');
  });

  it('needs nothing of Node elsewhere', () => {
    const lib = join(folder, 'node_modules/tensorloom/dist/lib');
    const others = readdirSync(lib).filter((name) => name.endsWith('.js') && name !== 'node.js');
    expect(others.length).toBeGreaterThan(2);
    for (const name of others) {
      expect(readFileSync(join(lib, name), 'utf8')).not.toMatch(/from ?["']node:|import\(["']node:/);
      expect(statSync(join(lib, name)).size).toBeLessThan(2_500_000);
    }
  });
});
