/** Batch norm while it is trained, alone and in repeats, against PyTorch; and evaluated by what training has left. */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { type Checkpoint, run } from '../../src/runtime/index.ts';
import { inspect } from '../../src/runtime/inspect.ts';
import { graph } from '../support/graphs.ts';
import { runners } from '../support/runners.ts';

const wire = (from: string, out: string, to: string, into: string) => ({
  from: { node: from, port: out },
  to: { node: to, port: into },
});

/** loss = Σ w (tanh ∘ batch norm ∘ …)(θ)² by descent with the rate 0.1; `use`: how the block is repeated. */
function document(use: Readonly<Record<string, number | boolean>>): GraphDocument {
  const matrix = (values: readonly number[]) => ({
    axes: [
      { name: 'b', size: 3 },
      { name: 'c', size: 2 },
    ],
    values,
  });
  const drawn = graph(
    {
      theta: { type: 'parameter', params: { ...matrix([1, -2, 0.5, 3, -1, 0.25]), init: 'values' } },
      use: { type: 'block', params: { block: 'layer', ...use } },
      w: { type: 'tensor', params: { ...matrix([0.5, -1, 2, 0.25, -0.75, 1]), fill: 'values' } },
      loss: { type: 'contract', params: { expression: 'bc,bc,bc->' } },
      sgd: { type: 'sgd', params: { rate: 0.1 } },
    },
    ['theta.out > use.x', 'w.out > loss.a', 'use.y > loss.b', 'use.y > loss.c', 'loss.out > sgd.loss'],
  );
  const layer = {
    name: 'layer',
    nodes: {
      x: { type: 'block-input', params: {} },
      norm: { type: 'batch-norm', params: { momentum: 0.3 } },
      tanh: { type: 'activation', params: { function: 'tanh' } },
      y: { type: 'block-output', params: {} },
    },
    edges: {
      a: wire('x', 'out', 'norm', 'x'),
      b: wire('norm', 'y', 'tanh', 'x'),
      c: wire('tanh', 'y', 'y', 'x'),
    },
    layout: { nodes: {} },
    dims: {},
    numbers: {},
  };
  return { ...drawn, blocks: { layer } } as GraphDocument;
}

/**
 * bn = [torch.nn.BatchNorm1d(2, momentum=0.3) for _ in range(n)], or one of them n times; three steps of
 * h = θ; for b in bn: h = tanh(b(h)); (w * h * h).sum().backward(); torch.optim.SGD(…, lr=0.1).step()
 */
const expected: readonly {
  readonly use: Readonly<Record<string, number | boolean>>;
  readonly state: string;
  readonly values: readonly number[];
}[] = [
  {
    use: {},
    state: 'theta.value',
    values: [
      1.0384099916676335, -2.0296343645210553, 0.4504656946567458, 2.9752156028022405, -0.9888756863243792,
      0.3044187617188149,
    ],
  },
  { use: {}, state: 'use/norm.weight', values: [0.9321412627835535, 1.1141575642986539] },
  { use: {}, state: 'use/norm.mean', values: [0.1095, 0.27375000000000005] },
  { use: {}, state: 'use/norm.variance', values: [1.0567850417018403, 4.46311584121094] },
  { use: { repeat: 1 }, state: 'use/*/norm.variance', values: [1.0567850417018403, 4.46311584121094] },
  {
    use: { repeat: 2 },
    state: 'theta.value',
    values: [
      1.036533250669235, -2.030473937117312, 0.4533145722217167, 2.9744956186556326, -0.9898478228909519,
      0.30597831846167933,
    ],
  },
  {
    use: { repeat: 2 },
    state: 'use/*/norm.mean',
    values: [0.10949999999999999, 0.27374999999999994, 0.034201307784104996, 0.0043480550073392125],
  },
  {
    use: { repeat: 2 },
    state: 'use/*/norm.variance',
    values: [1.056877114287754, 4.463153431150852, 0.8098419899081368, 0.8055339176047434],
  },
  {
    use: { repeat: 2, shared: true },
    state: 'theta.value',
    values: [
      0.9986526143708025, -2.0315683838144154, 0.506197258226565, 2.973558033500692, -1.0048498725973678,
      0.3080103503137231,
    ],
  },
  {
    use: { repeat: 2, shared: true },
    state: 'use/norm.weight',
    values: [0.935556425063886, 1.1204479302066497],
  },
  {
    use: { repeat: 2, shared: true },
    state: 'use/norm.mean',
    values: [0.03332683185777746, 0.13954512002618907],
  },
  {
    use: { repeat: 2, shared: true },
    state: 'use/norm.variance',
    values: [0.8320375287678048, 2.7819566964159894],
  },
];

