/** Documents with blocks compute what they do written out flat, and are checked edit by edit as from scratch. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { check, compile, createChecker } from '../../src/compiler/index.ts';
import { repeatsOf } from '../../src/compiler/repeat/state-names.ts';
import { type Compiled, randomKeyInput, stepInput } from '../../src/compiler/types.ts';
import type { Op, Program } from '../../src/ir/program.ts';
import { engines } from '../../src/numeric/index.ts';
import { initialise, type State } from '../../src/runtime/initialise.ts';
import { randomKey } from '../../src/runtime/random-key.ts';
import { readValue } from '../../src/runtime/value-reader.ts';
import { randomBlocks, shuffled, writtenFlat } from '../support/block-documents.ts';
import { graph } from '../support/graphs.ts';
import { type Edit, edit } from '../support/random-graphs.ts';

/** PROPERTY_RUNS=10000 tries as many documents as a release is held to: some minutes for each property. */
const asked = process.env.PROPERTY_RUNS;
const patience = asked === undefined ? 90_000 : 6 * 3_600_000;
const runs = (usual: number) => ({
  numRuns: Number(asked ?? usual),
  interruptAfterTimeLimit: patience,
});
const seed = fc.integer();

function compiled(document: GraphDocument, options: Parameters<typeof compile>[1] = {}): Compiled {
  const { value, diagnostics } = compile(document, { dtype: 'float64', ...options });
  if (!value) throw new Error(diagnostics.map((d) => `${d.code} at ${d.node}: ${d.message.en}`).join('\n'));
  return value;
}

/** A program up to the names of inputs and the keys of random streams. */
function canonical({ ops, outputs, updates }: Program) {
  const names = new Map<unknown, string>();
  const known = (name: unknown) => {
    if (!names.has(name)) names.set(name, `#${names.size}`);
    return names.get(name);
  };
  const plain = (op: Op) => {
    const { source: _, ...rest } = op as Op & { absorbed?: unknown };
    delete rest.absorbed;
    if (rest.kind === 'input') return { ...rest, name: known(rest.name) };
    return rest.kind === 'random' ? { ...rest, stream: known(rest.stream) } : rest;
  };
  return {
    ops: ops.map(plain),
    outputs: outputs.map(({ value }) => value),
    updates: updates.map(({ state, value }) => ({ state: known(state), value })),
  };
}

/** State by the name of each repeat. */
const apart = ({ state }: Compiled, values: State): Map<string, number[]> =>
  new Map(
    state.flatMap((spec) =>
      repeatsOf(spec).map(({ name, from, to }) => [
        name,
        Array.from(values.get(spec.name) as ArrayLike<number>).slice(from, to),
      ]),
    ),
  );

interface Trained {
  readonly losses: readonly number[];
  readonly state: ReadonlyMap<string, readonly number[]>;
}

/** The loss of each of some steps, and the state after them, on the reference engine. */
async function train(program: Compiled, first: State, steps = 5): Promise<Trained> {
  const { plan, metrics } = program.train as NonNullable<Compiled['train']>;
  const executable = await (await engines.reference()).load(plan);
  for (const [name, values] of first) if (Object.hasOwn(plan.inputs, name)) executable.write(name, values);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    if (Object.hasOwn(plan.inputs, randomKeyInput)) executable.write(randomKeyInput, randomKey(1, step));
    if (Object.hasOwn(plan.inputs, stepInput)) executable.write(stepInput, [step]);
    await executable.advance(1);
    losses.push(...Array.from(await executable.read(metrics.loss as string)));
  }
  const after = new Map<string, ArrayLike<number>>();
  for (const { name } of program.state)
    after.set(name, Object.hasOwn(plan.inputs, name) ? await executable.read(name) : (first.get(name) ?? []));
  executable.dispose();
  return { losses, state: apart(program, after) };
}

/** `a/3/b.weight`, also within the name of an optimizer's state, as the flat document has it. */
const flatName = (name: string): string => name.replaceAll('/', '.');

