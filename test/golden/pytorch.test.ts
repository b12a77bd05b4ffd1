/** The PyTorch script of a template, as a person reads it. After an intended change: `UPDATE=1 npx vitest run test/golden`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { exportPytorch } from '../../src/export/pytorch/index.ts';

const scriptOf = (name: string) => {
  const content = readFileSync(new URL(`../../templates/${name}.graph.json`, import.meta.url), 'utf8');
  const document = parseGraph(JSON.parse(content)).value!;
  return exportPytorch(document, { name, hasWeights: false }).value!.script;
};

const names = ['digits-transformer', 'quadratic-bowl'];

describe('the script of', () => {
  it.each(names)('%s', (name) => {
    const file = new URL(`pytorch/${name}.py.txt`, import.meta.url);
    const script = scriptOf(name);
    if (process.env.UPDATE) writeFileSync(file, script);
    expect(script).toBe(readFileSync(file, 'utf8'));
  });

  const isPython = spawnSync('python3', ['--version']).status === 0;
  it.runIf(isPython).each(names)('%s is Python', (name) => {
    const file = join(mkdtempSync(join(tmpdir(), 'script-')), `${name}.py`);
    writeFileSync(file, scriptOf(name));
    expect(spawnSync('python3', ['-m', 'py_compile', file], { encoding: 'utf8' }).stderr).toBe('');
  });
});
