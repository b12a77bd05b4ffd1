/**
 * Names are looked at wherever axes meet, and what a node takes an axis for is held against what the axis is. Sizes
 * alone fit in all of these graphs. Found beside the first cases: a probability for each class whose axes are crossed,
 * a causal attention of t on s, a sum over axes of different names behind a concatenation, the batch under softmax,
 * norm and the classes of a loss, one key under attention, channels last under poolings and a Convolution 1D.
 */
import { describe, expect, it } from 'vitest';
import type { GraphDocument } from '../../graph-schema/document.ts';
import { isError } from '../../src/base/diagnostic.ts';
import { axes, sketch } from '../../src/compiler/explain/sketches.ts';
import { fixesFor } from '../../src/compiler/fixes/index.ts';
import { check, createChecker } from '../../src/compiler/index.ts';
import { edited } from '../../src/document/apply-edits.ts';

const tensor = (written: string) => ({ type: 'tensor', params: { axes: axes(written), fill: 'zeros' } });
/** Tensors on the inputs of one node, in the order of its ports. */
function meeting(type: string, inputs: Readonly<Record<string, string>>, params = {}): GraphDocument {
  const nodes = Object.fromEntries(
    Object.entries(inputs).map(([port, written]) => [`in_${port}`, tensor(written)]),
  );
  const wires = Object.keys(inputs).map((port) => `in_${port}.out > n.${port}`);
  return sketch({ ...nodes, n: { type, params } }, wires);
}
const told = (document: GraphDocument) =>
  check(document)
    .diagnostics.filter(({ code }) => code !== 'unused')
    .map(({ code, node, port, axis }) => `${code} ${node}.${port} ${axis}`);
const offered = (document: GraphDocument, at = 0) => {
  const checked = check(document);
  const fixes = fixesFor(document, checked, checked.diagnostics[at]!, createChecker());
  return fixes.map(({ title, edits }) => ({ title: title.en, after: edited(document, edits) }));
};

