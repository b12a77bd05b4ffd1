import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../test/support/properties.ts';
import { Slots, Versions } from './versions.ts';

describe('versions of a record', () => {
  it('stay as they were when they were handed out, whatever is written later', () => {
    const key = fc.constantFrom('a', 'b', '__proto__', 'toString');
    const write = fc.tuple(key, fc.option(fc.record({ n: fc.nat() }), { nil: undefined }));
    fc.assert(
      fc.property(fc.array(fc.array(write, { maxLength: 4 }), { maxLength: 12 }), (rounds) => {
        const versions = new Versions<{ n: number }>();
        const slots = new Slots();
        const now = new Map<string, { n: number }>();
        const taken = rounds.map((writes) => {
          for (const [name, value] of writes) {
            versions.set(slots.of(name), value);
            if (value) now.set(name, value);
            else now.delete(name);
          }
          return { record: slots.asRecord(versions.version()), values: new Map(now) };
        });
        for (const { record, values } of taken) {
          expect(new Set(Object.keys(record))).toEqual(new Set(values.keys()));
          for (const name of ['a', 'b', '__proto__', 'toString']) {
            expect(record[name]).toBe(values.get(name));
            expect(name in record).toBe(values.has(name));
          }
        }
      }),
    );
  });

  it('are one object while nothing changes', () => {
    const versions = new Versions<{ n: number }>();
    const value = { n: 1 };
    versions.set(0, value);
    const first = versions.version();
    versions.set(0, value);
    versions.set(40, undefined);
    expect(versions.version()).toBe(first);
    versions.set(0, undefined);
    expect(versions.version()).not.toBe(first);
    expect(first(0)).toBe(value);
    expect(versions.version()(0)).toBeUndefined();
  });

  it('read like a record', () => {
    const [versions, slots] = [new Versions<{ n: number }>(), new Slots()];
    const value = { n: 1 };
    versions.set(slots.of('a'), value);
    versions.set(slots.of('b'), undefined);
    expect({ ...slots.asRecord(versions.version()) }).toEqual({ a: value });
  });
});
