import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { readCheckpoint } from '../runtime/checkpoint-file.ts';
import { fakeWorker } from './host.test-support.ts';

const template = (name: string) => templates.find((t) => t.name === name)!.load();

/** The state that a worker has told last. */
function lastOf(worker: ReturnType<typeof fakeWorker>) {
  const { bytes, ...told } = worker.repliesOf('trained').at(-1)!;
  const { tensors, position } = readCheckpoint(bytes, 'state').value!;
  return { ...told, tensors, position };
}

/** The state after so many steps of a run that takes no more. */
async function stateAfter(document: unknown, steps: number) {
  const worker = fakeWorker();
  worker.ask({ type: 'run', id: 1, document, seed: 3, steps });
  await worker.idle();
  return lastOf(worker);
}

describe('the past of a run', () => {
  it.each(['two-moons-mlp', 'digits-attention'])('%s: any step is had again, bit for bit', async (name) => {
    const document = await template(name);
    const worker = fakeWorker();
    worker.ask({ type: 'run', id: 1, document, seed: 3, steps: 60 });
    await worker.idle();
    for (const step of [41, 7, 59, 60, 1]) {
      worker.receive({ type: 'rewind', id: 2, step });
      await worker.idle();
      const { metrics: _, id: __, ...state } = lastOf(worker);
      const { metrics: ___, id: ____, ...expected } = await stateAfter(document, step);
      expect(state).toEqual(expected);
    }
  });

  it('goes back to first values', async () => {
    const document = await template('two-moons-mlp');
    const worker = fakeWorker();
    worker.ask({ type: 'run', id: 1, document, seed: 3, steps: 20 });
    await worker.idle();
    worker.receive({ type: 'rewind', id: 2, step: 0 });
    await worker.idle();
    expect(lastOf(worker).step).toBe(0);
    worker.receive({ type: 'run', id: 3, goOn: true, steps: 20 });
    await worker.idle();
    expect(lastOf(worker).tensors).toEqual((await stateAfter(document, 20)).tensors);
  });

  it('a fork at step k equals a run that is edited at step k, and has its own past', async () => {
    const document = await template('two-moons-mlp');
    const edited = structuredClone(document);
    const optimizer = Object.values(edited.nodes).find(({ type }) => type === 'adam' || type === 'sgd')!;
    Object.assign(optimizer, { params: { ...optimizer.params, rate: 0.5 } });

    const stopped = fakeWorker();
    stopped.ask({ type: 'run', id: 1, document, seed: 3, steps: 25 });
    await stopped.idle();
    stopped.ask({ type: 'run', id: 2, document: edited, seed: 3, goOn: true, steps: 15 });
    await stopped.idle();

    const forked = fakeWorker();
    forked.ask({ type: 'run', id: 1, document, seed: 3, steps: 80 });
    await forked.idle();
    forked.receive({ type: 'rewind', id: 2, step: 25 });
    await forked.idle();
    forked.ask({ type: 'run', id: 3, document: edited, seed: 3, goOn: true, steps: 15 });
    await forked.idle();
    expect(lastOf(forked).tensors).toEqual(lastOf(stopped).tensors);

    forked.receive({ type: 'rewind', id: 4, step: 12 });
    await forked.idle();
    expect(lastOf(forked).tensors).toEqual((await stateAfter(document, 12)).tensors);
    forked.receive({ type: 'rewind', id: 5, step: 40 });
    await forked.idle();
    expect(lastOf(forked).tensors).toEqual(lastOf(stopped).tensors);
  });

  it('is computed anew from a state that was kept, where the drawing is the same', async () => {
    const document = await template('two-moons-mlp');
    const first = fakeWorker();
    first.ask({ type: 'run', id: 1, document, seed: 3, steps: 30 });
    await first.idle();
    const { bytes } = first.repliesOf('trained').at(-1)!;
    const worker = fakeWorker();
    const rewind = (id: number, whole: boolean, of = document) => {
      worker.receive({ type: 'document', document: of });
      worker.receive({ type: 'rewind', id, step: 11, whole });
      return worker.idle();
    };
    worker.receive({ type: 'state', id: 1, file: 'kept', bytes });
    const another = structuredClone(document);
    Object.assign(another, { dims: { ...another.dims, B: 16 } });
    await rewind(2, true, another);
    await rewind(3, false);
    expect(worker.replies.filter(({ id }) => id > 1).map(({ type }) => type)).toEqual(['refused', 'refused']);
    await rewind(4, true);
    expect(lastOf(worker).tensors).toEqual((await stateAfter(document, 11)).tensors);
  });
});
