import { expect, it } from 'vitest';
import { graph } from '../../../test/support/graphs.ts';
import { analyse, compile } from '../../compiler/index.ts';
import { initialise } from '../../runtime/initialise.ts';
import { className, identifier, Names, snakeCase } from './identifiers.ts';
import { exportPytorch } from './index.ts';
import { layOut } from './lay-out.ts';
import { torchTensors } from './weights.ts';

type Graph = ReturnType<typeof graph>;

const exported = (document: Graph) => {
  return exportPytorch(document, { name: 'model', hasWeights: false });
};
/** The lines of the classes, without their indentation. */
const linesOf = (document: Graph) =>
  exported(document)
    .value!.script.split('\n')
    .map((line) => line.trim());

const axes = (...list: [string, number][]) => list.map(([name, size]) => ({ name, size }));
const x = { type: 'input', params: { axes: axes(['b', 2], ['i', 3]) } };

it('calls things by identifiers', () => {
  expect(['W₁', 'first layer', '2nd', 'λ', '层 1', '–'].map(identifier)).toEqual([
    ...['W1', 'first_layer', 'n2nd', 'λ', '层_1', 'x'],
  ]);
  expect([className('Encoder layer'), snakeCase('EncoderLayer2B')]).toEqual([
    'EncoderLayer',
    'encoder_layer2_b',
  ]);
  const names = new Names(['sum', 'x']);
  expect(['sum', 'y', 'y', 'y2', 'sum'].map((name) => names.take(name))).toEqual([
    'sum_',
    'y',
    'y2',
    'y2_2',
    'sum2',
  ]);
});

it('opens long lines at their brackets, and makes no tuples of it', () => {
  const long = 'a'.repeat(60);
  expect(layOut([`y = f(${long}, ${long})`])).toEqual(['y = f(', `    ${long},`, `    ${long},`, ')']);
  expect(layOut([`y = 1 / (${long} + ${long})`])).toEqual(
    ['y = 1 / (', `    ${long} + ${long}`, ')'].flatMap((line) => (line.length > 100 ? [line] : [line])),
  );
  expect(layOut([`y = "${'('.repeat(100)}"`])).toHaveLength(1);
});

it('writes a node a line, under its name', () => {
  const lines = linesOf(
    graph(
      {
        x,
        h: { type: 'linear', params: { units: 4 }, label: 'hidden layer' },
        p: { type: 'probe', label: 'seen' },
      },
      ['x.out > h.x', 'h.y > p.x'],
    ),
  );
  expect(lines).toContain('self.hidden_layer = nn.Linear(3, 4)');
  expect(lines).toContain('hidden_layer = self.hidden_layer(x)  # b 2, h 4');
  expect(lines).toContain('return {"seen": hidden_layer}');
});

const repeated = (params: object) => {
  const inside = graph(
    {
      x: { type: 'block-input' },
      layer: { type: 'linear', params: { units: 3, name: 'i' } },
      y: { type: 'block-output' },
    },
    ['x.out > layer.x', 'layer.y > y.x'],
  );
  return {
    ...graph({ x, stack: { type: 'block', params: { block: 'body', ...params } }, p: { type: 'probe' } }, [
      'x.out > stack.x',
      'stack.y > p.x',
    ]),
    blocks: {
      body: {
        name: 'Body',
        dims: {},
        numbers: {},
        layout: { nodes: {} },
        nodes: inside.nodes,
        edges: inside.edges,
      },
    },
  } as Graph;
};

it('makes blocks classes, and repeats lists of them or loops', () => {
  expect(linesOf(repeated({}))).toContain('stack = self.stack(x)  # b 2, i 3');
  const own = linesOf(repeated({ repeat: 3 }));
  expect(own).toContain('self.stack = nn.ModuleList(Body() for _ in range(3))');
  expect(own).toContain('for body in self.stack:');
  expect(own).toContain('stack = body(stack)  # b 2, i 3');
  const shared = linesOf(repeated({ repeat: 3, shared: true }));
  expect(shared).toContain('self.stack = Body()');
  expect(shared).toContain('stack = self.stack(stack)  # b 2, i 3');
});

it('knows state by the names of state_dict, each repeat by itself', () => {
  const document = repeated({ repeat: 2 });
  const { state: specs } = compile(document).value!;
  const state = initialise(specs, 1);
  const tensors = torchTensors(exported(document).value!.model, analyse(document), specs, state);
  expect([...tensors].map(([name, { shape }]) => [name, shape])).toEqual([
    ['stack.0.layer.weight', [3, 3]],
    ['stack.0.layer.bias', [3]],
    ['stack.1.layer.weight', [3, 3]],
    ['stack.1.layer.bias', [3]],
  ]);
  const ours = state.get('stack/*/layer.weight')!;
  // Transposed: row 0 in PyTorch is our column 0.
  expect([...tensors.get('stack.1.layer.weight')!.data].slice(0, 3)).toEqual([ours[9], ours[12], ours[15]]);
});

