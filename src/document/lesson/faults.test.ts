/** What is wrong with the words, ranges and lists of a lesson is told by its place. */
import { expect, it } from 'vitest';
import { readLesson } from '../../../graph-schema/lesson.ts';
import { templates } from '../../../templates/index.ts';
import { lessonFaults } from './faults.ts';

const words = (en: string, zh = '字') => ({ en, zh });

const faultsOf = (change: Record<string, unknown>) => {
  const read = readLesson({
    lesson: {
      title: words('Title'),
      idea: words('Idea'),
      steps: [{ id: 'one', kind: 'see', title: words('One'), text: words('Text') }],
      checks: [],
      ...change,
    },
  });
  if (!read || !('value' in read)) throw new Error('not a lesson');
  return lessonFaults(read.value).map(({ path, detail }) => `${path.join('.')}: ${detail.en}`);
};

const guessing = (...options: readonly Record<string, unknown>[]) => ({
  steps: [
    {
      id: 'one',
      kind: 'do',
      title: words('One'),
      text: words('Text'),
      guess: {
        kind: 'choice',
        question: words('Which?'),
        answer: { metric: 'loss' },
        options: options.map((option) => ({ text: words('This'), ...option })),
      },
    },
  ],
});

it('empty texts, of either language', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ title: words(' ') })).toEqual(['title.en: a text is missing']);
  expect(faultsOf({ idea: words('Idea', '') })).toEqual(['idea.zh: a text is missing']);
});

it('ranges that hold no figure', () => {
  expect(faultsOf(guessing({ from: 1, to: 1 }, { from: 2 }))).toEqual([]);
  expect(faultsOf(guessing({ to: 1 }, { from: 3, to: 2 }))).toEqual([
    'steps.0.guess.options.1: “from” is above “to”, so that no figure is in it',
  ]);
});

it('a check that is listed twice', () => {
  const check = { node: 'a', name: words('A'), reason: words('B') };
  expect(faultsOf({ checks: [check, { ...check, node: 'b' }] })).toEqual([]);
  expect(faultsOf({ checks: [check, check] })).toEqual([
    'checks.1.node: this check stands in the list already',
  ]);
});

it.each([
  ['$x$ and $\\frac{1}{2}$, `$HOME`, \\$5', undefined],
  ['$\\left( \\{ a \\} \\right)$', undefined],
  ['$\\frac{1}{2$', '{'],
  ['$a}$', '}'],
  ['$\\left( a$', '\\left'],
  ['$\\begin{cases} a$', '\\begin'],
  ['costs $5', '$'],
])('formulas that do not close: %s', (formula, mark) => {
  const found = faultsOf({ idea: words(formula) });
  if (mark === undefined) expect(found).toEqual([]);
  else expect(found).toEqual([expect.stringMatching(/^idea\.en: .*/) as string]);
  if (mark !== undefined) expect(found[0]).toContain(`“${mark}”`);
});

it('none in the lessons of the product', async () => {
  for (const template of templates) {
    const read = readLesson(await template.load());
    if (read && 'value' in read)
      expect([template.name, lessonFaults(read.value)]).toEqual([template.name, []]);
  }
});
