import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentSchema, VERSION } from './document.ts';
import { migrate, migrations } from './migrate.ts';
import { parseGraph, serialize } from './parse.ts';

const fixtures = new URL('fixtures/', import.meta.url);
const names = readdirSync(fixtures).filter((name) => name.endsWith('.graph.json'));
const read = (name: string) => readFileSync(new URL(name, fixtures), 'utf8');

describe('the list of migrations', () => {
  it('leads from version 0 to the present one without a gap', () => {
    expect(migrations.map(({ from, to }) => [from, to])).toEqual(
      Array.from({ length: VERSION }, (_, version) => [version, version + 1]),
    );
  });

  it('has fixtures of every version', () => {
    const versions = new Set(names.map((name) => Number(/^v(\d+)-/.exec(name)?.[1])));
    expect([...versions]).toEqual(Array.from({ length: VERSION + 1 }, (_, version) => version));
  });
});

describe.each(names)('%s', (name) => {
  it('still reads as it always has', async () => {
    const { value, diagnostics } = parseGraph(read(name));
    expect(diagnostics).toEqual([]);
    const golden = name.replace('.graph.json', '.parsed.json');
    await expect(serialize(value!)).toMatchFileSnapshot(`fixtures/parsed/${golden}`);
  });

  it('is at rest once it is of the present version', () => {
    const once = parseGraph(read(name)).value!;
    expect(parseGraph(once).value).toEqual(once);
    expect(parseGraph(serialize(once)).value).toEqual(once);
    expect(serialize(parseGraph(serialize(once)).value!)).toBe(serialize(once));
    expect(migrate(once).value).toEqual({ json: once, applied: [] });
  });

  it('passes through each migration into a sound document, and is left as it was', () => {
    const json: unknown = JSON.parse(read(name));
    const { json: current, applied } = migrate(json).value!;
    expect(documentSchema.safeParse(current).error).toBeUndefined();
    const { version } = json as { version: number };
    expect(applied).toEqual(migrations.filter(({ from }) => from >= version).map((m) => m.name));
    expect(json).toEqual(JSON.parse(read(name)));
  });
});
