/**
 * A cure takes its diagnostic away, adds no error, and the first is what was meant: labels go to targets, scores to what
 * is measured, a loss to an optimizer, and what a wire was taken from gets it back. Found beside the first cases: a
 * missing key was fed from anything of its shape, an optimizer from a metric; a size was set to 1 to fit an axis of
 * one; heads were told twice, and in symbols; windows that do not fit were told by the size 0 of what comes out; `run` and
 * `plan` offered what the check's rules propose before it is tried; heads were
 * offered that part the queries and not the values; an image without channels got one behind its columns.
 */
import { describe, expect, it } from 'vitest';
import type { GraphDocument, GraphEdge } from '../../graph-schema/document.ts';
import { type Diagnostic, isDestructive, isError } from '../../src/base/diagnostic.ts';
import { tensorloom } from '../../src/cli/fake-io.test-support.ts';
import { axes, sketch } from '../../src/compiler/explain/sketches.ts';
import { fixesFor } from '../../src/compiler/fixes/index.ts';
import { check, createChecker } from '../../src/compiler/index.ts';
import { edited } from '../../src/document/apply-edits.ts';
import { templates } from '../../templates/index.ts';

const tensor = (written: string, fill = 'normal') => ({
  type: 'tensor',
  params: { axes: axes(written), fill },
});

function cures(document: GraphDocument, which: (d: Diagnostic) => boolean = isError) {
  const checked = check(document);
  const told = checked.diagnostics.find(which);
  if (!told) throw new Error(`nothing of the kind: ${checked.diagnostics.map((d) => d.code)}`);
  const fixes = fixesFor(document, checked, told, createChecker());
  return { told, fixes, titles: fixes.map(({ title }) => title.en) };
}

/** A cure resolves: of its code less is told than before, at no price in errors. */
function expectSound(document: GraphDocument, told: Diagnostic, fixes: ReturnType<typeof fixesFor>): void {
  const alike = (d: Diagnostic) => d.code === told.code && d.node === told.node && d.port === told.port;
  const count = (diagnostics: readonly Diagnostic[], of: (d: Diagnostic) => boolean) =>
    diagnostics.filter(of).length;
  const before = check(document).diagnostics;
  for (const { title, edits } of fixes) {
    const after = check(edited(document, edits)).diagnostics;
    expect(count(after, alike), title.en).toBeLessThan(count(before, alike));
    expect(count(after, isError), title.en).toBeLessThanOrEqual(count(before, isError));
  }
}

/** Every drawing of a document with one of its wires taken out, and the wire. */
function* cuts(
  document: GraphDocument,
): Generator<{ cut: GraphDocument; wire: GraphEdge; block: string | undefined }> {
  const without = (edges: GraphDocument['edges'], id: string) =>
    Object.fromEntries(Object.entries(edges).filter(([other]) => other !== id));
  for (const [id, wire] of Object.entries(document.edges))
    yield { cut: { ...document, edges: without(document.edges, id) }, wire, block: undefined };
  for (const [name, block] of Object.entries(document.blocks))
    for (const [id, wire] of Object.entries(block.edges)) {
      const blocks = { ...document.blocks, [name]: { ...block, edges: without(block.edges, id) } };
      yield { cut: { ...document, blocks }, wire, block: name };
    }
}

/** Lessons compare like with like: many tensors of one shape stand in them, and nothing says which was wired where. */
const networks = templates.filter(({ lesson }) => !lesson);

