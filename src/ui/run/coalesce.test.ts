import { expect, it, vi } from 'vitest';
import { createCoalescer } from './coalesce.ts';

it('hands on many changes as one, and the last word on each key', () => {
  vi.useFakeTimers();
  const applied: object[] = [];
  const changes = createCoalescer<{ a: number; b: number }>(100, (change) => applied.push(change));
  changes.add({ a: 1 });
  changes.add({ b: 2 });
  changes.add({ a: 3 });
  expect(applied).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(applied).toEqual([{ a: 3, b: 2 }]);

  changes.add({ a: 4 });
  changes.flush();
  expect(applied.at(-1)).toEqual({ a: 4 });
  vi.advanceTimersByTime(1000);
  expect(applied.length).toBe(2);
  vi.useRealTimers();
});