describe('names that differ where axes meet are told', () => {
  it.each<[string, string, Record<string, string>, object, string[]]>([
    [
      'mse',
      'mse',
      { prediction: 'b 3, o 3', target: 'o 3, b 3' },
      {},
      ['names-differ n.target o', 'names-differ n.target b'],
    ],
    [
      'mse of a column called otherwise',
      'mse',
      { prediction: 'b 3, o 1', target: 'b 3, y 1' },
      {},
      ['names-differ n.target y'],
    ],
    [
      'cross-entropy, classes in the middle',
      'cross-entropy',
      { logits: 'b 2, c 4, t 4', target: 'b 2, t 4' },
      {},
      ['names-differ n.target t'],
    ],
    [
      'cross-entropy of probabilities',
      'cross-entropy',
      { logits: 'b 3, c 3', target: 'c 3, b 3' },
      {},
      ['names-differ n.target c', 'names-differ n.target b'],
    ],
    [
      'accuracy',
      'accuracy',
      { logits: 'b 2, c 4, t 4', target: 'b 2, t 4' },
      {},
      ['names-differ n.target t'],
    ],
    [
      'attention, the widths',
      'attention',
      { q: 't 2, d 3', k: 's 4, e 3', v: 's 4, f 2' },
      {},
      ['names-differ n.k e'],
    ],
    [
      'attention, the places of keys',
      'attention',
      { q: 't 2, d 3', k: 's 4, d 3', v: 'u 4, f 2' },
      {},
      ['names-differ n.v u'],
    ],
    [
      'attention, causal',
      'attention',
      { q: 't 4, d 3', k: 's 4, d 3', v: 's 4, d 3' },
      { causal: true },
      ['names-differ n.k s'],
    ],
    [
      'attention, batches',
      'attention',
      { q: 'b 2, t 2, d 3', k: 'n 2, t 2, d 3', v: 'n 2, t 2, d 3' },
      {},
      ['names-differ n.k n'],
    ],
    ['concat', 'concat', { a: 'b 3, i 3', b: 'i 3, b 3' }, {}, ['names-differ n.b i']],
    [
      'directional derivative',
      'directional-derivative',
      { of: 'j 2', by: 'i 3', along: 'k 3' },
      {},
      ['names-differ n.along k'],
    ],
    [
      'contract, under ...',
      'contract',
      { a: 'n 2, i 3', b: 'm 2, i 3' },
      { expression: '...i,...i->...' },
      ['names-differ n.b m'],
    ],
    ['add', 'add', { a: 'b 3, o 3', b: 'o 3, b 3' }, {}, ['names-differ n.b o', 'names-differ n.b b']],
    [
      'convolution, channels last',
      'conv2d',
      { x: 'b 2, h 6, w 6, c 3' },
      { channels: 8 },
      ['channels-last n.x c'],
    ],
    ['… of a sequence', 'conv1d', { x: 'b 2, time 6, channels 3' }, {}, ['channels-last n.x channels']],
    [
      'max pool, channels last',
      'max-pool',
      { x: 'b 2, height 6, width 6, channel 4' },
      {},
      ['channels-last n.x channel'],
    ],
    ['average pool, channels last', 'average-pool', { x: 'h 6, w 6, c 4' }, {}, ['channels-last n.x c']],
  ])('%s', (_, type, inputs, params, expected) => {
    expect(told(meeting(type, inputs, params)).filter((line) => !line.startsWith('gradient'))).toEqual(
      expected,
    );
  });

  it.each<[string, string, Record<string, string>, object]>([
    ['mse', 'mse', { prediction: 'b 3, o 2', target: 'b 3, o 2' }, {}],
    ['attention of t on s', 'attention', { q: 'b 2, t 2, d 3', k: 'b 2, s 4, d 3', v: 'b 2, s 4, e 2' }, {}],
    ['concat along axes of two names', 'concat', { a: 'b 3, i 3', b: 'b 3, j 3' }, {}],
    ['convolution, channels first', 'conv2d', { x: 'b 2, c 3, h 6, w 6' }, {}],
    ['convolution over axes of no known kind', 'conv2d', { x: 'a 2, p 6, q 6, r 6' }, {}],
    ['softmax', 'softmax', { x: 'b 2, c 3' }, {}],
  ])('nothing of %s', (_, type, inputs, params) => {
    expect(told(meeting(type, inputs, params))).toEqual([]);
  });

  it('no name beside a size that conflicts', () => {
    expect(told(meeting('mse', { prediction: 'b 3, o 2', target: 'b 3, p 4' }))).toEqual([
      'size-conflict n.target p',
    ]);
  });

  it('a name that was told where axes met first is not told again', () => {
    const document = sketch(
      {
        a: tensor('b 3, i 2'),
        b: tensor('c 3, i 2'),
        join: { type: 'concat' },
        d: tensor('c 3, i 4'),
        sum: { type: 'add' },
      },
      ['a.out > join.a', 'b.out > join.b', 'join.out > sum.a', 'd.out > sum.b'],
    );
    expect(told(document)).toEqual(['names-differ join.b c']);
  });
});

describe('crossed axes are transposed by the first fix', () => {
  it('of a target that is stored the other way round', () => {
    const [first] = offered(meeting('mse', { prediction: 'b 3, o 3', target: 'o 3, b 3' }));
    expect(first?.title).toMatch(/^Transpose before Mean squared error/);
    expect(told(first!.after)).toEqual([]);
  });

  it('of logits with the classes in the middle', () => {
    const [first] = offered(meeting('cross-entropy', { logits: 'b 2, c 4, t 4', target: 'b 2, t 4' }));
    expect(first?.title).toMatch(/^Transpose before Cross-entropy/);
    expect(told(first!.after)).toEqual([]);
  });

  it('of an image with its channels last: 8 channels of a kernel of 3 come out as b 2, c 8, h 4, w 4', () => {
    const [first] = offered(meeting('conv2d', { x: 'b 2, h 6, w 6, c 3' }, { channels: 8 }));
    const { nodes, diagnostics } = check(first!.after);
    expect(diagnostics.filter(({ code }) => code === 'channels-last')).toEqual([]);
    expect(nodes.n?.outputTypes.y?.axes.map(({ name, size }) => `${name} ${size}`)).toEqual([
      'b 2',
      'c 8',
      'h 4',
      'w 4',
    ]);
  });
});

