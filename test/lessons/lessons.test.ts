/** The course as a whole. Each lesson has a test of its own, with its broken twins. */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';

const lessons = templates.filter(({ lesson }) => lesson);

it('stands first in the gallery, in its order', () => {
  const numbers = lessons.map(({ lesson }) => lesson?.number as number);
  expect(templates.slice(0, lessons.length)).toEqual(lessons);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
});

it('has a test for every lesson', () => {
  const files = new Set(readdirSync(import.meta.dirname));
  expect(lessons.map(({ name }) => `${name}.test.ts`).filter((file) => !files.has(file))).toEqual([]);
});
