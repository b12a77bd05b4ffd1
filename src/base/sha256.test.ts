import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha256 } from './sha256.ts';

const hash = (...parts: readonly Uint8Array[]) => {
  const made = sha256();
  for (const part of parts) made.push(part);
  return made.end();
};

describe('SHA-256', () => {
  it('has the values of FIPS 180-4', () => {
    expect(hash()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(hash(new TextEncoder().encode('abc'))).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it.each([1, 55, 56, 57, 63, 64, 65, 119, 120, 1000])('is that of Node for %d bytes in pieces', (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) % 251);
    const wanted = createHash('sha256').update(bytes).digest('hex');
    for (const cut of [0, 1, 40, 64, length]) {
      const at = Math.min(cut, length);
      expect(hash(bytes.subarray(0, at), bytes.subarray(at))).toBe(wanted);
    }
  });
});
