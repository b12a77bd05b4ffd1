import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumbers, parseNumbers } from './parse-numbers.ts';

const values = (text: string) => {
  const read = parseNumbers(text);
  if ('problem' in read) throw new Error(read.problem.en);
  return read;
};

describe('parseNumbers', () => {
  it.each([
    ['1, 2, 3', [1, 2, 3], [3]],
    ['1 2\n3 4', [1, 2, 3, 4], [4]],
    ['[[1, 2, 3], [4, 5, 6]]', [1, 2, 3, 4, 5, 6], [2, 3]],
    ['[1, 2], [3, 4]', [1, 2, 3, 4], [2, 2]],
    ['[[[1], [2]]]', [1, 2], [1, 2, 1]],
    ['1e-3\t−2.5', [0.001, -2.5], [2]],
    ['1/4', [0.25], [1]],
    ['7', [7], [1]],
    ['', [], [0]],
  ])('reads %j', (text, expected, shape) => {
    expect(values(text)).toEqual({ values: expected, shape });
  });

  it.each([
    ['1, x', 'is not a number'],
    ['1, Infinity', 'is not a number'],
    ['1/0', 'is not a number'],
    ['[1, 2', 'not closed'],
    ['1, 2]', 'not closed'],
    ['[[1, 2], [3]]', 'not equally long'],
    ['[1, [2]]', 'not equally long'],
    ['[[1], 2]', 'not equally long'],
    ['[[1], []]', 'not equally long'],
  ])('refuses %j', (text, reason) => {
    const read = parseNumbers(text);
    expect('problem' in read && read.problem.en).toContain(reason);
  });

  it.each([
    ['1,5 2,5', undefined, '“1,5”: write 1.5 for one number, or 1, 5 for two'],
    ['1,5; 2,5', undefined, '“1,5”: write 1.5 for one number, or 1, 5 for two'],
    ['1,5 2', undefined, '“1,5”: write 1.5 for one number, or 1, 5 for two'],
    ['3 −0,5', 7, '“−0,5”: write −0.5 for one number, or −0, 5 for two'],
  ])('asks what the comma of %j means', (text, needed, reason) => {
    const read = parseNumbers(text, needed);
    expect('problem' in read && read.problem.en).toBe(reason);
  });

  it.each([
    // As many as there are to be.
    ['1,5 2,5', 2, [1.5, 2.5]],
    ['1,5 2,5', 4, [1, 5, 2, 5]],
    ['0,5;−2,25;3', 3, [0.5, -2.25, 3]],
    // Between tabs.
    ['1,5\t2,5\n3,5\t4', undefined, [1.5, 2.5, 3.5, 4]],
    // A comma that no blank follows, where nothing else parts numbers.
    ['1,5', undefined, [1, 5]],
    ['1,2\n3,4', undefined, [1, 2, 3, 4]],
    ['1,2,3 4,5,6', undefined, [1, 2, 3, 4, 5, 6]],
    ['1, 5 2, 5', undefined, [1, 5, 2, 5]],
  ])('reads %j for %j numbers', (text, needed, expected) => {
    expect(parseNumbers(text, needed)).toMatchObject({ values: expected });
  });

  it('reads back what is written, digit for digit', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(fc.array(number), fc.integer({ min: 0, max: 9 }), (list, columns) => {
        expect(values(formatNumbers(list, columns)).values).toEqual(list.map((x) => x + 0));
      }),
    );
  });
});
