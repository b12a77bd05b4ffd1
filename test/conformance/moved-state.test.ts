/** Trained state stays with nodes that move into blocks and out of them, by grouping and ungrouping in the editor. */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { check, compile } from '../../src/compiler/index.ts';
import { repeatsOf } from '../../src/compiler/repeat/state-names.ts';
import { createEditor } from '../../src/editor/index.ts';
import { engines } from '../../src/numeric/index.ts';
import type { Checkpoint } from '../../src/runtime/checkpoint.ts';
import { openModel } from '../../src/runtime/model.ts';
import { findMoved } from '../../src/runtime/moved-state.ts';
import { restore } from '../../src/runtime/restore.ts';
import { graph } from '../support/graphs.ts';

const axes = [
  { name: 'batch', size: 2 },
  { name: 'i', size: 3 },
];
const drawn = (): GraphDocument =>
  graph(
    {
      src: { type: 'tensor', params: { axes, fill: 'normal', seed: 1 } },
      a: { type: 'linear', params: { units: 3, name: 'i' } },
      b: { type: 'activation', params: { function: 'tanh' } },
      c: { type: 'linear', params: { units: 3, name: 'i' } },
      aim: { type: 'tensor', params: { axes, fill: 'normal', seed: 2 } },
      loss: { type: 'mse' },
      opt: { type: 'adam', params: { rate: 0.1 } },
    },
    ['src.out > a.x', 'a.y > b.x', 'b.y > c.x', 'c.y > loss.prediction', 'aim.out > loss.target'].concat(
      'loss.loss > opt.loss',
    ),
  );

async function trained(document: GraphDocument): Promise<Checkpoint> {
  const engine = await engines.reference();
  const model = await openModel(document, { engine });
  let last: Checkpoint | undefined;
  for await (const event of model.run({ steps: 3 })) if (event.type === 'finished') last = event.checkpoint;
  return last as Checkpoint;
}

/** The state of a document that takes a checkpoint over, tensor by tensor; nothing of it may begin anew. */
function takenBy(document: GraphDocument, checkpoint: Checkpoint): Map<string, number[]> {
  const compiled = compile(document, { dtype: 'float64' }).value!;
  const { state, report } = restore(compiled, checkpoint);
  expect(report).toMatchObject({ fresh: [], left: [] });
  return new Map(
    compiled.state.flatMap((spec) =>
      repeatsOf(spec).map(({ name, from, to }) => [name, Array.from(state.get(spec.name)!).slice(from, to)]),
    ),
  );
}

const saved = ({ tensors }: Checkpoint, name: string) => [...tensors.get(name)!.data];

describe('trained state', () => {
  it('goes into a block with what is grouped, repeats with it, and comes out again', async () => {
    const editor = createEditor(drawn());
    const before = await trained(drawn());
    editor.dispatch({ type: 'group', selection: { nodes: ['b', 'c'], edges: [] } });
    const grouped = takenBy(editor.getState().document, before);
    expect(grouped.get('block1/c.weight')).toEqual(saved(before, 'c.weight'));
    expect(grouped.get('opt.mean.block1/c.weight')).toEqual(saved(before, 'opt.mean.c.weight'));
    expect(grouped.get('a.weight')).toEqual(saved(before, 'a.weight'));

    const inside = await trained(editor.getState().document);
    editor.dispatch({ type: 'ungroup', node: 'block1' });
    expect(takenBy(editor.getState().document, inside).get('c.weight')).toEqual(
      saved(inside, 'block1/c.weight'),
    );
  });

  it('stays with the first where a block no longer repeats, and with each where it is written out', async () => {
    const editor = createEditor(drawn());
    editor.dispatch({ type: 'group', selection: { nodes: ['b', 'c'], edges: [] } });
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'repeat', value: 3 });
    const checkpoint = await trained(editor.getState().document);

    editor.dispatch({ type: 'ungroup', node: 'block1' });
    const apart = takenBy(editor.getState().document, checkpoint);
    for (const i of [0, 1, 2])
      expect(apart.get(`block1-${i}-c.weight`)).toEqual(saved(checkpoint, `block1/${i}/c.weight`));
    expect(apart.get('opt.mean.block1-2-c.bias')).toEqual(saved(checkpoint, 'opt.mean.block1/2/c.bias'));

    editor.undo();
    editor.dispatch({ type: 'setParam', node: 'block1', key: 'repeat', value: undefined });
    const { state, report } = restore(compile(editor.getState().document).value!, checkpoint);
    expect(report.fresh).toEqual([]);
    expect(Array.from(state.get('block1/c.weight')!)).toEqual(saved(checkpoint, 'block1/0/c.weight'));
    expect(check(editor.getState().document).diagnostics).toEqual([]);
  });
});

describe('a saved tensor under another name', () => {
  const found = (missing: string[], unclaimed: string[]) =>
    Object.fromEntries(
      findMoved(
        missing.map((name) => ({ name, shape: [] })),
        unclaimed,
        () => true,
      ),
    );

  it.each([
    [['a/x.w'], ['x.w'], { 'a/x.w': 'x.w' }],
    [['x.w'], ['a/b/x.w'], { 'x.w': 'a/b/x.w' }],
    [['a/3/c/x.w'], ['a/3/x.w'], { 'a/3/c/x.w': 'a/3/x.w' }],
    [['a/0/x.w', 'a/1/x.w'], ['a/x.w'], { 'a/0/x.w': 'a/x.w' }],
    [['x.w', 'b-x.w'], ['a/x.w', 'b/x.w'], { 'x.w': 'a/x.w', 'b-x.w': 'b/x.w' }],
    // Another index, another node, another tensor.
    [['a/x.w'], ['a/1/x.w', 'a/y.w', 'a/x.v', 'b/x.w'], {}],
  ])('%j among %j', (missing, unclaimed, expected) => {
    expect(found(missing, unclaimed)).toEqual(expected);
  });
});