it('trains each loss with its own optimizer, at a rate that a wire brings', () => {
  const w = { type: 'parameter', params: { axes: axes(['i', 2]), init: 'ones' } };
  const square = { type: 'activation', params: { function: 'square' } };
  const total = { type: 'contract', params: { expression: 'i->' } };
  const rate = { type: 'tensor', params: { axes: [], fill: 'values', values: [0.1] } };
  const lines = linesOf(
    graph(
      {
        a: w,
        b: w,
        sa: square,
        sb: square,
        la: total,
        lb: total,
        one: { type: 'sgd' },
        other: { type: 'sgd' },
        rate,
      },
      [
        ...[
          'a.out > sa.x',
          'sa.y > la.a',
          'la.out > one.loss',
          'b.out > sb.x',
          'sb.y > lb.a',
          'lb.out > other.loss',
        ],
        'rate.out > other.rate',
      ],
    ),
  );
  expect(lines).toContain('one = torch.optim.SGD([model.a], lr=0.1)');
  expect(lines).toContain('group["lr"] = results["rate"].item()');
  expect(lines).toContain('METRICS = ("loss", "loss:other")');
});

it('differentiates by a tensor that is no parameter', () => {
  const lines = linesOf(
    graph(
      {
        x: { type: 'tensor', params: { axes: axes(['i', 2]), fill: 'ones' } },
        s: { type: 'activation', params: { function: 'square' } },
        e: { type: 'contract', params: { expression: 'i->' } },
        g: { type: 'gradient' },
        p: { type: 'probe' },
      },
      ['x.out > s.x', 's.y > e.a', 'e.out > g.of', 'x.out > g.by', 'g.out > p.x'],
    ),
  );
  expect(lines).toContain('x = with_grad(self.x)  # i 2');
  expect(lines).toContain('g = gradient(e, x)  # i 2');
});

it('writes nothing of a graph that does not check', () => {
  const { value, diagnostics } = exported(graph({ h: { type: 'linear' } }));
  expect(value).toBeUndefined();
  expect(diagnostics.map(({ code }) => code)).toEqual(['missing-input']);
});

it('brings data and inputs to the blocks that read them, through the classes around', () => {
  const inside = (source: object, port: string) => {
    const body = graph(
      {
        h: { type: 'block-input' },
        source: source as { type: string },
        sum: { type: 'add' },
        out: { type: 'block-output' },
      },
      ['h.out > sum.a', `source.${port} > sum.b`, 'sum.out > out.x'],
    );
    const outer = graph(
      {
        w: {
          type: 'parameter',
          params: {
            axes: [
              { name: 'batch', size: 'B' },
              { name: 'feature', size: 4 },
            ],
          },
        },
        use: { type: 'block', params: { block: 'body', repeat: 3 } },
        seen: { type: 'probe' },
      },
      ['w.out > use.h', 'use.out > seen.x'],
      { B: 8 },
    );
    const { nodes, edges } = body;
    const block = { name: 'Body', nodes, edges, dims: {}, numbers: {}, layout: { nodes: {} } };
    const document = { ...outer, blocks: { body: block } } as Graph;
    expect(exported(document).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    return linesOf(document);
  };
  const data = inside({ type: 'dataset', params: { data: 'iris' } }, 'x');
  expect(data.find((line) => line.startsWith('use = body('))).toMatch(/^use = body\(use, x=x, y=y\)/);
  expect(data).toContain('def forward(self, h, x, y):');
  const sizes = [
    { name: 'batch', size: 'B' },
    { name: 'feature', size: 4 },
  ];
  const input = inside({ type: 'input', params: { axes: sizes } }, 'out');
  expect(input.find((line) => line.startsWith('use = body('))).toMatch(/^use = body\(use, source=source\)/);
  expect(input).toContain('def forward(self, source):');
});

it('keeps averages of weights as an optimizer asks for, whatever the graph is called', () => {
  const averaged = (params: Readonly<Record<string, unknown>>) => {
    const document = graph(
      {
        w: { type: 'parameter', params: { axes: axes(['i', 2]) } },
        loss: { type: 'reduce', params: { pattern: 'i ->', reduction: 'sum' } },
        sgd: { type: 'sgd', params },
      },
      ['w.out > loss.x', 'loss.y > sgd.loss'],
    );
    return linesOf({ ...document, name: 'Averages' });
  };
  const lines = averaged({ averaging: 'ema', averageDecay: 0.5, averageFrom: 3 });
  expect(lines).toContain('class Averages_(nn.Module):');
  expect(lines).toContain('model.averages = [Averages(optimizer, 3, decay=0.5)]');
  expect(averaged({ averaging: 'swa' })).toContain('model.averages = [Averages(optimizer, 0)]');
  expect(averaged({}).join()).not.toContain('averages');
});