describe('a wire that was taken out of a template', () => {
  /** Where the meaning does not tell: x stands on both sides of a quadratic form, and a probe may look at anything. */
  const exceptions = [
    'quadratic-bowl x.out > quadratic.a',
    'quadratic-bowl x.out > quadratic.c',
    'quadratic-bowl x.out > solution.x',
  ];

  /** In these several branches carry one shape, and the meaning does not tell them apart: most of their wires are put back. */
  const branched: ReadonlySet<string> = new Set([
    ...['digits-ddpm', 'digits-resnet', 'digits-vae', 'hamiltonian-three-bodies', 'resnet-18', 'resnet-50'],
    ...['names-experts', 'names-llama', 'names-lstm', 'names-transformer', 'tucker-compress'],
  ]);
  const isPlain = (name: string) => !branched.has(name);

  it('is put back by the first cure', async () => {
    const others: string[] = [];
    let [asked, first] = [0, 0];
    for (const template of networks) {
      const document = await template.load();
      for (const { cut, wire, block } of cuts(document)) {
        const checked = check(cut);
        const lacks = (d: Diagnostic) =>
          d.code === 'missing-input' && d.port === wire.to.port && d.node?.split('/').at(-1) === wire.to.node;
        const told = checked.diagnostics.find(lacks);
        // Inputs that need no wire ask for none.
        if (!told) continue;
        asked++;
        const fixes = fixesFor(cut, checked, told, createChecker());
        expectSound(cut, told, fixes);
        const [edit] = fixes[0]?.edits ?? [];
        const isSame =
          edit?.edit === 'addEdge' &&
          edit.from.node.split('/').at(-1) === wire.from.node &&
          edit.from.port === wire.from.port;
        if (isSame) first++;
        else
          others.push(
            `${template.name} ${block === undefined ? '' : `${block}/`}${wire.from.node}.${wire.from.port} > ${wire.to.node}.${wire.to.port}`,
          );
      }
    }
    expect(others.filter((wire) => isPlain(wire.split(' ')[0] as string))).toEqual(exceptions);
    expect(asked).toBeGreaterThanOrEqual(100);
    expect(first / asked).toBeGreaterThanOrEqual(0.85);
  });
});

describe('an accuracy that is new in a template', () => {
  // Names has scores of two models, which both are as good.
  it.each(
    templates.filter(
      ({ name }) => /mlp|cnn|attention|transformer/.test(name) && name !== 'names-transformer',
    ),
  )('$name: is offered the labels and the scores', async ({ load }) => {
    const document = await load();
    const loss = Object.entries(document.nodes).find(([, { type }]) => type === 'cross-entropy')?.[0];
    const into = (port: string) =>
      Object.values(document.edges).find(({ to }) => to.node === loss && to.port === port)?.from;
    const [scores, labels] = [into('logits'), into('target')];
    const fresh = { ...document, nodes: { ...document.nodes, fresh: { type: 'accuracy', params: {} } } };
    const first = (port: string, drawn: GraphDocument) => {
      const { told, fixes } = cures(drawn, (d) => d.node === 'fresh' && d.port === port);
      expectSound(drawn, told, fixes);
      const [edit] = fixes[0]?.edits ?? [];
      return edit?.edit === 'addEdge' ? edit.from : undefined;
    };
    expect(first('target', fresh)).toEqual(labels);
    expect(first('logits', fresh)).toEqual(scores);
    const wired = {
      ...fresh,
      edges: { ...fresh.edges, w: { from: scores!, to: { node: 'fresh', port: 'logits' } } },
    };
    expect(first('target', wired)).toEqual(labels);
    // Never what is compared with it, for which the accuracy is 1.
    const { fixes } = cures(wired, (d) => d.node === 'fresh');
    for (const { edits } of fixes)
      for (const edit of edits) if (edit.edit === 'addEdge') expect(edit.from).not.toEqual(scores);
  });
});

it('a residual network takes the labels for its accuracy', () => {
  const conv = (padding = 1) => ({ type: 'conv2d', params: { channels: 1, padding } });
  const document = sketch(
    {
      data: { type: 'dataset', params: { data: 'digits' } },
      image: { type: 'rearrange', params: { pattern: 'b (c h w) -> b c h w', sizes: axes('h 8, w 8') } },
      c1: conv(),
      r1: { type: 'activation' },
      s1: { type: 'add' },
      c2: conv(),
      r2: { type: 'activation' },
      s2: { type: 'add' },
      flat: { type: 'flatten' },
      scores: { type: 'linear', params: { units: 10, name: 'c' } },
      loss: { type: 'cross-entropy' },
      train: { type: 'adam' },
      measure: { type: 'accuracy' },
    },
    [
      'data.x > image.x',
      'image.y > c1.x',
      'c1.y > r1.x',
      'r1.y > s1.a',
      'image.y > s1.b',
      's1.out > c2.x',
      'c2.y > r2.x',
      'r2.y > s2.a',
      's1.out > s2.b',
      's2.out > flat.x',
      'flat.y > scores.x',
      'scores.y > loss.logits',
      'data.y > loss.target',
      'loss.loss > train.loss',
      'scores.y > measure.logits',
    ],
    { B: 32 },
  );
  const { titles } = cures(document);
  expect(titles[0]).toBe('Connect Data set “data”.y to “target”');
  expect(titles.join()).not.toContain('scores');
  // A branch is added to what it began with.
  const edges = Object.fromEntries(
    Object.entries(document.edges).filter(([, { to }]) => !(to.node === 's2' && to.port === 'b')),
  );
  expect(cures({ ...document, edges }, (d) => d.node === 's2').titles[0]).toBe('Connect Add “s1”.out to “b”');
});

