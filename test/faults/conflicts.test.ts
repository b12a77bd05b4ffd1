/**
 * A size conflict names all that takes part in it, and nothing else. Found: where the inputs of one node contradict
 * each other, a third node that had told the size before was named with them, and two conflicts were told for one;
 * the origin of a side was followed through a statement that has no part in the conflict.
 */
import { expect, it } from 'vitest';
import { isError } from '../../src/base/diagnostic.ts';
import { axes, sketch } from '../../src/compiler/explain/sketches.ts';
import { check } from '../../src/compiler/index.ts';

it('a node whose own inputs contradict each other is told without the node that spoke first', () => {
  const tensor = (written: string) => ({ type: 'tensor', params: { axes: axes(written), fill: 'range' } });
  // δ_jk has one size: b says that it is 3, z says that it is 5 and 4.
  const document = sketch(
    {
      delta: { type: 'delta', params: { axes: ['j', 'k'] } },
      three: tensor('j 3, k 3'),
      uneven: tensor('j 5, k 4'),
      b: { type: 'mse' },
      z: { type: 'mse' },
    },
    ['delta.out > b.prediction', 'three.out > b.target', 'delta.out > z.prediction', 'uneven.out > z.target'],
  );
  const conflicts = check(document).diagnostics.filter(isError);
  expect(conflicts.map(({ code, node, message }) => [code, node, message.en])).toEqual([
    [
      'size-conflict',
      'z',
      'Two sizes meet here and differ: j = 5 comes from Tensor “uneven”, k = 4 from Tensor “uneven”.',
    ],
  ]);
  const places = conflicts[0]?.related?.map(({ node, edge }) => node ?? edge);
  expect(places).toEqual(expect.arrayContaining(['uneven']));
  expect(places).not.toContain('three');
});