describe('the batch in the place of something else is told', () => {
  const behindIris = (type: string, ports: readonly string[], params = {}) =>
    sketch(
      { d: { type: 'dataset', params: { data: 'iris' } }, n: { type, params }, p: { type: 'probe' } },
      [...ports.map((port) => `d.x > n.${port}`), 'n.y > p.x'],
      { B: 16 },
    );
  it.each<[string, readonly string[], object]>([
    ['recurrent', ['x'], {}],
    ['attention', ['q', 'k', 'v'], {}],
    ['conv1d', ['x'], { kernel: 2 }],
    ['max-pool', ['x'], {}],
    ['average-pool', ['x'], {}],
    ['layer-norm', ['x'], { axes: ['batch'], learned: false }],
  ])('under %s', (type, ports, params) => {
    expect(told(behindIris(type, ports, params))).toContain(`batch-misread n.${ports[0]} batch`);
  });

  it('under a flatten that keeps another axis apart', () => {
    const nodes = {
      d: { type: 'dataset', params: { data: 'digits' } },
      c: { type: 'rearrange', params: { pattern: 'b (h w) -> h b w', sizes: axes('h 8') } },
      n: { type: 'flatten' },
      p: { type: 'probe' },
    };
    const document = sketch(nodes, ['d.x > c.x', 'c.y > n.x', 'n.y > p.x'], { B: 16 });
    expect(told(document)).toEqual(['batch-misread n.x b']);
  });

  it('under a softmax along it, and not along the classes', () => {
    const d = { type: 'dataset', params: { data: 'iris' } };
    const along = (written: string) =>
      told(
        sketch(
          {
            d,
            c: { type: 'contract', params: { expression: written } },
            n: { type: 'softmax' },
            p: { type: 'probe' },
          },
          ['d.x > c.a', 'c.out > n.x', 'n.y > p.x'],
          { B: 16 },
        ),
      );
    expect([along('bf->b'), along('bf->bf')]).toEqual([['batch-misread n.x batch'], []]);
  });

  it('and an axis of one makes a sequence of numbers of each row', () => {
    const [first] = offered(behindIris('recurrent', ['x'], { units: 8 }));
    const { nodes, diagnostics } = check(first!.after);
    expect(diagnostics).toEqual([]);
    expect(nodes.n?.outputTypes.y?.axes.map(({ name, size }) => `${name} ${size}`)).toEqual([
      'batch 16',
      'f 4',
      'h 8',
    ]);
  });
});

describe('axes of one element are told where nothing can come of them', () => {
  it.each<[string, Record<string, string>, object, string]>([
    ['softmax', { x: 'b 4, one 1' }, {}, 'x one'],
    ['layer-norm', { x: 'b 4, one 1' }, {}, 'x one'],
    ['layer-norm', { x: 'b 4, i 1, j 1' }, { axes: ['i', 'j'] }, 'x i'],
    ['cross-entropy', { logits: 'b 4, c 1', target: 'b 4' }, {}, 'logits c'],
    ['accuracy', { logits: 'b 4, c 1', target: 'b 4' }, {}, 'logits c'],
    ['attention', { q: 't 4, d 2', k: 's 1, d 2', v: 's 1, d 2' }, {}, 'k s'],
  ])('%s of %o', (type, inputs, params, place) => {
    const lines = told(meeting(type, inputs, params));
    expect(lines).toContain(`single-element n.${place}`);
  });

  it('a norm over one axis of several elements says something', () => {
    expect(told(meeting('layer-norm', { x: 'b 4, i 1, j 2' }, { axes: ['i', 'j'] }))).toEqual([]);
  });
});

it('every fix that is offered for these takes its diagnostic away and adds no error', () => {
  for (const document of [
    meeting('mse', { prediction: 'b 3, o 3', target: 'o 3, b 3' }),
    meeting('concat', { a: 'b 3, i 3', b: 'i 3, b 3' }),
    meeting('softmax', { x: 'b 4, one 1' }),
    meeting('max-pool', { x: 'h 6, w 6, c 4' }),
  ])
    for (const { after } of offered(document)) {
      expect(told(after).length).toBeLessThan(told(document).length);
      expect(check(after).diagnostics.filter(isError)).toEqual([]);
    }
});
