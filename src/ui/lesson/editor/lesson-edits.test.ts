import { describe, expect, it } from 'vitest';
import { readLesson } from '../../../../graph-schema/lesson.ts';
import { moved, newLesson, newStep } from './lesson-edits.ts';

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
