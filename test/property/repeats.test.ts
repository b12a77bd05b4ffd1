/** Repeats whose gradients went astray once: what they carry is read in the end, handed on, or of no use. */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { initialise } from '../../src/runtime/initialise.ts';
import { writtenFlat } from '../support/block-documents.ts';
import { graph } from '../support/graphs.ts';
import { compiled, expectSame, flatName, type Trained, train, without } from '../support/train-blocks.ts';

describe('a repeat', () => {
  /** A parameter read before, in and after a repeat, whose first output is read in the end and whose second is not. */
  const crossing = (repeat: number): GraphDocument => {
    const axes = [{ name: 'i', size: 50 }];
    const outside = graph(
      {
        p: { type: 'parameter', params: { axes, init: 'normal', scale: 1 } },
        part: { type: 'scale', params: { factor: 0.3 } },
        use: { type: 'block', params: { block: 'f', repeat } },
        sum: { type: 'add' },
        aim: { type: 'tensor', params: { axes, fill: 'normal', seed: 2 } },
        loss: { type: 'mse' },
        opt: { type: 'sgd', params: { rate: 0.1 } },
      },
      [
        ...['p.out > use.x', 'p.out > use.z', 'p.out > part.x', 'part.out > sum.a', 'use.y > sum.b'],
        ...['sum.out > loss.prediction', 'aim.out > loss.target', 'loss.loss > opt.loss'],
      ],
    );
    const inside = graph(
      {
        x: { type: 'block-input' },
        z: { type: 'block-input' },
        a: { type: 'scale', params: { factor: 0.7 } },
        b: { type: 'activation', params: { function: 'tanh' } },
        c: { type: 'add' },
        d: { type: 'add' },
        y: { type: 'block-output' },
        w: { type: 'block-output' },
      },
      [
        ...['x.out > a.x', 'x.out > b.x', 'a.out > c.a', 'b.y > c.b', 'c.out > d.a', 'z.out > d.b'],
        ...['d.out > y.x', 'x.out > w.x'],
      ],
    );
    const f = { nodes: inside.nodes, edges: inside.edges, dims: {}, numbers: {}, layout: { nodes: {} } };
    return { ...outside, blocks: { f } };
  };

  it.each([2, 3, 4, 12])(
    'sums gradients in the order of the same by bare wires, %i times',
    async (repeat) => {
      const document = crossing(repeat);
      const ours = compiled(document);
      const first = initialise(ours.state, 1);
      const [loop, bare] = await Promise.all(
        [document, writtenFlat(document)].map((d) => train(compiled(d), first)),
      );
      expectSame(loop as Trained, bare as Trained, flatName);
      const isLoop = ours.train?.program.ops.some((op) => op.kind === 'scan' && op.length < repeat);
      // The first two iterations and the last are pulled back one by one, and what is between as a recurrence.
      expect(isLoop).toBe(repeat > 4);
    },
  );

  it.each([4, 5, 9, 12])('pulls back carries that change places, %i times', async (repeat) => {
    // x′ = tanh z, z′ = 0.9 x: of what one gradient needs, each iteration has the half that its neighbours lack.
    const inside = graph(
      {
        x: { type: 'block-input' },
        z: { type: 'block-input' },
        a: { type: 'activation', params: { function: 'tanh' } },
        b: { type: 'scale', params: { factor: 0.9 } },
        y: { type: 'block-output' },
        w: { type: 'block-output' },
      },
      ['z.out > a.x', 'x.out > b.x', 'a.y > y.x', 'b.out > w.x'],
    );
    const f = { nodes: inside.nodes, edges: inside.edges, dims: {}, numbers: {}, layout: { nodes: {} } };
    const document = { ...crossing(repeat), blocks: { f } };
    const ours = compiled(document, { without });
    const first = initialise(ours.state, 1);
    const bare = compiled(writtenFlat(document), { without });
    expectSame(await train(ours, first), await train(bare, first), flatName);
  });

  it('hands values round in a circle', async () => {
    const inside = graph(
      {
        x: { type: 'block-input' },
        z: { type: 'block-input' },
        u: { type: 'block-input' },
        a: { type: 'activation', params: { function: 'tanh' } },
        b: { type: 'add' },
        y: { type: 'block-output' },
        w: { type: 'block-output' },
        v: { type: 'block-output' },
      },
      ['x.out > a.x', 'a.y > b.a', 'u.out > b.b', 'z.out > y.x', 'x.out > w.x', 'b.out > v.x'],
    );
    const { nodes } = crossing(5);
    const outside = graph({ ...nodes, last: { type: 'add' } }, [
      ...['p.out > part.x', 'p.out > use.x', 'part.out > use.z', 'p.out > use.u', 'use.y > last.a'],
      ...['use.v > last.b', 'last.out > sum.a', 'p.out > sum.b', 'sum.out > loss.prediction'],
      ...['aim.out > loss.target', 'loss.loss > opt.loss'],
    ]);
    const f = { nodes: inside.nodes, edges: inside.edges, dims: {}, numbers: {}, layout: { nodes: {} } };
    const document = { ...outside, blocks: { f } };
    const ours = compiled(document, { without });
    const first = initialise(ours.state, 1);
    const bare = compiled(writtenFlat(document), { without });
    expectSame(await train(ours, first), await train(bare, first), flatName);
  });

  it('has no gradient by what it computes last and nobody reads: not even 0 times infinity', async () => {
    // y = x + v is read in the end, w = v³ by the next iteration alone: v = 10⁸⁰, 10²⁴⁰, and then v² is infinite.
    const inside = graph(
      {
        x: { type: 'block-input' },
        v: { type: 'block-input' },
        add: { type: 'add' },
        square: { type: 'multiply' },
        cube: { type: 'multiply' },
        y: { type: 'block-output' },
        w: { type: 'block-output' },
      },
      [
        ...['x.out > add.a', 'v.out > add.b', 'add.out > y.x', 'v.out > square.a', 'v.out > square.b'],
        ...['square.out > cube.a', 'v.out > cube.b', 'cube.out > w.x'],
      ],
    );
    const axes = [{ name: 'i', size: 2 }];
    const outside = graph(
      {
        p: { type: 'parameter', params: { axes, init: 'values', values: [1e80, -1e80] } },
        aim: { type: 'tensor', params: { axes, fill: 'zeros' } },
        use: { type: 'block', params: { block: 'f', repeat: 2 } },
        small: { type: 'scale', params: { factor: 1e-240 } },
        loss: { type: 'mse' },
        opt: { type: 'sgd', params: { rate: 0.1 } },
      },
      [
        ...['aim.out > use.x', 'p.out > use.v', 'use.y > small.x', 'small.out > loss.prediction'],
        ...['aim.out > loss.target', 'loss.loss > opt.loss'],
      ],
    );
    const f = { nodes: inside.nodes, edges: inside.edges, dims: {}, numbers: {}, layout: { nodes: {} } };
    const program = compiled({ ...outside, blocks: { f } });
    const { losses, state } = await train(program, initialise(program.state, 1));
    expect(losses[0]).toBeCloseTo(1);
    expect(state.get('p.value')).toEqual([1e80, -1e80]);
  });
});
