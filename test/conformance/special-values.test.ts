/**
 * NaN, infinities, −0, subnormal and very large numbers through every kind of element-wise operation, reduction,
 * selection, pooling and loss, value and gradient, on both engines in both precisions, against PyTorch.
 *
 * The literals in special-values.json are those of torch 1.13 on x86-64: f(inputs) and, by each input named, the
 * gradients of f(inputs).sum(). The functions are those of the names (torch.nn.functional); softplus is
 * logaddexp(x, 0), attention is written as on its node, with a causal mask by masked_fill(triu, -inf),
 * and a contraction is einsum. One is not PyTorch's: the gradient of |x| at NaN is NumPy's sign(NaN), NaN and not 0.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '../../src/compiler/index.ts';
import type { Dtype } from '../../src/ir/plan.ts';
import { engines } from '../../src/numeric/index.ts';
import { axesOf } from '../support/example-graph.ts';
import { graph } from '../support/graphs.ts';
import { byEngine } from '../support/run-graph.ts';

interface Expected {
  readonly value: string;
  /** By the name of an input. */
  readonly gradients: Readonly<Record<string, string>>;
}

interface SpecialCase {
  readonly name: string;
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, { readonly axes: string; readonly values: string }>>;
  readonly float32: Expected;
  readonly float64: Expected;
}

const cases: readonly SpecialCase[] = JSON.parse(
  readFileSync(new URL('special-values.json', import.meta.url), 'utf8'),
);

const numbers = (text: string): number[] => text.split(' ').map(Number);

/** Equal, both NaN, or beside each other in the precision; below its normal numbers within some of the least. */
function isClose(actual: number, expected: number, dtype: Dtype): boolean {
  if (Number.isNaN(expected)) return Number.isNaN(actual);
  if (actual === expected) return true;
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return false;
  const [relative, least] = dtype === 'float32' ? [2e-6, 1e-43] : [1e-14, 1e-320];
  return Math.abs(actual - expected) <= Math.max(relative * Math.abs(expected), least);
}

/** The node with an Input at each of its ports; then the sum of its output, and its gradients by some of them. */
function documentOf({ type, params, inputs, float64 }: SpecialCase, output: { port: string; rank: number }) {
  const given = Object.entries(inputs).map(([port, { axes }]) => [
    port,
    { type: 'input', params: { axes: axesOf(axes) } },
  ]);
  const wanted = Object.keys(float64.gradients);
  const derived = wanted.map((port) => [`d_${port}`, { type: 'gradient' }]);
  return graph(
    {
      ...Object.fromEntries([...given, ...derived]),
      node: { type, params },
      sum: { type: 'contract', params: { expression: `${'ijkl'.slice(0, output.rank)}->` } },
    },
    [
      ...Object.keys(inputs).map((port) => `${port}.out > node.${port}`),
      `node.${output.port} > sum.a`,
      ...wanted.flatMap((port) => [`sum.out > d_${port}.of`, `${port}.out > d_${port}.by`]),
    ],
  );
}

const targets = (['reference', 'wasm'] as const).flatMap((engine) =>
  (['float32', 'float64'] as const).map((dtype) => ({ engine, dtype })),
);

describe.each(targets)('on $engine in $dtype', ({ engine, dtype }) => {
  it.each(cases)('$name', async (given) => {
    const [port, axes = []] = Object.entries(
      check(documentOf(given, { port: '', rank: 0 })).nodes.node?.outputTypes ?? {},
    ).map(([name, type]) => [name, type.axes] as const)[0] ?? [''];
    const document = documentOf(given, { port, rank: axes.length });
    const feeds = Object.fromEntries(
      Object.entries(given.inputs).map(([name, { values }]) => [`${name}.out`, numbers(values)]),
    );
    const found = await byEngine(await engines[engine](), dtype)(document, feeds);
    const { value, gradients } = given[dtype];
    expectClose(found[`node.${port}`] ?? [], numbers(value), dtype);
    for (const [name, expected] of Object.entries(gradients))
      expectClose(found[`d_${name}.out`] ?? [], numbers(expected), dtype);
  });
});

function expectClose(actual: ArrayLike<number>, expected: readonly number[], dtype: Dtype): void {
  const wrong = expected.flatMap((e, i) =>
    isClose(actual[i] as number, e, dtype) ? [] : [`element ${i}: ${actual[i]} for ${e}`],
  );
  expect(wrong).toEqual([]);
}
