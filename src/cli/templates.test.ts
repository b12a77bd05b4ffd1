import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { figures, isMet, trained } from '../../test/templates/figures.ts';
import { check, compile } from '../compiler/index.ts';
import { engines } from '../numeric/index.ts';
import { run } from '../runtime/index.ts';

const load = (name: string) => templates.find((t) => t.name === name)!.load();

it('lists every file', async () => {
  const files = (await readdir(new URL('../../templates/', import.meta.url))).filter((f) =>
    f.endsWith('.graph.json'),
  );
  expect(templates.map((t) => `${t.name}.graph.json`).sort()).toEqual(files.sort());
});

describe.each(templates.map((t) => [t.name, t] as const))('%s', (_, template) => {
  it('is sound: no error and no warning', async () => {
    expect(check(await template.load()).diagnostics).toEqual([]);
  });

  // Lessons have tests of their own.
  it.skipIf(template.lesson)('teaches in both languages', async () => {
    const { lesson } = await template.load();
    for (const language of ['en', 'zh']) {
      expect(lesson).toMatchObject({
        title: { [language]: expect.stringMatching(/\S/) },
        text: { [language]: expect.stringMatching(/\S/) },
      });
    }
  });
});

async function reference(name: string) {
  const { value } = compile(await load(name), { dtype: 'float64', expose: 'all' });
  return { compiled: value!, engine: await engines.reference() };
}

describe('quadratic-bowl', () => {
  it('has the gradient Ax − b and descends to where it is zero', async () => {
    const { compiled, engine } = await reference('quadratic-bowl');
    const ports = ['A.out', 'x.out', 'b.out', 'slope.out'];
    let seen = 0;
    let slope: number[] = [];
    for await (const event of run(compiled, engine, { probes: () => ports })) {
      if (event.type !== 'values') continue;
      const [A, x, b, g] = ports.map((port) => event.values[port]!.data) as [
        number[],
        number[],
        number[],
        number[],
      ];
      slope = b.map((bi, i) => x.reduce((sum, xj, j) => sum + A[3 * i + j]! * xj, -bi));
      slope.forEach((s, i) => {
        expect(g[i]).toBeCloseTo(s, 12);
      });
      seen++;
    }
    expect(seen).toBeGreaterThan(10);
    expect(Math.max(...slope.map(Math.abs))).toBeLessThan(1e-6);
  });
});

describe('what the networks learn', () => {
  it.each(figures.filter(({ isLong }) => !isLong))('$template: $metric', async (figure) => {
    const reached = await trained(figure.template);
    expect(isMet(figure, reached), `${figure.metric} ${reached[figure.metric]}`).toBe(true);
  });
});
