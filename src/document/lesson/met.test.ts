import { describe, expect, it } from 'vitest';
import type { Figure, Goal } from '../../../graph-schema/lesson.ts';
import { graph } from '../../../test/support/graphs.ts';
import { check } from '../../compiler/index.ts';
import type { MeasuredState } from './lesson-state.ts';
import { isClose, measuredFigure, rightOption } from './measured-figure.ts';
import { met } from './met.ts';

const document = graph(
  {
    a: {
      type: 'tensor',
      params: {
        axes: [
          { name: 'i', size: 2 },
          { name: 'j', size: 'n' },
        ],
      },
    },
    half: { type: 'scale', params: { factor: 0.25 } },
    plain: { type: 'scale' },
    is: { type: 'check' },
  },
  ['a.out > half.x', 'half.out > plain.x', 'plain.out > is.measured'],
  { n: 3, free: { free: true } },
);
const at = { document, checked: check(document) };

const nothing: MeasuredState = { values: {}, metrics: {}, checks: [], steps: 0, guessed: false };
const measured: MeasuredState = {
  ...nothing,
  values: {
    'half.out': { shape: [2, 3], data: [0, 1, 2, 3, 4, 5], min: 0, max: 5, mean: 2.5, deviation: 1.7 },
  },
  metrics: { loss: 0.5 },
  checks: [{ node: 'is', value: 3, theory: 4, residual: 1, met: false }],
  steps: 10,
};

const isMet = (goal: Goal, in_: MeasuredState = measured) => met(goal, at, in_);

describe('met', () => {
  it.each<[string, Goal, boolean]>([
    ['a parameter that is written', { kind: 'param', node: 'half', param: 'factor', equals: 0.25 }, true],
    ['another number', { kind: 'param', node: 'half', param: 'factor', equals: 0.5 }, false],
    ['a default that is not written', { kind: 'param', node: 'plain', param: 'factor', equals: 0.5 }, true],
    ['a bound', { kind: 'param', node: 'half', param: 'factor', atLeast: 0.3 }, false],
    ['two bounds', { kind: 'param', node: 'half', param: 'factor', atLeast: 0.2, atMost: 0.3 }, true],
    ['any other value', { kind: 'param', node: 'half', param: 'factor', not: 0.25 }, false],
    ['a place inside', { kind: 'param', node: 'a', param: 'axes.1.size', equals: 'n' }, true],
    ['a whole list', { kind: 'param', node: 'a', param: 'axes.0', equals: { size: 2, name: 'i' } }, true],
    ['a node that is gone', { kind: 'param', node: 'gone', param: 'factor', not: 1 }, false],
    ['a size', { kind: 'dim', name: 'n', equals: 3 }, true],
    ['a size that is open', { kind: 'dim', name: 'free', atLeast: 0 }, false],
    ['a wire', { kind: 'wire', from: 'a.out', to: 'half.x', present: true }, true],
    ['a wire from anywhere', { kind: 'wire', to: 'half.x', present: false }, false],
    ['no wire', { kind: 'wire', from: 'half.out', to: 'half.x', present: false }, true],
    ['a node type', { kind: 'node', type: 'scale' }, true],
    ['how many of it', { kind: 'node', type: 'scale', atLeast: 3 }, false],
    ['none of it', { kind: 'node', type: 'delta', equals: 0 }, true],
    ['a run', { kind: 'ran' }, true],
    ['a longer run', { kind: 'ran', steps: 11 }, false],
    ['a check', { kind: 'check', node: 'is', met: true }, false],
    ['a check that fails', { kind: 'check', node: 'is', met: false }, true],
    ['a figure', { kind: 'figure', figure: { metric: 'loss' }, atMost: 0.5 }, true],
    ['a figure that nobody knows', { kind: 'figure', figure: { metric: 'accuracy' }, atMost: 1 }, false],
    ['no error', { kind: 'problem', present: false }, true],
    ['a diagnostic', { kind: 'problem', code: 'size-conflict', present: true }, false],
    ['a guess', { kind: 'guessed' }, false],
    ['one of two', { kind: 'any', of: [{ kind: 'guessed' }, { kind: 'ran' }] }, true],
    ['both', { kind: 'all', of: [{ kind: 'guessed' }, { kind: 'ran' }] }, false],
  ])('%s', (_, goal, expected) => expect(isMet(goal)).toBe(expected));

  it('is not met by what was not measured yet', () => {
    expect(isMet({ kind: 'check', node: 'is', met: false }, nothing)).toBe(false);
    expect(isMet({ kind: 'ran' }, nothing)).toBe(false);
  });
});

describe('measuredFigure', () => {
  it.each<[Figure, number | undefined]>([
    [{ check: 'is' }, 3],
    [{ check: 'is', of: 'residual' }, 1],
    [{ metric: 'loss' }, 0.5],
    [{ port: 'half.out', at: [1, 2] }, 5],
    [{ port: 'half.out', at: [0, 3] }, undefined],
    [{ port: 'half.out', at: [1] }, undefined],
    [{ port: 'half.out', statistic: 'max' }, 5],
    [{ port: 'gone.out' }, undefined],
    [{ size: 'a.out' }, 6],
    [{ size: 'a.out', axis: 'j' }, 3],
    [{ size: 'a.out', axis: 'k' }, undefined],
    [{ rank: 'a.out' }, 2],
    [{ rank: 'is.measured' }, 2],
  ])('%j', (figure, expected) => expect(measuredFigure(figure, at, measured)).toBe(expected));
});

describe('a guess', () => {
  const text = { en: '', zh: '' };
  it('is right in the first range that the figure lies in', () => {
    const options = [
      { text, to: 1 },
      { text, from: 1, to: 2 },
      { text, from: 3 },
    ];
    const of = { kind: 'choice', question: text, options, answer: { metric: 'loss' } } as const;
    expect([0, 1, 1.5, 2.5, 9].map((figure) => rightOption(of, figure))).toEqual([0, 0, 1, undefined, 2]);
  });
  it('is close within a part of the figure, of 0 within a number', () => {
    expect(isClose({ within: 0.1 }, 11, 10)).toBe(true);
    expect(isClose({ within: 0.1 }, 11.1, 10)).toBe(false);
    expect(isClose({ within: 0.1 }, -0.1, 0)).toBe(true);
    expect(isClose({ within: 0.1 }, Number.NaN, 10)).toBe(false);
  });
});
