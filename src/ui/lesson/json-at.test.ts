import { describe, expect, it } from 'vitest';
import { valueAt, withAt } from './json-at.ts';

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
