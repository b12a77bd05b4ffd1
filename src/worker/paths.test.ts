import { describe, expect, it } from 'vitest';
import { findPath } from '../contraction/index.ts';
import { engines } from '../numeric/index.ts';
import { createHost } from './host.ts';
import { type Reply, type Request, replySchema } from './protocol.ts';

/** Sends messages to a host, and waits until so many replies have come. */
async function replies(messages: readonly Request[], count: number): Promise<readonly Reply[]> {
  const found: Reply[] = [];
  let time = 0;
  const host = createHost((reply) => found.push(replySchema.parse(structuredClone(reply))), {
    now: () => (time += 5),
    yieldToEventLoop: () => new Promise((resolve) => setImmediate(resolve)),
    engine: (name) => engines[name](),
  });
  for (const message of messages) host.receive(message);
  while (found.length < count) await new Promise((resolve) => setImmediate(resolve));
  return found;
}

/** A ladder: two chains of tensors with rungs between them. */
const rungs = 10;
const ladder = {
  inputs: Array.from({ length: 2 * rungs }, (_, k) => {
    const [side, at] = [k % 2, k >> 1];
    const rail = (i: number) => 1 + 3 * i + side;
    return [3 * at, ...(at > 0 ? [rail(at - 1)] : []), ...(at < rungs - 1 ? [rail(at)] : [])];
  }),
  output: [],
  sizes: Array.from({ length: 3 * rungs }, (_, i) => 2 + (i % 3)),
};

describe('contraction paths from the worker', () => {
  it('come at once, and again when the time is over, no worse', async () => {
    const [first, last] = await replies([{ type: 'findPath', id: 1, network: ladder, seconds: 0.2 }], 2);
    expect(first).toMatchObject({ type: 'pathFound', id: 1, final: false });
    expect(last).toMatchObject({ type: 'pathFound', id: 1, final: true });
    const flops = (reply: Reply | undefined) =>
      reply?.type === 'pathFound' ? reply.result.flops : Number.NaN;
    expect(flops(last)).toBeLessThanOrEqual(flops(first));
  });

  it('keep a limit on memory by slicing', async () => {
    const { peakElements } = findPath(ladder);
    const maxPeak = peakElements / 4;
    const all = await replies([{ type: 'findPath', id: 1, network: ladder, seconds: 0.2, maxPeak }], 2);
    for (const reply of all) {
      if (reply.type !== 'pathFound') throw new Error(reply.type);
      expect(reply.result.peakElements).toBeLessThanOrEqual(maxPeak);
      expect(reply.result.slices).toBeGreaterThan(1);
    }
  });

  it('are followed with numbers, pair by pair', async () => {
    const network = { inputs: [[0, 1], [1, 2], [2]], output: [0], sizes: [2, 3, 2] };
    const operands = [
      [1, 2, 3, 4, 5, 6],
      [1, 0, 0, 1, 1, 1],
      [1, -1],
    ];
    const path = [
      [1, 2],
      [0, 3],
    ] as [number, number][];
    const [reply] = await replies([{ type: 'contract', id: 4, network, path, operands }], 1);
    expect(reply).toEqual({
      type: 'contracted',
      id: 4,
      values: [
        { labels: [1], data: [1, -1, 0] },
        { labels: [0], data: [-1, -1] },
      ],
    });
  });
});