describe.each(runners)('after three steps on $name', ({ train, tolerance }) => {
  it.each(expected)('$use: $state', async ({ use, state, values }) => {
    const after = (await train(document(use), state, 3)).at(-1) as ArrayLike<number>;
    expect(after.length).toBe(values.length);
    for (const [i, value] of values.entries())
      expect(Math.abs((after[i] as number) - value)).toBeLessThan(tolerance * 10);
  });
});

const uses: readonly Readonly<Record<string, number | boolean>>[] = [
  {},
  { repeat: 1 },
  { repeat: 3 },
  { repeat: 3, shared: true },
];

it.each(uses)('has the same bits in a loop and written out: %o', async (use) => {
  const engine = await engines.reference();
  const trained = async (writeOut: boolean) => {
    const { value } = compile(document(use), { dtype: 'float64', writeOut });
    let checkpoint: Checkpoint | undefined;
    for await (const event of run(value!, engine, { steps: 4 }))
      if (event.type === 'finished') checkpoint = event.checkpoint;
    const names = [...(checkpoint?.tensors.keys() ?? [])].filter((name) => name.includes('norm'));
    return Object.fromEntries(names.map((name) => [name, checkpoint?.tensors.get(name)]));
  };
  const looped = await trained(false);
  expect(Object.keys(looped).length).toBeGreaterThan(3);
  expect(await trained(true)).toEqual(looped);
});

it('is shown as it is evaluated, with the statistics that training has left', async () => {
  const { value } = compile(document({ repeat: 2, shared: true }), { dtype: 'float64', expose: 'all' });
  const engine = await engines.reference();
  let from: Checkpoint | undefined;
  for await (const event of run(value!, engine, { steps: 3 }))
    if (event.type === 'finished') from = event.checkpoint;
  const { value: shown } = await inspect(value!, engine, { from, ports: ['use.y'] });
  // bn.eval(); torch.tanh(bn(torch.tanh(bn(θ)))).mean() after those three steps.
  const evaluated = [
    0.2835523182164829, -0.609902706911857, -0.13097335923331038, 0.491018708865106, -0.8411086440908546,
    -0.036021300072206885,
  ];
  const mean = evaluated.reduce((sum, x) => sum + x, 0) / evaluated.length;
  expect(shown?.values['use.y']?.mean).toBeCloseTo(mean, 12);
});

it('is refused where it would be trained with one number for each channel, and not where it is evaluated', () => {
  const rows = (size: number, trained: boolean) =>
    graph(
      {
        x: {
          type: 'parameter',
          params: {
            axes: [
              { name: 'b', size: 'B' },
              { name: 'c', size: 2 },
            ],
          },
        },
        norm: { type: 'batch-norm' },
        loss: { type: 'contract', params: { expression: 'bc,bc->' } },
        ...(trained && { sgd: { type: 'sgd' } }),
      },
      ['x.out > norm.x', 'norm.y > loss.a', 'norm.y > loss.b', ...(trained ? ['loss.out > sgd.loss'] : [])],
      { B: size },
    );
  const codes = (of: GraphDocument) => check(of).diagnostics.map(({ code }) => code);
  expect(codes(rows(1, true))).toEqual(['statistics-of-one']);
  expect(codes(rows(2, true))).toEqual([]);
  expect(codes(rows(1, false))).toEqual([]);
});
