import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../../test/support/properties.ts';
import { NodeState } from './node-state.ts';
import { Ranks } from './ranks.ts';
import { Worklist } from './worklist.ts';

const state = (id: string) => new NodeState(id, 0, { type: 'scale', params: {} });

describe('ranks', () => {
  it('follow the wires as nodes and wires come, and refuse a wire that closes a loop', () => {
    const step = fc.tuple(fc.nat(11), fc.nat(11));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const ranks = new Ranks();
        const states: NodeState[] = [];
        for (const [a, b] of steps) {
          while (states.length <= Math.max(a, b)) {
            const fresh = state(`n${states.length}`);
            states.push(fresh);
            expect(ranks.place(new Set([fresh]))).toBe(true);
          }
          const [source, reader] = [states[a], states[b]] as [NodeState, NodeState];
          if (source === reader || reader.sources.includes(source)) continue;
          const [{ readers }, { sources }] = [source, reader];
          source.readers = [...readers, reader];
          reader.sources = [...sources, source];
          if (ranks.link(source, reader)) continue;
          const loops = ranks.rebuild(states);
          if (loops.length === 0) continue;
          // The wire goes again, and the order holds without it.
          source.readers = readers;
          reader.sources = sources;
          expect(ranks.rebuild(states)).toEqual([]);
        }
        for (const source of states)
          for (const reader of source.readers) expect(source.rank).toBeLessThan(reader.rank);
      }),
      { numRuns: 500 },
    );
  });

  it('a worklist gives each waiting node once, the least rank first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (numbers) => {
        const list = new Worklist();
        const states = numbers.map((rank, i) => Object.assign(state(`n${i}`), { rank }));
        for (const waiting of [...states, ...states]) list.add(waiting);
        const taken: number[] = [];
        for (let next = list.take(); next; next = list.take()) taken.push(next.rank);
        expect(taken).toEqual([...numbers].sort((x, y) => x - y));
      }),
    );
  });
});
