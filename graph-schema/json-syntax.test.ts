import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSyntaxFault, nestingDepth } from './json-syntax.ts';

const accepts = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('findSyntaxFault', () => {
  it.each([
    ['{"a": 1,}', 8, false],
    ['[1 2]', 3, false],
    ['{"a" 1}', 5, false],
    ['{a: 1}', 1, false],
    ['[1,]', 3, false],
    ['nul', 3, true],
    ['nulL', 3, false],
    ['-', 1, true],
    ['1.', 2, true],
    ['[1.]', 2, false],
    ['01', 1, false],
    ['"\\x"', 2, false],
    ['"\\u12', 5, true],
    ['"\\u12G4"', 5, false],
    ['"a\nb"', 2, false],
    ['"abc', 4, true],
    ['{"a": [1, {"b": "c', 18, true],
    ['{}}', 2, false],
    ['[}', 1, false],
    ['1 2', 2, false],
    ['', 0, true],
  ])('of %j is at %i', (text, offset, truncated) => {
    expect(findSyntaxFault(text)).toMatchObject({ offset, truncated });
  });

  it('counts lines and columns from one', () => {
    expect(findSyntaxFault('{\n  "a": 1,\n  b: 2\n}')).toMatchObject({ line: 3, column: 3 });
  });

  it('accepts exactly what JSON.parse accepts', () => {
    const damage = fc.record({
      at: fc.nat(),
      remove: fc.nat({ max: 3 }),
      insert: fc.string({ maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.json(), damage, (json, { at, remove, insert }) => {
        const i = at % (json.length + 1);
        const text = json.slice(0, i) + insert + json.slice(i + remove);
        expect(findSyntaxFault(text) === undefined).toBe(accepts(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('calls every proper beginning of an object truncated', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), (value, cut) => {
        const json = JSON.stringify(value);
        expect(findSyntaxFault(json.slice(0, cut % json.length))?.truncated).toBe(true);
      }),
    );
  });
});

describe('nestingDepth', () => {
  it.each([
    ['1', 0],
    ['[]', 1],
    ['[[], {"a": [1]}]', 3],
    ['"[[["', 0],
    ['["\\"[[", []]', 2],
    ['[[[[[[', 5],
  ])('of %j is %i', (text, depth) => {
    expect(nestingDepth(text, 4)).toBe(depth);
  });
});