/**
 * The two passes that use laws which hold for numbers and not for floats, and see more where a repeat is written out:
 * `simplify` makes one factor of two, x/2/3 = x/6, and `mergeContractions` one network of two contractions, whose
 * order is then searched as a whole, (AB)C = A(BC). In a loop the factors or matrices of two iterations never stand in
 * one program; written out they do, so no order of sums makes the two forms equal to the bit. All other passes keep
 * each rounding, and so they are on. With these two on as well, the forms agree but for rounding: the next property.
 */
const without = ['simplify', 'mergeContractions'] as const;

/** The values of every port, on the reference engine. */
async function show({ forward }: Compiled, first: State): Promise<Map<string, number[]>> {
  const executable = await (await engines.reference()).load(forward.plan);
  for (const [name, values] of first)
    if (Object.hasOwn(forward.plan.inputs, name)) executable.write(name, values);
  await executable.advance(1);
  const shown = new Map<string, number[]>();
  for (const key of Object.keys(forward.values))
    shown.set(key, Array.from((await readValue(forward, executable, key))?.data ?? []));
  executable.dispose();
  return shown;
}

/** Two trainings that are to have the same bits; `nameOf`: what the second calls a tensor of the first. */
function expectSame(ours: Trained, theirs: Trained, nameOf = (name: string) => name): void {
  expect(ours.losses).toEqual(theirs.losses);
  for (const [name, values] of ours.state) {
    const others = theirs.state.get(nameOf(name));
    // A stack is trained as a whole: an optimizer keeps something for a repeat that no result depends on.
    if (!others && /^opt[.]/.test(name)) continue;
    expect(values, name).toEqual(others);
  }
}

/** The largest difference between two trainings, in parts of the largest number of the tensor that it is in. */
function farthest(ours: Trained, theirs: Trained): number {
  const pairs = [...ours.state].map(([name, values]) => [values, theirs.state.get(name) ?? []] as const);
  const apartBy = [[ours.losses, theirs.losses] as const, ...pairs].map(([a, b]) => {
    const size = Math.max(...a.map(Math.abs), Number.MIN_VALUE);
    return Math.max(
      0,
      ...a.map((x, i) => (Object.is(x, b[i]) ? 0 : Math.abs(x - (b[i] ?? Number.NaN)) / size)),
    );
  });
  return Math.max(...apartBy);
}

/** The document with gradient descent: Adam divides a gradient by its size, and so makes steps of rounding. */
function descending({ nodes, ...document }: GraphDocument): GraphDocument {
  return { ...document, nodes: { ...nodes, opt: { type: 'sgd', params: { rate: 0.05 } } } };
}

/** Makes an edit in the document's own drawing, or in that of a block. */
function editLevel(document: GraphDocument, at: number, change: Edit): GraphDocument {
  const [id, block] = Object.entries(document.blocks)[at - 1] ?? [];
  if (id === undefined || !block) return change(document);
  const { nodes, edges, dims } = change({
    ...document,
    nodes: block.nodes,
    edges: block.edges,
    dims: block.dims,
  });
  return { ...document, blocks: { ...document.blocks, [id]: { ...block, nodes, edges, dims } } };
}

const useChange = fc.oneof(
  fc.record({ repeat: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ shared: fc.boolean() }),
  fc.record({ block: fc.constantFrom('b0', 'b1', 'b2', 'gone') }),
  fc.record({ dims: fc.constantFrom({}, { w: 5 }, { w: 'd' }, { w: 'oops(' }, { q: 3 }) }),
  fc.record({ numbers: fc.constantFrom({}, { s: 2 }, { p: 1 }) }),
);

/** Changes how some node of type block uses its block. */
function editUse(document: GraphDocument, at: number, change: object): GraphDocument {
  const levels = [document, ...Object.values(document.blocks)];
  const uses = levels.flatMap(({ nodes }, i) =>
    Object.entries(nodes).flatMap(([id, node]) => (node.type === 'block' ? [{ i, id, node }] : [])),
  );
  const use = uses[at % Math.max(1, uses.length)];
  if (!use) return document;
  const { i, id, node } = use;
  const changed = { ...node, params: { ...node.params, ...change } };
  return editLevel(document, i, (d) => ({ ...d, nodes: { ...d.nodes, [id]: changed } }));
}

