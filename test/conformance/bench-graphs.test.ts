/** The benchmark graphs are ordinary documents: they parse, check clean, compile, and take the weights listed for them. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGraph } from '../../graph-schema/parse.ts';
import { compile } from '../../src/compiler/index.ts';
import { weights } from '../bench/graphs/weights.ts';

const folder = new URL('../bench/graphs/', import.meta.url);
const names = readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));

describe('benchmark graphs', () => {
  it.each(names)('%s compiles without a word', (name) => {
    const parsed = parseGraph(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
    expect(parsed.diagnostics).toEqual([]);
    if (!parsed.value) throw new Error(`${name} does not parse`);
    const { value, diagnostics } = compile(parsed.value);
    expect(diagnostics).toEqual([]);
    const feeds = (value?.train ?? value?.forward)?.feeds ?? [];
    const known = [...(value?.state ?? []), ...feeds].map((input) => input.name);
    for (const [input] of weights[name] ?? []) expect(known).toContain(input);
  });

  it('trains every model that has weights', () => {
    for (const name of Object.keys(weights)) expect(names).toContain(name);
  });
});
