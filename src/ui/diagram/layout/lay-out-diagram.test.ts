import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagramOf } from '../einsum-diagram.test-support.ts';
import type { NetworkDiagram } from '../model/network-diagram.ts';
import { layOutDiagram } from './lay-out-diagram.ts';
import { leastDistance } from './stress.ts';

const rounded = (x: number) => Math.round(1000 * x) / 1000 + 0;

/** Places from the first vertex, and where free legs point: 0 is right, 90 down, 180 left, 270 up. */
function drawn(expression: string) {
  const { forms, points, angles } = layOutDiagram(diagramOf(expression));
  const [first = { x: 0, y: 0 }] = points;
  return {
    forms: forms.join(' '),
    points: points.map(({ x, y }) => `${rounded(x - first.x)} ${rounded(y - first.y)}`).join(', '),
    legs: angles
      .flatMap((angle) => (angle === undefined ? [] : [(Math.round((180 * angle) / Math.PI) + 360) % 360]))
      .join(' '),
  };
}

describe('layOutDiagram', () => {
  it('draws a matrix product as a chain with its legs outside', () => {
    expect(drawn('ij,jk->ik')).toEqual({ forms: 'chain', points: '0 0, 1 0', legs: '180 0' });
  });

  it('draws a chain in its order, whatever the order of its operands', () => {
    expect(drawn('kl,ij,jk->il').points).toBe('0 0, 2 0, 1 0');
  });

  it('draws an MPS with its legs below, an MPO with legs on both sides', () => {
    expect(drawn('pa,aqb,brc,cs->pqrs')).toEqual({
      forms: 'chain',
      points: '0 0, 1 0, 2 0, 3 0',
      legs: '90 90 90 90',
    });
    expect(drawn('psa,aqtb,buv->pqstuv').legs).toBe('90 270 90 270 90 270');
    // Its bonds at the ends stay where they were.
    expect(drawn('lpa,aqb,brm->lpqrm').legs).toBe('180 90 90 90 0');
  });

  it('draws a ring as a regular polygon, clockwise, with its legs outside', () => {
    expect(drawn('ij,jk,ki->')).toEqual({ forms: 'ring', points: '0 0, 1 0, 0.5 0.866', legs: '' });
    expect(drawn('apb,bqc,crd,dsa->pqrs')).toEqual({
      forms: 'ring',
      points: '0 0, 1 0, 1 1, 0 1',
      legs: '225 315 45 135',
    });
  });

  it('draws a ladder and a lattice in rows, with the legs of a lattice on one slant', () => {
    const ladder = drawn('pa,qab,rbc,sc,pA,qAB,rBC,sC->');
    expect(ladder.forms).toBe('lattice');
    expect(ladder.points).toBe('0 0, 1.2 0, 2.4 0, 3.6 0, 0 1.2, 1.2 1.2, 2.4 1.2, 3.6 1.2');
    const peps = drawn(
      'a c p,a b d q,b e r,c f h s,d f g i t,e g j u,h k v,i k l w,j l x->p q r s t u v w x',
    );
    expect(peps.forms).toBe('lattice');
    expect(peps.points).toBe('0 0, 1.2 0, 2.4 0, 0 1.2, 1.2 1.2, 2.4 1.2, 0 2.4, 1.2 2.4, 2.4 2.4');
    expect(peps.legs).toBe('45 45 45 45 45 45 45 45 45');
  });

  it('hangs data under an MPS', () => {
    expect(drawn('pa,aqb,brc,cs,p,q,r,s->')).toMatchObject({
      forms: 'chain',
      points: '0 0, 1 0, 2 0, 3 0, 0 0.95, 1 0.95, 2 0.95, 3 0.95',
    });
  });

  it('draws a tree from its middle downwards', () => {
    expect(drawn('ab,acd,bef,cg,dh,ei,fj->ghij')).toEqual({
      forms: 'tree',
      points: '0 0, -1 1, 1 1, -1.5 2, -0.5 2, 0.5 2, 1.5 2',
      legs: '90 90 90 90',
    });
  });

  it('draws the norm of a periodic MPS as two rings, and a row between two', () => {
    const norm = drawn('apb,bqc,crd,dsa,ApB,BqC,CrD,DsA->');
    expect(norm.forms).toBe('rings');
    // Squares about one middle, to whose corners it is 1.75 and 0.75.
    expect(norm.points).toBe(
      '0 0, 2.475 0, 2.475 2.475, 0 2.475, 0.707 0.707, 1.768 0.707, 1.768 1.768, 0.707 1.768',
    );
    // An MPO between the two.
    expect(drawn('apb,bqc,cra,xpPy,yqQz,zrRx,APB,BQC,CRA->').forms).toBe('rings');
    expect(drawn('abc,ad,be,cf,def->')).toMatchObject({
      forms: 'row',
      points: '0 0, -1 1.1, 0 1.1, 1 1.1, 0 2.2',
    });
  });

  it('meets a hyper-index in a junction, and a trace in a loop', () => {
    const batch = layOutDiagram(diagramOf('bij,bjk->bik'));
    expect(batch.skeleton.vertices).toHaveLength(3);
    expect(batch.skeleton.vertices[2]).toEqual({ kind: 'junction', index: 0 });
    expect(layOutDiagram(diagramOf('ii->')).skeleton).toEqual({
      vertices: [{ kind: 'tensor', tensor: 0 }],
      strands: [{ index: 0, from: 0, to: 0, axis: 0, open: false }],
    });
    // A diagonal: a loop with a leg.
    expect(layOutDiagram(diagramOf('ii->i')).skeleton.strands.map(({ from, to }) => [from, to])).toEqual([
      [0, 1],
      [0, 1],
      [1, undefined],
    ]);
  });

  it('keeps what is summed alone apart from what is open', () => {
    const { skeleton } = layOutDiagram(diagramOf('ij->i'));
    expect(skeleton.strands.map(({ open }) => open)).toEqual([true, false]);
  });

  it('puts what is not connected side by side', () => {
    expect(drawn('ij,kl->ijkl').forms).toBe('point point');
    expect(drawn('->')).toMatchObject({ forms: 'point' });
  });
});

