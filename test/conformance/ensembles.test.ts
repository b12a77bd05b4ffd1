/** What is said of graphs with ensembles in which something does not fit, and rows that are drawn with replacement. */
import { describe, expect, it } from 'vitest';
import { check, compile } from '../../src/compiler/index.ts';
import { engines } from '../../src/numeric/index.ts';
import { run } from '../../src/runtime/index.ts';
import { graph } from '../support/graphs.ts';

const parameter = (axes: string) => ({
  type: 'parameter',
  params: {
    axes: axes
      .split(', ')
      .filter((axis) => axis !== '')
      .map((axis) => ({ name: axis.split(' ')[0] as string, size: Number(axis.split(' ')[1]) })),
  },
});

/** Codes of the errors, each with the port or parameter that is to blame. */
const errorsOf = (document: ReturnType<typeof graph>) =>
  check(document)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, port, param }) => `${code} ${port ?? param}`);

describe('what does not fit is told', () => {
  const onPotential = (axes: string, params: Record<string, string | number>) =>
    graph({ x: parameter(axes), u: { type: 'potential', params } }, ['x.out > u.x']);

  it.each([
    ['chain 5', {}, []],
    ['', { kind: 'harmonic' }, []],
    ['chain 5', { from: 1, to: 1 }, ['bad-param to']],
    ['chain 5, xy 2', { kind: 'two-dimensional' }, []],
    ['chain 5', { kind: 'two-dimensional' }, ['size-conflict x']],
    ['', { kind: 'two-dimensional' }, ['rank-mismatch x']],
  ] as const)('[%s] on a potential with %j', (axes, params, errors) => {
    expect(errorsOf(onPotential(axes, params))).toEqual(errors);
  });

  const checked = (params: Record<string, string | number>, rate = '') =>
    graph(
      {
        x: parameter('chain 5'),
        u: { type: 'potential', params: { count: 90 } },
        rate: parameter(rate),
        ok: { type: 'check-boltzmann', params },
      },
      ['x.out > u.x', 'x.out > ok.x', 'u.curve > ok.potential', 'u.places > ok.places', 'rate.out > ok.rate'],
    );
  it('of bins that do not hold whole cells, where histograms are compared', () => {
    expect(errorsOf(checked({ bins: 45 }))).toEqual([]);
    expect(errorsOf(checked({ bins: 50 }))).toEqual(['not-a-multiple potential']);
    expect(errorsOf(checked({ bins: 50, compare: 'mean' }))).toEqual([]);
  });
  it('of a time step that is no number', () => {
    expect(errorsOf(checked({ bins: 45 }, 'i 3'))).toEqual(['not-scalar rate']);
  });
});

describe('rows that are drawn with replacement', () => {
  /** Nothing is learned, so that losses tell which rows were taken. */
  const document = (replacement?: boolean) => ({
    ...graph(
      {
        data: {
          type: 'dataset',
          params: {
            data: 'line',
            test: 0.25,
            options: { samples: 40 },
            ...(replacement !== undefined && { replacement }),
          },
        },
        model: { type: 'linear', params: { units: 1 } },
        loss: { type: 'mse' },
        sgd: { type: 'sgd', params: { rate: 0 } },
      },
      ['data.x > model.x', 'model.y > loss.prediction', 'data.y > loss.target', 'loss.loss > sgd.loss'],
      { B: 30 },
    ),
    run: { steps: 3, seed: 1, evaluateEvery: 1 },
  });
  async function seen(of: ReturnType<typeof document>) {
    const { value } = compile(of, { dtype: 'float64' });
    const [losses, tests]: [number[], number[]] = [[], []];
    for await (const event of run(value!, await engines.reference())) {
      if (event.type === 'progress') losses.push(...(event.metrics.loss ?? []));
      if (event.type === 'evaluated') tests.push(event.metrics.testLoss as number);
    }
    return { losses, tests };
  }

  it('are others in each step, and those that are held back are as before', async () => {
    const [before, without, drawn] = [
      await seen(document()),
      await seen(document(false)),
      await seen(document(true)),
    ];
    expect(without).toEqual(before);
    // A batch of all 30 rows has one mean, whatever their order; drawn anew, rows are missing and others stand twice.
    for (const loss of before.losses) expect(loss).toBeCloseTo(before.losses[0] as number, 12);
    expect(new Set(drawn.losses.map((loss) => loss.toFixed(9))).size).toBe(3);
    expect(drawn.tests).toEqual(before.tests);
  });

  it('are told where a second node of the same data draws otherwise', () => {
    const twice = document(true);
    twice.nodes.labels = { type: 'dataset', params: { ...twice.nodes.data?.params, replacement: false } };
    const wire = Object.values(twice.edges).find(({ to }) => to.port === 'target');
    if (wire) wire.from.node = 'labels';
    const told = check(twice).diagnostics.map(({ code, param }) => `${code} ${param}`);
    expect(told).toContain('rows-apart replacement');
  });
});
