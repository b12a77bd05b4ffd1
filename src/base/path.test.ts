import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { portKey, readPath, readPortKey, showPath, stateName } from './path.ts';

const id = fc.oneof(
  fc.constantFrom('a', '0', 'a.b', 'a/b', '~', '~1', '~0/', '注意'),
  fc.string({ minLength: 1 }),
);

describe('a path', () => {
  it('prints its ids with slashes between', () => {
    expect(showPath(['encoder', '3', 'attention'])).toBe('encoder/3/attention');
    expect(showPath(['linear1'])).toBe('linear1');
    expect(showPath(['a.b'])).toBe('a.b');
  });

  it('escapes a tilde and a slash in an id', () => {
    expect(showPath(['a/b', '~c'])).toBe('a~1b/~0c');
    expect(readPath('a~1b/~0c')).toEqual(['a/b', '~c']);
    expect(readPath('~01')).toEqual(['~1']);
  });

  it('reads as it was printed', () => {
    fc.assert(
      fc.property(fc.array(id, { minLength: 1 }), (path) => {
        expect(readPath(showPath(path))).toEqual(path);
      }),
    );
  });
});

describe('the key of a port', () => {
  it('is the node, a dot and the port', () => {
    expect(portKey('encoder/3/attention', 'out')).toBe('encoder/3/attention.out');
    expect(portKey('a.b', 'x')).toBe('a.b.x');
    expect(portKey('a', 'x.y')).toBe('a.x~2y');
    expect(readPortKey('a.b.x')).toEqual({ node: 'a.b', port: 'x' });
    expect(readPortKey('a.x~2y')).toEqual({ node: 'a', port: 'x.y' });
  });

  it('reads as it was made', () => {
    fc.assert(
      fc.property(fc.array(id, { minLength: 1 }), id, (path, port) => {
        const node = showPath(path);
        expect(readPortKey(portKey(node, port))).toEqual({ node, port });
      }),
    );
  });
});

it('the name of state is its node and its name there', () => {
  expect(stateName('encoder/3/attention', 'weight')).toBe('encoder/3/attention.weight');
});