/** Random networks: up to 14 tensors of up to 5 indices each, out of few names, so that all kinds of indices come. */
const networks = fc
  .record({
    axes: fc.array(fc.array(fc.nat(17), { maxLength: 5 }), { minLength: 1, maxLength: 14 }),
    open: fc.array(fc.boolean(), { minLength: 18, maxLength: 18 }),
  })
  .map(({ axes, open }): NetworkDiagram => {
    const used = [...new Set(axes.flat())];
    return {
      tensors: axes.map((own, k) => ({
        name: `T${k}`,
        kind: 'general',
        axes: own.map((name) => used.indexOf(name)),
      })),
      indices: used.map((name) => ({ name: `i${name}`, size: 2, axis: `i${name}` })),
      output: [...used.keys()].filter((i) => open[i]),
    };
  });

describe('any network', () => {
  it('has no two vertices on one place, and every leg has a direction', () => {
    fc.assert(
      fc.property(networks, (diagram) => {
        const { points, angles, skeleton } = layOutDiagram(diagram);
        expect(points).toHaveLength(skeleton.vertices.length);
        for (const [v, a] of points.entries())
          for (const b of points.slice(0, v))
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(0.85 * leastDistance);
        for (const [s, { from, to }] of skeleton.strands.entries())
          if (to === undefined || to === from) expect(Number.isFinite(angles[s])).toBe(true);
      }),
    );
  });

  it('is drawn the same each time', () => {
    fc.assert(
      fc.property(networks, (diagram) => {
        expect(layOutDiagram(structuredClone(diagram))).toEqual(layOutDiagram(diagram));
      }),
      { numRuns: 20 },
    );
  });
});
