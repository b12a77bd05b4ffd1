/** Two mistakes in series: the first hides the second, and is cured all the same, with its wires kept; then the second is. */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Diagnostic } from '../../src/base/diagnostic.ts';
import { fixesFor } from '../../src/compiler/fixes/index.ts';
import { check, createChecker } from '../../src/compiler/index.ts';
import { edited } from '../../src/document/apply-edits.ts';
import { graph } from '../support/graphs.ts';

const parameter = (...axes: [name: string, size: number][]) => ({
  type: 'parameter',
  params: { axes: axes.map(([name, size]) => ({ name, size })) },
});
const contraction = (expression: string) => ({ type: 'contract', params: { expression } });
const linear = (units: number, name: string) => ({ type: 'linear', params: { units, name } });
const image = {
  type: 'rearrange',
  params: { pattern: 'b (y x) -> b y x', sizes: [{ name: 'y', size: 8 }] },
};

/** A classifier of digits: `nodes` and `wires` from the data to the output `scores`, and what trains it. */
const classifier = (nodes: Parameters<typeof graph>[0], scores: string, ...wires: string[]) =>
  graph(
    {
      digits: { type: 'dataset', params: { data: 'digits' } },
      ...nodes,
      loss: { type: 'cross-entropy' },
      train: { type: 'adam' },
    },
    [...wires, `${scores} > loss.logits`, 'digits.y > loss.target', 'loss.loss > train.loss'],
    { B: 32 },
  );

/** What is cured first and by what, and what is left: cured next, until nothing is. */
const series: readonly [what: string, document: GraphDocument, titles: readonly string[]][] = [
  [
    'a missing flatten, then weights for another width',
    classifier(
      { image, W: parameter(['p', 128], ['c', 10]), scores: contraction('bp,pc->bc') },
      'scores.out',
      'digits.x > image.x',
      'image.y > scores.a',
      'W.out > scores.b',
    ),
    ['Insert a Flatten before Contract “scores”: B×8×8 → B×64', 'Set p of Parameter “W” to 64 (now 128)'],
  ],
  [
    'a missing flatten, then a residual of another width',
    classifier(
      { image, up: linear(48, 'h'), sum: { type: 'add' }, scores: linear(10, 'c') },
      'scores.y',
      'digits.x > image.x',
      'image.y > up.x',
      'up.y > sum.a',
      'digits.x > sum.b',
      'sum.out > scores.x',
    ),
    ['Insert a Flatten before Linear “up”: B×8×8 → B×64', 'Set Units of Linear “up” to 64 (now 48)'],
  ],
  [
    'swapped operands, then too few classes',
    classifier(
      { W: parameter(['p', 64], ['c', 9]), scores: contraction('bp,pc->bc') },
      'scores.out',
      'W.out > scores.a',
      'digits.x > scores.b',
    ),
    ['Swap a and b of Contract “scores”', 'Set c of Parameter “W” to 10 (now 9)'],
  ],
  [
    'a bias of another width, then a batch that was lost before it',
    classifier(
      {
        W: parameter(['p', 64], ['c', 10]),
        bias: parameter(['c', 12]),
        scores: contraction('bp,pc->c'),
        sum: { type: 'add' },
      },
      'sum.out',
      'digits.x > scores.a',
      'W.out > scores.b',
      'scores.out > sum.a',
      'bias.out > sum.b',
    ),
    ['Set c of Parameter “bias” to 10 (now 12)', 'Write bp,pc->bc instead of bp,pc->c in Contract “scores”'],
  ],
  [
    'rows where images are wanted, then weights for another width',
    classifier(
      {
        conv: { type: 'conv2d', params: { channels: 4 } },
        flat: { type: 'flatten' },
        W: parameter(['p', 100], ['c', 10]),
        scores: contraction('bp,pc->bc'),
      },
      'scores.out',
      'digits.x > conv.x',
      'conv.y > flat.x',
      'flat.y > scores.a',
      'W.out > scores.b',
    ),
    [
      'Make images of the rows before Convolution 2D “conv”: B×64 → B×1×8×8',
      'Set p of Parameter “W” to 144 (now 100)',
    ],
  ],
  [
    'a missing wire, then weights for another width',
    classifier(
      {
        image,
        flat: { type: 'flatten' },
        W: parameter(['p', 128], ['c', 10]),
        scores: contraction('bp,pc->bc'),
      },
      'scores.out',
      'digits.x > image.x',
      'flat.y > scores.a',
      'W.out > scores.b',
    ),
    ['Connect Rearrange “image”.y to “x”', 'Set p of Parameter “W” to 64 (now 128)'],
  ],
];

const grave = ({ severity }: Diagnostic) => severity !== 'info';

describe.each(series)('%s', (_, document, titles) => {
  it('are each cured by the fix that is offered first', () => {
    const checker = createChecker();
    let now = document;
    for (const title of titles) {
      const checked = checker(now);
      const offered = checked.diagnostics.filter(grave).map((d) => fixesFor(now, checked, d, checker));
      const fix = offered.map(([first]) => first).find((first) => first?.title.en === title);
      expect(fix?.title.en, JSON.stringify(offered.map((list) => list.map((f) => f.title.en)))).toBe(title);
      now = edited(now, fix?.edits ?? []);
    }
    expect(check(now).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
