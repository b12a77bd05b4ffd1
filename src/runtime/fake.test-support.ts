/**
 * For tests of the runtime alone: a compiled document written by hand, and an engine that computes it in
 * a few lines of JavaScript. It fits one number w to the mean of a column: loss = mean (w − x)².
 */
import type { Compiled, CompiledProgram, DataSpec, ProgramKind } from '../compiler/types.ts';
import type { Plan } from '../ir/plan.ts';
import { usualCaches } from '../ir/target.ts';
import type { Engine } from '../numeric/engine.ts';

export interface FakeOptions {
  readonly rate?: number;
  readonly steps?: number;
  readonly evaluateEvery?: number;
  readonly testFraction?: number;
  readonly batch?: number;
  /** Rows of the two-moons set, whose first column is fitted. */
  readonly samples?: number;
}

export function fakeCompiled(options: FakeOptions = {}): Compiled {
  const { rate = 0.1, steps = 10, evaluateEvery = 5, testFraction = 0.25, batch = 4, samples = 16 } = options;
  const data: DataSpec = {
    node: 'moons',
    dataset: 'two-moons',
    options: { samples },
    rows: samples,
    group: 1,
    testFraction,
    splitSeed: 1,
    batch,
    columns: { x: 'moons.x' },
    widths: { x: 2 },
    indices: 'moons.rows',
  };
  const program = (kind: ProgramKind, rows: number): CompiledProgram => {
    const shapes: Record<string, readonly number[]> = {
      w: [],
      'moons.x': [samples, 2],
      'moons.rows': [rows],
      loss: [],
      seen: [rows],
      rate: [],
    };
    const names = Object.keys(shapes);
    const buffer = (name: string) => names.indexOf(name);
    const plan: Plan = {
      dtype: 'float64',
      caches: usualCaches,
      bytes: 64 * names.length,
      buffers: names.map((name, i) => ({
        shape: shapes[name]!,
        offset: 64 * i,
        bytes: 64,
        source: name,
      })),
      steps: [
        {
          kind: 'fill',
          out: { buffer: buffer('loss'), offset: 0 },
          count: 1,
          value: 0,
          flops: 0,
          source: 'error',
        },
      ],
      inputs: {
        w: { buffer: buffer('w'), role: 'state' },
        'moons.x': { buffer: buffer('moons.x'), role: 'data' },
        'moons.rows': { buffer: buffer('moons.rows'), role: 'feed' },
      },
      outputs: { loss: buffer('loss'), seen: buffer('seen'), w: buffer('w') },
      constants: [{ buffer: buffer('rate'), data: [kind === 'train' ? rate : 0] }],
      metrics: { loss: buffer('loss') },
    };
    const made: CompiledProgram = {
      kind,
      program: {
        ops: names.map((name) => ({ kind: 'input', name, role: 'state', shape: shapes[name]! })),
        outputs: ['loss', 'seen', 'w'].map((name) => ({ name, value: buffer(name) })),
        updates: [],
      },
      plan,
      feeds: [],
      drawn: [],
      networks: [],
      choices: [],
      checks: [],
      whyNotFinite: () => undefined,
      unfused: () => made,
      metrics: { loss: 'loss' },
      values: { 'mean.out': 'w', 'batch.out': 'seen' },
      parts: {},
      axes: { 'mean.out': [], 'batch.out': ['B'] },
    };
    return made;
  };
  return {
    train: program('train', batch),
    evaluations: testFraction > 0 ? [program('evaluate', Math.round(samples * testFraction))] : [],
    forward: program('forward', batch),
    choices: [],
    state: [{ name: 'w', stream: 'w', shape: [], trainable: true, init: { kind: 'normal', scale: 3 } }],
    data: [data],
    run: { steps, seed: 1, evaluateEvery },
  };
}

export const fakeEngine: Engine = {
  name: 'reference',
  variant: 'scalar',
  async load(plan) {
    const memory = new Map(
      [
        ...Object.entries(plan.inputs).map(([name, input]) => [name, input.buffer] as const),
        ...Object.entries(plan.outputs),
      ].map(
        ([name, buffer]) =>
          [name, new Float64Array(plan.buffers[buffer]!.shape.reduce((n, s) => n * s, 1))] as const,
      ),
    );
    const at = (name: string) => memory.get(name)!;
    const rate = (plan.constants[0]!.data as readonly number[])[0]!;
    const step = () => {
      const rows = at('moons.rows');
      const seen = rows.map((row) => at('moons.x')[2 * row]!);
      const w = at('w')[0]!;
      at('seen').set(seen);
      at('loss')[0] = seen.reduce((sum, x) => sum + (w - x) ** 2, 0) / seen.length;
      at('w')[0] = w - (rate * seen.reduce((sum, x) => sum + 2 * (w - x), 0)) / seen.length;
    };
    return {
      plan,
      write: (name, data) => at(name).set(data),
      read: async (name) => at(name).slice(),
      async advance(steps, feeds = {}) {
        const loss = new Float64Array(steps);
        for (let i = 0; i < steps; i++) {
          for (const [name, data] of Object.entries(feeds)) {
            const size = at(name).length;
            at(name).set(Array.from({ length: size }, (_, j) => data[i * size + j]!));
          }
          step();
          loss[i] = at('loss')[0]!;
        }
        return { loss };
      },
      async repeatStep(_, times) {
        for (let i = 0; i < times; i++) step();
      },
      async advanceChecked() {
        step();
        const isSound = Number.isFinite(at('loss')[0]) && Number.isFinite(at('w')[0]);
        return isSound ? undefined : { path: [0], iterations: [], value: at('loss')[0]! };
      },
      dispose: () => memory.clear(),
    };
  },
};
