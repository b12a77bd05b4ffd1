import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from './utf8.ts';

describe('bytes as text', () => {
  it('leaves a byte order mark out, and keeps every character', () => {
    expect(decodeUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toEqual({ value: 'a', diagnostics: [] });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (written) => {
        expect(decodeUtf8(new TextEncoder().encode(`a${written}`)).value).toBe(`a${written}`);
      }),
    );
  });

  // The first byte of each that is wrong, counted from 1; the ranges are those of The Unicode Standard, table 3-7.
  it.each([
    ['a lone continuation', [0x61, 0x80], 2],
    ['an overlong slash', [0xc0, 0xaf], 1],
    ['an overlong form of three', [0x61, 0xe0, 0x80, 0x80], 2],
    ['a surrogate', [0xed, 0xa0, 0x80], 1],
    ['beyond U+10FFFF', [0xf4, 0x90, 0x80, 0x80], 1],
    ['cut off', [0x61, 0xe2, 0x82], 2],
    ['Latin-1 within text', [0x63, 0x61, 0x66, 0xe9, 0x22], 4],
  ])('%s: refused, and the byte is named', (_, bytes, at) => {
    const { value, diagnostics } = decodeUtf8(Uint8Array.from(bytes));
    expect(value).toBeUndefined();
    expect(diagnostics[0]?.code).toBe('not-text');
    expect(diagnostics[0]?.message.en).toContain(`byte ${at} is 0x`);
  });

  it('knows what is often taken for text', () => {
    const said = (...bytes: number[]) => decodeUtf8(Uint8Array.from(bytes)).diagnostics[0]?.message.en;
    expect(said(0xff, 0xfe, 0x7b, 0)).toContain('it is UTF-16');
    expect(said(0x89, 0x50, 0x4e, 0x47)).toContain('a PNG image');
  });
});
