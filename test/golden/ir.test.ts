/**
 * The optimised program and the plan of each template, as text. `UPDATE=1` rewrites the files. Lessons are held to
 * what they check instead (test/lessons).
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { compile, describePlan } from '../../src/compiler/index.ts';
import { printProgram } from '../../src/ir/print.ts';
import { imageTemplates } from '../../templates/image-networks.ts';
import { templates } from '../../templates/index.ts';

const folder = new URL('./ir/', import.meta.url);

/** Of networks that consist of the same over and over, one is enough to read. */
const isRead = (name: string): boolean =>
  name === 'digits-resnet' || !imageTemplates.some((template) => template.name === name);

describe('programs and plans', () => {
  it.each(templates.flatMap((t) => (t.lesson || !isRead(t.name) ? [] : t.name)))('%s', async (name) => {
    const template = templates.find((t) => t.name === name);
    const { value: document } = parseGraph(await template?.load());
    if (!document) throw new Error(`${name} does not parse`);
    const { value } = compile(document);
    const compiled = value?.train ?? value?.forward;
    if (!compiled) throw new Error(`${name} does not compile`);
    const { steps, flops, peakBytes } = describePlan(compiled.plan, compiled.program);
    const text = [
      printProgram(compiled.program),
      ...steps.map((s) => s.text.en),
      `${flops} operations, ${peakBytes} bytes`,
      '',
    ].join('\n');
    const file = new URL(`${name}.txt`, folder);
    if (process.env.UPDATE === '1') {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file), 'no golden yet: run with UPDATE=1').toBe(true);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });
});
