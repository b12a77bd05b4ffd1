import { describe, expect, it } from 'vitest';
import { readLesson } from '../../../../graph-schema/lesson.ts';
import { moved, newLesson, newStep, valueAt, withAt } from './lesson-edits.ts';

const lesson = { title: { en: 'a', zh: 'b' }, steps: [{ id: 'one' }, { id: 'two' }], mine: 1 };

describe('withAt', () => {
  it('sets what is there, keeps the rest and its order, and changes nothing in place', () => {
    const next = withAt(lesson, ['title', 'en'], 'c');
    expect(JSON.stringify(next)).toBe(
      '{"title":{"en":"c","zh":"b"},"steps":[{"id":"one"},{"id":"two"}],"mine":1}',
    );
    expect(lesson.title.en).toBe('a');
  });

  it('adds to lists and records, and takes out of them', () => {
    expect(withAt(lesson, ['steps', 2], { id: 'three' })).toMatchObject({
      steps: [{ id: 'one' }, { id: 'two' }, { id: 'three' }],
    });
    expect(withAt(lesson, ['steps', 0], undefined)).toMatchObject({ steps: [{ id: 'two' }] });
    expect(withAt(lesson, ['steps', 1, 'goal', 'kind'], 'ran')).toMatchObject({
      steps: [{ id: 'one' }, { id: 'two', goal: { kind: 'ran' } }],
    });
    expect(Object.keys(withAt(lesson, ['mine'], undefined) as object)).toEqual(['title', 'steps']);
  });

  it('is read back by valueAt', () => {
    expect(valueAt(lesson, ['steps', 1, 'id'])).toBe('two');
    expect(valueAt(lesson, ['steps', 5, 'id'])).toBeUndefined();
    expect(valueAt(lesson, ['toString'])).toBeUndefined();
  });
});

describe('steps', () => {
  it('move as far as the list goes', () => {
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 2, -5)).toEqual(['c', 'a', 'b']);
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
  });

  it('have ids of their own', () => {
    expect(newStep([{ id: 'step-2' }]).id).toBe('step-3');
    expect(newStep([]).id).toBe('step-1');
  });

  it('make a lesson that can be read', () => {
    expect(readLesson({ lesson: newLesson('Bowl') })).toMatchObject({ value: { steps: [{ id: 'step-1' }] } });
  });
});
