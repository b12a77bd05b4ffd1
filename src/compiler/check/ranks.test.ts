import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../test/support/properties.ts';
import { Entry } from './entry.ts';
import { Ranks } from './ranks.ts';
import { Worklist } from './worklist.ts';

const entry = (id: string) => new Entry(id, 0, { type: 'scale', params: {} });

describe('ranks', () => {
  it('follow the wires as nodes and wires come, and refuse a wire that closes a loop', () => {
    const step = fc.tuple(fc.nat(11), fc.nat(11));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const ranks = new Ranks();
        const entries: Entry[] = [];
        for (const [a, b] of steps) {
          while (entries.length <= Math.max(a, b)) {
            const fresh = entry(`n${entries.length}`);
            entries.push(fresh);
            expect(ranks.place(new Set([fresh]))).toBe(true);
          }
          const [source, reader] = [entries[a], entries[b]] as [Entry, Entry];
          if (source === reader || reader.sources.includes(source)) continue;
          const [{ readers }, { sources }] = [source, reader];
          source.readers = [...readers, reader];
          reader.sources = [...sources, source];
          if (ranks.link(source, reader)) continue;
          const loops = ranks.rebuild(entries);
          if (loops.length === 0) continue;
          // The wire goes again, and the order holds without it.
          source.readers = readers;
          reader.sources = sources;
          expect(ranks.rebuild(entries)).toEqual([]);
        }
        for (const source of entries)
          for (const reader of source.readers) expect(source.rank).toBeLessThan(reader.rank);
      }),
      { numRuns: 500 },
    );
  });

  it('a worklist gives each waiting node once, the least rank first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (numbers) => {
        const list = new Worklist();
        const entries = numbers.map((rank, i) => Object.assign(entry(`n${i}`), { rank }));
        for (const waiting of [...entries, ...entries]) list.add(waiting);
        const taken: number[] = [];
        for (let next = list.take(); next; next = list.take()) taken.push(next.rank);
        expect(taken).toEqual([...numbers].sort((x, y) => x - y));
      }),
    );
  });
});
