import { expect, it } from 'vitest';
import { templates } from '../../../templates/index.ts';
import { tensorloom } from '../fake-io.test-support.ts';

it('names the lessons that there are where it is asked for another', async () => {
  const finished = await tensorloom('lessons alchemy --json');
  expect(finished.code).toBe(2);
  expect(finished.err).toContain('there is no lesson "alchemy"');
  for (const { name, lesson } of templates) if (lesson) expect(finished.err).toContain(name);
});
