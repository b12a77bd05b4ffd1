/** Documents that contract a network, for tests of contraction paths: tensors of random numbers under one contraction, or two. */
import { emptyDocument, type GraphDocument } from '../../../graph-schema/document.ts';
import type { Network } from '../../contraction/index.ts';
import { createRandom } from '../../contraction/search/xoshiro.ts';

const name = (label: number) => `i${label}`;
const portOf = (k: number) => String.fromCharCode(97 + (k % 26)) + (k < 26 ? '' : Math.floor(k / 26));

/** Tensors `t0`, `t1`, …; the result is `product.out`. */
export function documentOf({ inputs, output, sizes }: Network): GraphDocument {
  const written = (labels: readonly number[]) => labels.map(name).join(' ');
  const tensors = inputs.map((labels, k): [string, GraphDocument['nodes'][string]] => [
    `t${k}`,
    {
      type: 'tensor',
      params: {
        axes: labels.map((label, d) => ({ name: `a${d}`, size: sizes[label] as number })),
        fill: 'normal',
        seed: k + 1,
      },
    },
  ]);
  const expression = `${inputs.map(written).join(', ')} -> ${written(output)}`;
  return {
    ...emptyDocument('network'),
    nodes: { ...Object.fromEntries(tensors), product: { type: 'contract', params: { expression } } },
    edges: Object.fromEntries(
      inputs.map((_, k) => [
        `e${k}`,
        { from: { node: `t${k}`, port: 'out' }, to: { node: 'product', port: portOf(k) } },
      ]),
    ),
  };
}

/** Matrices of these sizes multiplied along a line, the first `split` of them in a node `left` of their own. */
export function chainInTwo(sizes: readonly number[], split: number): GraphDocument {
  const n = sizes.length - 1;
  const whole = documentOf({
    inputs: Array.from({ length: n }, (_, k) => [k, k + 1]),
    output: [0, n],
    sizes,
  });
  const link = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, k) => `${name(from + k)} ${name(from + k + 1)}`);
  const left = `${link(0, split).join(', ')} -> ${name(0)} ${name(split)}`;
  const right = `${name(0)} ${name(split)}, ${link(split, n).join(', ')} -> ${name(0)} ${name(n)}`;
  const wire = (from: string, node: string, k: number) => ({
    from: { node: from, port: 'out' },
    to: { node, port: portOf(k) },
  });
  return {
    ...whole,
    nodes: {
      ...whole.nodes,
      left: { type: 'contract', params: { expression: left } },
      product: { type: 'contract', params: { expression: right } },
    },
    edges: Object.fromEntries([
      ...Array.from({ length: n }, (_, k) => [
        `e${k}`,
        k < split ? wire(`t${k}`, 'left', k) : wire(`t${k}`, 'product', k - split + 1),
      ]),
      ['between', wire('left', 'product', 0)],
    ]),
  };
}

/** Tensors of rank four whose indices, of size 2, each join four of them at random: hard to find a path for. */
export function tangle(n: number, seed: number): Network {
  const random = createRandom(seed);
  const ends = Array.from({ length: 4 * n }, (_, k) => ({ tensor: k >> 2, at: random() }));
  const inputs: number[][] = Array.from({ length: n }, () => []);
  for (const [k, { tensor }] of ends.sort((a, b) => a.at - b.at).entries()) inputs[tensor]?.push(k >> 2);
  return { inputs, output: [], sizes: new Array<number>(n).fill(2) };
}
