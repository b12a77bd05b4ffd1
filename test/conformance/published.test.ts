/** Published architectures: each has as many parameters as its authors say, without one being allocated. */
import { describe, expect, it } from 'vitest';
import { check, compile } from '../../src/compiler/index.ts';
import { elements } from '../../src/ir/program.ts';
import { published } from '../../templates/index.ts';

/** LLaMA's weights alone are 25 GiB in float32. */
const memoryLimit = 2 ** 40;

describe.each(published.map((template) => [template.name, template] as const))('%s', (_, template) => {
  it('is sound: no error and no warning', async () => {
    expect(check(await template.load()).diagnostics).toEqual([]);
  });

  it('has the published number of parameters', async () => {
    const { value } = compile(await template.load(), { memoryLimit });
    const learned = value?.state.filter(({ trainable }) => trainable) ?? [];
    expect(learned.reduce((n, { shape }) => n + elements(shape), 0)).toBe(template.parameters);
  });

  it('teaches in both languages', async () => {
    const { lesson } = await template.load();
    for (const language of ['en', 'zh'])
      expect(lesson).toMatchObject({
        title: { [language]: expect.stringMatching(/\S/) },
        text: { [language]: expect.stringMatching(/\S/) },
      });
  });
});
