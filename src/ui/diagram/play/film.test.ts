import { describe, expect, it } from 'vitest';
import type { SsaPath } from '../../../contraction/index.ts';
import { diagramOf } from '../einsum-diagram.test-support.ts';
import { layOutDiagram } from '../layout/lay-out-diagram.ts';
import { meltDeltas } from '../model/melt-deltas.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import { filmOf, networkOfDiagram } from './film.ts';
import { drawMoment, motion } from './film-moment.ts';

function film(diagram: NetworkDiagram, path: SsaPath) {
  const melted = meltDeltas(diagram);
  const network = networkOfDiagram(melted.diagram);
  if (!network) throw new Error('a size is open');
  return filmOf(diagram, layOutDiagram(diagram), melted, network, path);
}

describe('meltDeltas', () => {
  const delta = (expression: string, kinds: readonly ('general' | 'delta')[]) => {
    const { diagram, tensors, indices } = meltDeltas(diagramOf(expression, { kinds }));
    return { tensors, indices, axes: diagram.tensors.map(({ axes }) => axes), output: diagram.output };
  };

  it('makes one index of what a delta ties', () => {
    // S = Σ A_ij B_kl δ_jk δ_li is the trace of AB.
    expect(delta('ij,kl,jk,li->', ['general', 'general', 'delta', 'delta'])).toEqual({
      tensors: [0, 1],
      indices: [0, 1, 1, 0],
      axes: [
        [0, 1],
        [1, 0],
      ],
      output: [],
    });
  });

  it('keeps a delta that nothing else holds, and one that makes a diagonal of the result', () => {
    expect(delta('ij->ij', ['delta']).tensors).toEqual([0]);
    expect(delta('ij,jk->ijk', ['general', 'delta']).tensors).toEqual([0, 1]);
    expect(delta('ij,jk->ik', ['general', 'delta']).tensors).toEqual([0]);
  });
});

describe('filmOf', () => {
  it('counts multiply-adds and the largest tensor', () => {
    const sizes = { x: 35, y: 37, f: 59, t: 51, p: 51, r: 27 };
    const { steps, flops } = film(diagramOf('xyf,xtf,ytpf,fr->tpr', { sizes }), [
      [0, 1],
      [2, 4],
      [3, 5],
    ]);
    // Over x y f t, then y t p f, then t p f r; opt_einsum's optimal order comes to 1.372e7 as well.
    expect(steps.map((step) => step.flops)).toEqual([3_896_655, 9_574_638, 13_718_031]);
    expect(flops).toBe(13_718_031);
    // y t f, then t p f.
    expect(steps.map((step) => step.largest)).toEqual([111_333, 153_459, 153_459]);
  });

  it('melts deltas first, at no cost, and leaves what a step does not touch in its place', () => {
    const kinds = ['general', 'general', 'delta', 'delta'] as const;
    const { pictures, steps } = film(diagramOf('ij,kl,jk,li->', { kinds }), [[0, 1]]);
    expect(steps.map(({ at, flops }) => [at, flops])).toEqual([
      [-1, 0],
      [0, 4],
    ]);
    const [whole, bare, made] = pictures.map(({ scene }) => scene);
    expect(whole?.vertices.map(({ shape }) => shape)).toEqual(['general', 'general', 'delta', 'delta']);
    expect(bare?.vertices).toEqual(whole?.vertices.slice(0, 2));
    expect(bare?.strands.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(made?.vertices.map(({ shape, name }) => [shape, name])).toEqual([['merged', '#1']]);
    expect(made?.strands).toEqual([]);
  });

  it('slides a pair together and closes what it shares', () => {
    const shown = film(diagramOf('ij,jk,kl->il'), [
      [0, 1],
      [2, 3],
    ]);
    const half = 0.47;
    expect(motion(half)).toBeCloseTo(0.5);
    const [a, b, c] = drawMoment(shown, half).shapes;
    // Neighbours are 96 pixels apart; each of the two has come half of its way to the middle.
    expect((b?.x ?? 0) - (a?.x ?? 0)).toBeCloseTo(48);
    expect((c?.x ?? 0) - (b?.x ?? 0)).toBeCloseTo(96 + 24);
    const line = (time: number, index: number) =>
      drawMoment(shown, time).lines.find((each) => each.index === index);
    expect(line(0, 1)?.opacity).toBe(1);
    expect(line(0.7, 1)?.opacity).toBeLessThan(0.5);
    expect(line(1, 1)).toBeUndefined();
    expect(line(1, 2)?.opacity).toBe(1);
    expect(drawMoment(shown, 2).lines.map(({ index, isFree }) => [index, isFree])).toEqual([
      [0, true],
      [3, true],
    ]);
    expect(drawMoment(shown, 99)).toEqual(drawMoment(shown, 2));
  });

  it('draws an index of three tensors as a junction, then as a line, then not at all', () => {
    const { pictures } = film(diagramOf('xa,xb,xc->abc'), [
      [0, 1],
      [2, 3],
    ]);
    const count = pictures.map(({ scene }) => scene.vertices.filter((v) => v.shape === 'junction').length);
    expect(count).toEqual([1, 0, 0]);
    expect(pictures.map(({ scene }) => scene.strands.filter(({ index }) => index === 0).length)).toEqual([
      3, 1, 0,
    ]);
  });
});
