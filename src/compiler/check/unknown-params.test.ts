import { expect, it } from 'vitest';
import { graph } from '../../../test/support/graphs.ts';
import { edited } from '../../document/apply-edits.ts';
import { fixesFor } from '../fixes/index.ts';
import { check, compile } from '../index.ts';

const training = (params: Record<string, number>) =>
  graph(
    {
      w: { type: 'parameter', params: { axes: [] } },
      mse: { type: 'mse' },
      zero: { type: 'tensor', params: { axes: [], fill: 'zeros' } },
      o: { type: 'adam', params },
    },
    ['w.out > mse.prediction', 'zero.out > mse.target', 'mse.loss > o.loss'],
  );

it('a parameter that the type does not know warns, with the name that was meant, and the graph still runs', () => {
  const document = training({ learningRate: 3 });
  const checked = check(document);
  expect(checked.diagnostics.map((d) => [d.code, d.severity, d.node, d.param])).toEqual([
    ['unknown-param', 'warning', 'o', 'learningRate'],
  ]);
  const [warning] = checked.diagnostics;
  expect(warning?.message.en).toBe('Adam has no parameter “learningRate”: it changes nothing.');
  expect(warning?.remedy.en).toBe('Remove it, or call it “rate”.');
  expect(compile(document).value).toBeDefined();
  const fixes = fixesFor(document, checked, warning as NonNullable<typeof warning>, check);
  expect(fixes.map(({ edits }) => edited(document, edits).nodes.o?.params)).toEqual([{ rate: 3 }, {}]);
});

it('offers no name that is taken, and none where no name is near', () => {
  const remedies = (params: Record<string, number>) =>
    check(training(params)).diagnostics.map((d) => d.remedy.en);
  expect(remedies({ learningRate: 3, rate: 1 })).toEqual(['Remove it.']);
  expect(remedies({ dropout: 0.5 })).toEqual(['Remove it.']);
});

it('an option that a data set does not have warns as well', () => {
  const moons = (options: Record<string, number>) =>
    graph(
      { d: { type: 'dataset', params: { data: 'two-moons', options } }, p: { type: 'probe' } },
      ['d.x > p.x'],
      { B: 8 },
    );
  const told = check(moons({ sample: 100 })).diagnostics;
  expect(told.map((d) => [d.code, d.node, d.param, d.message.en, d.remedy.en])).toEqual([
    [
      'unknown-param',
      'd',
      'options',
      'Two moons has no parameter “sample”: it changes nothing.',
      'Remove it, or call it “samples”.',
    ],
  ]);
  expect(check(moons({ samples: 100 })).diagnostics).toEqual([]);
});