/** An edit of the document, or of one of its blocks. */
const blockEdit: fc.Arbitrary<Edit> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.nat(5), edit).map(
      ([at, change]): Edit =>
        (d) =>
          editLevel(d, at, change),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(), useChange).map(
      ([at, change]): Edit =>
        (d) =>
          editUse(d, at, change),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.nat(5).map(
      (at): Edit =>
        ({ blocks, ...d }) => ({
          ...d,
          blocks: Object.fromEntries(Object.entries(blocks).filter((_, i) => i !== at)),
        }),
    ),
  },
);

describe('a document with blocks', () => {
  it(
    'where nothing repeats is the very program of the document written out flat',
    () => {
      fc.assert(
        fc.property(seed, (n) => {
          const document = randomBlocks(n, { repeats: false, shared: false, draws: true });
          const flat = writtenFlat(document);
          expect(check(document).diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
          const [ours, theirs] = [compiled(document), compiled(flat)];
          expect(canonical(ours.train!.program)).toEqual(canonical(theirs.train!.program));
          expect(canonical(ours.forward.program)).toEqual(canonical(theirs.forward.program));
        }),
        runs(40),
      );
    },
    patience,
  );

  it(
    'where something repeats shows the same numbers and trains to the same parameters, bit for bit',
    async () => {
      await fc.assert(
        fc.asyncProperty(seed, async (n) => {
          const document = randomBlocks(n, { repeats: true, shared: false, draws: false });
          const options = { without, expose: 'all' } as const;
          const [ours, theirs] = [compiled(document, options), compiled(writtenFlat(document), options)];
          const first = initialise(ours.state, 1);
          const own = new Map([...apart(ours, first)].map(([name, values]) => [flatName(name), values]));
          const [shown, flatShown] = [await show(ours, first), await show(theirs, own)];
          const renamed = new Map([...shown].map(([key, values]) => [flatName(key), values]));
          for (const [key, values] of flatShown) expect(renamed.get(key), key).toEqual(values);
          expectSame(await train(ours, first), await train(theirs, own), flatName);
        }),
        runs(20),
      );
    },
    patience,
  );

  it(
    'shares parameters and draws the same numbers, bit for bit, in loops and written out, in whatever order it is drawn',
    async () => {
      await fc.assert(
        fc.asyncProperty(seed, async (n) => {
          const document = shuffled(n, randomBlocks(n, { repeats: true, shared: true, draws: true }));
          const [ours, theirs] = [
            compiled(document, { without }),
            compiled(document, { without, writeOut: true }),
          ];
          const first = initialise(ours.state, 1);
          expectSame(await train(ours, first), await train(theirs, first));
        }),
        // Loops within a repeat of one iteration, ordered by themselves; carries of which every other one is pulled back.
        { ...runs(20), examples: [[1212928692], [-449694009]] },
      );
    },
    patience,
  );

  it(
    'agrees in loops and written out but for rounding where every pass is on',
    async () => {
      await fc.assert(
        fc.asyncProperty(seed, async (n) => {
          const document = descending(randomBlocks(n, { repeats: true, shared: true, draws: true }));
          const [ours, theirs] = [compiled(document), compiled(document, { writeOut: true })];
          const first = initialise(ours.state, 1);
          expect(farthest(await train(ours, first, 1), await train(theirs, first, 1))).toBeLessThan(1e-12);
        }),
        runs(10),
      );
    },
    patience,
  );

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

  it(
    'edit by edit is checked as from scratch',
    () => {
      fc.assert(
        fc.property(seed, fc.array(blockEdit, { minLength: 5, maxLength: 25 }), (n, edits) => {
          let document = randomBlocks(n, { repeats: true, shared: true, draws: true });
          const checker = createChecker();
          checker(document);
          for (const change of edits) {
            document = change(document);
            const [ours, scratch] = [checker(document), check(document)];
            expect(ours.diagnostics).toEqual(scratch.diagnostics);
            expect({ ...ours.nodes }).toEqual({ ...scratch.nodes });
            expect({ ...ours.edges }).toEqual({ ...scratch.edges });
            expect(ours.order).toEqual(scratch.order);
            // What passes compiles, and what does not is refused; neither throws.
            compile(document, { partial: true });
          }
        }),
        runs(12),
      );
    },
    patience,
  );
});