describe('cures by arithmetic', () => {
  const heads = (d: number, count: number) =>
    sketch(
      {
        x: tensor(`b 2, t 5, d ${d}`),
        a: { type: 'attention', params: { heads: count } },
        p: { type: 'probe' },
      },
      ['x.out > a.q', 'x.out > a.k', 'x.out > a.v', 'a.y > p.x'],
    );

  it('heads that part the width, and widths that they part', () => {
    const document = heads(6, 4);
    expect(check(document).diagnostics).toHaveLength(1);
    const { told, fixes, titles } = cures(document);
    expect(told.message.en).toBe('d = 6 is not a multiple of 4 heads: 6 = 1 × 4 + 2.');
    expect(told.remedy.en).toBe('Choose one of 1, 2, 3, 6 heads, or give d the size 4 or 8.');
    expect(titles).toEqual([
      'Set heads to 3 (6 = 3 × 2) in Attention “a”',
      'Set heads to 6 (6 = 6 × 1) in Attention “a”',
      'Set d of Tensor “x” to 8 (now 6)',
      'Set d of Tensor “x” to 4 (now 6)',
    ]);
    expectSound(document, told, fixes);
  });

  it('the same where the width is a dimension of the document', () => {
    const drawn = sketch(
      {
        x: { type: 'tensor', params: { axes: axes('t 5, d d'), fill: 'normal' } },
        a: { type: 'attention', params: { heads: 4 } },
      },
      ['x.out > a.q', 'x.out > a.k', 'x.out > a.v'],
      { d: 6 },
    );
    expect(
      check(drawn)
        .diagnostics.filter(isError)
        .map((d) => d.message.en),
    ).toEqual(['d = 6 is not a multiple of 4 heads: 6 = 1 × 4 + 2.']);
    const { told, fixes } = cures(drawn);
    expect(fixes.length).toBeGreaterThan(1);
    expectSound(drawn, told, fixes);
  });

  it('factors of an axis that is split', () => {
    const document = sketch(
      {
        x: tensor('b 2, p 10'),
        r: { type: 'rearrange', params: { pattern: 'b (h w) -> b h w', sizes: axes('h 4') } },
      },
      ['x.out > r.x'],
    );
    const { told, fixes, titles } = cures(document);
    expect(told.message.en).toBe('p = 10 is not a multiple of 4: 10 = 2 × 4 + 2.');
    expect(titles[0]).toBe('Set h to 5 (10 = 5 × 2) in Rearrange “r”');
    expectSound(document, told, fixes);
  });

  it.each<[string, string, object, string, string, string[]]>([
    [
      'conv2d',
      'b 1, c 1, h 2, w 2',
      { channels: 1 },
      'A kernel of 3 does not fit into h = 2, w = 2.',
      'Make the kernel at most 2, or pad by 1 at each end.',
      ['Set the kernel to 2', 'Pad by 1'],
    ],
    [
      'conv2d',
      'c 1, h 8, w 3',
      { channels: 1, kernel: 5 },
      'A kernel of 5 does not fit into w = 3.',
      'Make the kernel at most 3, or pad by 1 at each end.',
      ['Set the kernel to 3', 'Pad by 1'],
    ],
    [
      'conv1d',
      'c 2, t 4',
      { channels: 1, dilation: 2 },
      'A kernel of 3 (5 with its dilation) does not fit into t = 4.',
      'Make the kernel at most 2, or pad by 1 at each end.',
      ['Set the kernel to 2', 'Pad by 1'],
    ],
    [
      'max-pool',
      'c 1, h 1, w 4',
      {},
      'A kernel of 2 does not fit into h = 1.',
      'Make the kernel at most 1.',
      ['Set the kernel to 1'],
    ],
  ])('a kernel of %s that does not fit into %s', (type, shape, params, message, remedy, offered) => {
    const document = sketch({ x: tensor(shape), n: { type, params: params as never } }, ['x.out > n.x']);
    const { told, fixes, titles } = cures(document);
    expect([told.code, told.message.en, told.remedy.en]).toEqual(['window-too-large', message, remedy]);
    expect(titles.map((title) => title.replace(/ in .*/, ''))).toEqual(expect.arrayContaining(offered));
    expectSound(document, told, fixes);
  });

  it('a kernel that does not fit what a layer above has left of a dimension', () => {
    const conv = { type: 'conv2d', params: { channels: 1 } };
    const document = sketch(
      {
        x: { type: 'tensor', params: { axes: axes('c 1, h n, w n'), fill: 'normal' } },
        one: conv,
        two: conv,
      },
      ['x.out > one.x', 'one.y > two.x'],
      { n: 4 },
    );
    expect(cures(document).told.message.en).toBe('A kernel of 3 does not fit into h = 2, w = 2.');
  });
});

