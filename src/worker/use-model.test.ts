import { describe, expect, it } from 'vitest';
import { templates } from '../../templates/index.ts';
import { fakeWorker } from './host.test-support.ts';

const template = (name: string) => templates.find((t) => t.name === name)!.load();

describe('using what was trained', () => {
  it.each(['two-moons-mlp', 'digits-mlp', 'digits-transformer'])(
    '%s: held-back rows are judged as the run has measured',
    async (name) => {
      const worker = fakeWorker();
      worker.ask({ type: 'run', id: 1, document: await template(name), seed: 1, steps: 30 });
      await worker.idle();
      const finished = worker.events(1).at(-1)!;
      worker.receive({ type: 'heldBack', id: 2, most: 10_000 });
      await worker.until(() => worker.replies.some(({ id }) => id === 2));
      const { found } = worker.repliesOf('heldBack')[0]!;
      const { classes, scores, labels, rows, count, isTest } = found;
      expect([isTest, rows.length]).toEqual([true, count]);
      const right = [...labels].filter((label, i) => {
        const row = [...scores.subarray(i * classes, (i + 1) * classes)];
        return row.indexOf(Math.max(...row)) === label;
      });
      const accuracy = finished.type === 'finished' ? finished.metrics.testAccuracy : undefined;
      expect(right.length / count).toBeCloseTo(accuracy!, 6);

      const inputs = Object.fromEntries(
        found.features.map(({ key, axes, data }) => {
          const sizes = axes.map(({ size }) => size);
          return [
            key,
            {
              shape: [1, ...sizes],
              data: data.slice(
                0,
                sizes.reduce((a, b) => a * b, 1),
              ),
            },
          ];
        }),
      );
      worker.receive({ type: 'predict', id: 3, inputs, outputs: [found.port] });
      await worker.until(() => worker.replies.some(({ id }) => id === 3));
      const [value] = Object.values(worker.repliesOf('predicted')[0]!.values);
      expect(Array.from(value!.data).map((x) => x.toFixed(4))).toEqual(
        [...scores.subarray(0, classes)].map((x) => x.toFixed(4)),
      );
    },
  );

  it('is refused where nothing is classified', async () => {
    const worker = fakeWorker();
    worker.ask({ type: 'heldBack', id: 1, document: await template('matmul'), most: 10 });
    await worker.until(() => worker.replies.some(({ id }) => id === 1));
    expect(worker.repliesOf('refused')).toEqual([{ type: 'refused', id: 1, diagnostics: [] }]);
  });
});
