/** A rearrangement whose split sizes are symbols of the document. */
import { expect, it } from 'vitest';
import { compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { evaluateOnce } from '../../src/runtime/index.ts';
import { graph } from '../support/graphs.ts';

it.each([
  { pattern: '(a b) -> a b', shape: [2, 3], data: [0, 1, 2, 3, 4, 5] },
  { pattern: '(a b) -> (b a)', shape: [6], data: [0, 3, 1, 4, 2, 5] },
])('$pattern', async ({ pattern, shape, data }) => {
  const sizes = [
    { name: 'a', size: 'h' },
    { name: 'b', size: 'w' },
  ];
  const document = graph(
    {
      x: { type: 'tensor', params: { axes: [{ name: 'i', size: 6 }], fill: 'range' } },
      split: { type: 'rearrange', params: { pattern, sizes } },
    },
    ['x.out > split.x'],
    { h: 2, w: 3 },
  );
  const { value: compiled } = compile(document);
  const { value: seen } = await evaluateOnce(compiled!, await engines.wasm());
  expect(seen?.['split.y']).toMatchObject({ shape, data });
});
