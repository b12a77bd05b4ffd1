import { describe, expect, it } from 'vitest';
import { visible, visibleLines } from './visible.ts';

describe('text made visible', () => {
  it.each([
    ['a title of the terminal', '\u001b]0;owned\u0007x', '\\u001b]0;owned\\u0007x'],
    ['an 8-bit control sequence', '\u009b2J', '\\u009b2J'],
    ['a forged line', 'a\r\nok: 0 errors', 'a\\r\\nok: 0 errors'],
    ['line and paragraph separators', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['reversed text', 'exe\u202egnp.\u2066', 'exe\\u202egnp.\\u2066'],
    ['nothing to be seen', 'a\u200bb\ufeffc\u00add', 'a\\u200bb\\ufeffc\\u00add'],
    ['tags', 'a\u{e0041}', 'a\\udb40\\udc41'],
    ['half of a pair', 'a\ud83d', 'a\\ud83d'],
    ['what is fine', 'Ünïcode 简体 👩‍👩‍👧 مرحبا “x” \\n', 'Ünïcode 简体 👩‍👩‍👧 مرحبا “x” \\n'],
  ])('%s', (_, written, shown) => {
    expect(visible(written)).toBe(shown);
    expect(visible(shown)).toBe(shown);
  });

  it('means the same in a string of JSON', () => {
    const json = JSON.stringify({ name: 'a\u202eb\u{e0041}c\u009d\n' });
    expect(JSON.parse(visible(json))).toEqual(JSON.parse(json));
  });

  it('keeps the breaks of text in lines', () => {
    expect(visibleLines('a\u001b[2J\nb')).toBe('a\\u001b[2J\nb');
  });
});
