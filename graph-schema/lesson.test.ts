import { describe, expect, it } from 'vitest';
import { type Lesson, readLesson } from './lesson.ts';

const text = (en: string) => ({ en, zh: `${en}（中文）` });

const lesson: Lesson = {
  title: text('Glue'),
  idea: text('A delta glues two indices.'),
  steps: [
    {
      id: 'guess',
      kind: 'do',
      title: text('Guess'),
      text: text('How large is $S$?'),
      look: [{ node: 'S' }, { panel: 'plan' }],
      guess: { kind: 'number', question: text('S?'), answer: { check: 'trace' }, within: 0.1 },
      goal: { kind: 'all', of: [{ kind: 'guessed' }, { kind: 'param', node: 'a', param: 'seed', not: 1 }] },
    },
  ],
  checks: [{ node: 'trace', name: text('trace'), reason: text('rounding') }],
};

const faultsOf = (json: unknown) => {
  const read = readLesson({ lesson: json });
  return read && 'faults' in read ? read.faults.map(({ path, detail }) => [path.join('.'), detail.en]) : [];
};

describe('readLesson', () => {
  it('reads a lesson with steps, and gives the same object for the same JSON', () => {
    const read = readLesson({ lesson });
    expect(read).toEqual({ value: lesson });
    expect(readLesson({ lesson })).toBe(read);
  });

  it('reads no lesson as none', () => expect(readLesson({})).toBe(undefined));

  it('reads a title and a text of older documents as one step', () => {
    expect(readLesson({ lesson: { title: text('Bowl'), text: text('It is a bowl.') } })).toEqual({
      value: {
        title: text('Bowl'),
        idea: text('Bowl'),
        steps: [{ id: 'about', kind: 'see', title: text('Bowl'), text: text('It is a bowl.') }],
        checks: [],
      },
    });
  });

  it('says what is wrong, and where', () => {
    expect(faultsOf('a lesson')).toEqual([['', 'expected object, found string']]);
    const [step] = lesson.steps;
    expect(faultsOf({ ...lesson, steps: [step, step] })).toEqual([['steps', 'two steps have one id']]);
    expect(faultsOf({ ...lesson, steps: [{ ...step, goal: { kind: 'ran', step: 3 } }] })).toEqual([
      ['steps.0.goal', 'unknown: "step"'],
    ]);
  });

  it('takes what no bound names as one that is present', () => {
    const goal = { kind: 'wire', to: 'a.x' };
    const read = readLesson({ lesson: { ...lesson, steps: [{ ...lesson.steps[0], goal }] } });
    expect(read && 'value' in read && read.value.steps[0]?.goal).toEqual({ ...goal, present: true });
  });
});
