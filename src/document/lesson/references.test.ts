import { expect, it } from 'vitest';
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { graph } from '../../../test/support/graphs.ts';
import { check } from '../../compiler/index.ts';

const words = (en: string) => ({ en, zh: en });
const step = (more: object) => ({
  ...{ id: 'one', kind: 'see', title: words('One'), text: words('Look.') },
  ...more,
});

function taught(steps: readonly object[], checks: readonly object[] = []): GraphDocument {
  const document = graph(
    {
      a: { type: 'tensor', params: { axes: [{ name: 'i', size: 2 }] } },
      sum: { type: 'contract', params: { expression: 'i->' } },
      is: { type: 'check' },
    },
    ['a.out > sum.a', 'sum.out > is.measured'],
  );
  const lesson = { title: words('Sums'), idea: words('Add.'), steps, checks };
  return { ...document, lesson };
}

const toldOf = (document: GraphDocument) =>
  check(document).diagnostics.map(({ code, path, values }) => [
    code,
    path?.join('.'),
    (values?.what as { en: string } | undefined)?.en,
    values?.name,
  ]);

it('says nothing of a lesson that speaks of what is there', () => {
  const goal = {
    kind: 'all',
    of: [
      { kind: 'param', node: 'a', param: 'axes.0.size', not: 2 },
      { kind: 'wire', to: 'sum.a' },
      { kind: 'guessed' },
      { kind: 'problem', code: 'size-conflict' },
    ],
  };
  const guess = { kind: 'number', question: words('?'), answer: { size: 'a.out', axis: 'i' }, within: 0 };
  const look = [{ node: 'a' }, { network: 'sum' }, { wire: 'cut' }, { panel: 'plan' }];
  const checks = [{ node: 'is', name: words('is'), reason: words('exact') }];
  expect(toldOf(taught([step({ look, guess, goal })], checks))).toEqual([]);
});

it('tells each thing that is not there, once, and where', () => {
  const goal = {
    kind: 'any',
    of: [
      { kind: 'param', node: 'a', param: 'axis', not: 2 },
      { kind: 'dim', name: 'B', atLeast: 1 },
      { kind: 'node', type: 'tenser' },
      { kind: 'guessed' },
      { kind: 'check', node: 'sum' },
      { kind: 'figure', figure: { metric: 'testLoss' }, atMost: 1 },
      { kind: 'problem', code: 'size-conflicts' },
      { kind: 'wire', from: 'a.value', to: 'sum.a' },
    ],
  };
  const look = [{ node: 'b' }, { picture: 'a' }, { network: 'a' }];
  const told = toldOf(
    taught([step({ look, goal })], [{ node: 'no', name: words('no'), reason: words('none') }]),
  );
  expect(told.every(([code]) => code === 'lesson-reference')).toBe(true);
  expect(told.map((one) => one.slice(1))).toEqual([
    ['lesson.steps.0.look.0', 'node', 'b'],
    ['lesson.steps.0.look.1', 'picture', 'a'],
    ['lesson.steps.0.look.2', 'contraction', 'a'],
    ['lesson.steps.0.goal', 'parameter', 'a axis'],
    ['lesson.steps.0.goal', 'size', 'B'],
    ['lesson.steps.0.goal', 'node type', 'tenser'],
    ['lesson.steps.0.goal', 'guess', 'one'],
    ['lesson.steps.0.goal', 'check', 'sum'],
    ['lesson.steps.0.goal', 'metric', 'testLoss'],
    ['lesson.steps.0.goal', 'diagnostic', 'size-conflicts'],
    ['lesson.steps.0.goal', 'port', 'a.value'],
    ['lesson.checks.0', 'check', 'no'],
  ]);
});

it('tells a lesson that is none, and the drawing is as sound as before', () => {
  expect(toldOf({ ...taught([]) })).toEqual([['lesson-shape', 'lesson.steps', undefined, undefined]]);
});
