/** Tells whether two compiled documents compute the same: 64 bits as 16 hexadecimal digits. No safeguard against malice. */
import { keyFrom } from '../base/random.ts';
import type { Compiled } from '../compiler/types.ts';

const known = new WeakMap<Compiled, string>();

/** What an operation is called for messages, and in which order a product is computed, do not change what it means. */
const meaningless = new Set(['source', 'absorbed', 'path']);

/** What data specs have said since: a value that means what was meant before leaves the fingerprint as it was. */
const isAsBefore = (key: string, value: unknown): boolean => key === 'group' && value === 1;

/**
 * Of the program that trains, or of the one that shows values where none does, and of the data that it reads.
 * Names, labels, probes, positions and the first values of parameters do not count; sizes, wires, rates do.
 */
export function fingerprintOf(compiled: Compiled): string {
  let fingerprint = known.get(compiled);
  if (fingerprint === undefined) {
    const { ops, updates } = (compiled.train ?? compiled.forward).program;
    const text = JSON.stringify([ops, updates, compiled.data], (key, value: unknown) =>
      meaningless.has(key) || isAsBefore(key, value) ? undefined : value,
    );
    fingerprint = keyFrom(0, text)
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('');
    known.set(compiled, fingerprint);
  }
  return fingerprint;
}