it('an axis of one is taken away, and nothing is set to 1', () => {
  const document = sketch(
    {
      a: { type: 'parameter', params: { axes: axes('b 4, c 3') } },
      t: { type: 'tensor', params: { axes: axes('b 4, one 1'), fill: 'values', values: [0, 1, 2, 2] } },
      l: { type: 'cross-entropy' },
      s: { type: 'sgd' },
    },
    ['a.out > l.logits', 't.out > l.target', 'l.loss > s.loss'],
  );
  const { told, fixes, titles } = cures(document);
  expect(titles[0]).toBe('Sum over one before Cross-entropy “l”: 4×1 → 4');
  expect(titles.join()).not.toContain('to 1');
  expectSound(document, told, fixes);
});

it('heads part the widths of queries and values', () => {
  const document = sketch(
    { x: tensor('t 4, d 8'), v: tensor('t 4, e 6'), a: { type: 'attention', params: { heads: 4 } } },
    ['x.out > a.q', 'x.out > a.k', 'v.out > a.v'],
  );
  const { told, fixes, titles } = cures(document);
  expect(told.message.en).toBe('e = 6 is not a multiple of 4 heads: 6 = 1 × 4 + 2.');
  // gcd(8, 6) = 2
  expect(told.remedy.en).toBe('Choose one of 1, 2 heads, or give e the size 4 or 8.');
  expect(titles[0]).toBe('Set heads to 2 (8 = 2 × 4, 6 = 2 × 3) in Attention “a”');
  expectSound(document, told, fixes);
});

it('an image without channels gets one before its rows', () => {
  const document = sketch({ x: tensor('h 5, w 5'), c: { type: 'conv2d' } }, ['x.out > c.x']);
  const { told, fixes, titles } = cures(document);
  expect(titles[0]).toBe('Add an axis of one before Convolution 2D “c”: 5×5 → 1×5×5');
  expectSound(document, told, fixes);
});

it('a label below all classes is left out', () => {
  const t = { type: 'tensor', params: { axes: axes('b 3'), fill: 'values', values: [0, -100, 2] } };
  const document = sketch({ a: tensor('b 3, c 3'), t, l: { type: 'cross-entropy' } }, [
    'a.out > l.logits',
    't.out > l.target',
  ]);
  const { told, fixes, titles } = cures(document);
  expect(titles[0]).toBe('Set Ignored label of Cross-entropy “l” to -100');
  expectSound(document, told, fixes);
});

it('what deletes work of the user stands last', () => {
  const document = sketch({ a: tensor('i 3'), t: { type: 'sgd' } }, ['a.out > t.loss']);
  const { fixes } = cures(document);
  expect(fixes.map(isDestructive)).toEqual([...fixes.map(isDestructive)].sort());
});

it('every command that refuses a graph offers what `check` offers', async () => {
  const document = sketch(
    {
      a: { type: 'parameter', params: { axes: axes('b 4, c 3') } },
      t: tensor('b 4, one 1', 'zeros'),
      l: { type: 'cross-entropy' },
      s: { type: 'sgd' },
    },
    ['a.out > l.logits', 't.out > l.target', 'l.loss > s.loss'],
  );
  for (const command of ['check', 'run', 'plan']) {
    const { code, json } = await tensorloom([command, 'g.json', '--json'], {
      files: { 'g.json': JSON.stringify(document) },
    });
    expect([command, code]).toEqual([command, 1]);
    const [told] = json().diagnostics as unknown as { fixes: { title: string }[] }[];
    expect(told?.fixes[0]?.title, command).toBe('Sum over one before Cross-entropy “l”: 4×1 → 4');
    expect(told?.fixes.map(({ title }) => title).join()).not.toContain('Make Parameter');
  }
});
