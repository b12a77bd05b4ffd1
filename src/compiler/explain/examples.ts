/**
 * For each code the least that provokes it: a small graph, a file, or, where it arises while something
 * runs, the reason why there is none. Tests provoke every code with these; pages show them.
 */
import { FORMAT } from '../../../graph-schema/document.ts';
import type { Code } from '../../base/codes.ts';
import { axisExamples } from './axis-examples.ts';
import { heldBackExamples } from './held-back-examples.ts';
import { lessonExamples } from './lesson-examples.ts';
import { optimizerExamples } from './optimizer-examples.ts';
import {
  axes,
  blocks,
  check,
  digits,
  elsewhere,
  file,
  head,
  instance,
  linear,
  type Provocation,
  parameter,
  sketch,
  tensor,
} from './sketches.ts';

const labels = { type: 'tensor', params: { axes: axes('b 2'), fill: 'values', values: [3, 1] } };

export const examples: Readonly<Record<Code, Provocation>> = {
  'not-text': elsewhere(
    'A file given to the command line, or opened in the page, that is an image or is written in UTF-16.',
    '在命令行给出或在页面中打开的文件是图片，或以 UTF-16 写成。',
  ),
  'json-syntax': file(`${head}, "nodes": {`),
  'document-shape': file(`${head}, "nodes": {"a": {"type": 3}}}`),
  'document-version': file(`{"format": "${FORMAT}", "version": 1000, "name": "example"}`),
  'document-too-large': file(`${head}, "note": ${'['.repeat(70)}${']'.repeat(70)}}`),
  'forbidden-key': file(`${head}, "dims": {"__proto__": 3}}`),

  'unknown-type': check({ a: { type: 'tenser' } }),
  'bad-param': check({ a: { type: 'tensor', params: { fill: 'ones and zeros' } } }),
  'unknown-param': check(
    {
      a: { type: 'tensor', params: { axes: axes('i 2'), fills: 'ones' } },
      p: { type: 'probe' },
    },
    ['a.out > p.x'],
  ),
  'unknown-port': check({ a: tensor('i 2'), s: { type: 'scale' }, p: { type: 'probe' } }, [
    'a.out > s.x',
    's.y > p.x',
  ]),
  'dangling-edge': check({ p: tensor('i 2') }, ['p.out > gone.x']),
  'port-taken': check({ a: tensor('i 2'), b: tensor('i 2'), p: { type: 'probe' } }, [
    'a.out > p.x',
    'b.out > p.x',
  ]),
  'missing-input': check({ a: tensor('i 2'), s: { type: 'scale' } }),
  cycle: check({ a: tensor('i 2'), sum: { type: 'add' }, s: { type: 'scale' } }, [
    'a.out > sum.a',
    's.out > sum.b',
    'sum.out > s.x',
  ]),
  'unknown-block': blocks({ a: instance('laier') }, { layer: {} }),
  'block-recursion': blocks(
    { a: instance('a') },
    { a: { nodes: { b: instance('b') } }, b: { nodes: { a: instance('a') } } },
  ),
  'unused-recursion': blocks(
    { a: tensor('i 2'), p: { type: 'probe' } },
    { endless: { nodes: { again: instance('endless') } } },
    ['a.out > p.x'],
  ),
  'blocks-too-large': blocks(
    { a: instance('a', { repeat: 1000 }) },
    {
      a: { nodes: { b: instance('b', { repeat: 1000 }) } },
      b: { nodes: { t: tensor('i 2') } },
    },
  ),
  'unknown-override': blocks(
    { a: instance('layer', { dims: { width: 3 } }) },
    { layer: { dims: { units: 8 } } },
  ),
  'block-port-outside': blocks({ x: { type: 'block-input' } }, {}),
  'repeat-type': blocks(
    { a: tensor('i 2, j 3'), turns: instance('turned', { repeat: 3 }), p: { type: 'probe' } },
    {
      turned: {
        nodes: {
          x: { type: 'block-input' },
          turn: { type: 'rearrange', params: { pattern: 'i j -> j i' } },
          y: { type: 'block-output' },
        },
        wires: ['x.out > turn.x', 'turn.y > y.x'],
      },
    },
    ['a.out > turns.x', 'turns.y > p.x'],
  ),
  'repeat-optimizer': blocks(
    { a: instance('trained', { repeat: 2 }) },
    {
      trained: {
        nodes: {
          x: parameter('i 2'),
          sum: { type: 'contract', params: { expression: 'i->' } },
          opt: { type: 'sgd' },
        },
        wires: ['x.out > sum.0', 'sum.out > opt.loss'],
      },
    },
  ),
  'statistics-of-one': check(
    {
      a: tensor('b B, f 3'),
      w: linear(2, 'f'),
      norm: { type: 'batch-norm' },
      loss: { type: 'contract', params: { expression: 'bf,bf->' } },
      sgd: { type: 'sgd' },
    },
    ['a.out > w.x', 'w.y > norm.x', 'norm.y > loss.a', 'norm.y > loss.b', 'loss.out > sgd.loss'],
    { B: 1 },
  ),
  'bad-expression': check(
    {
      A: tensor('i 2, j 3'),
      B: tensor('j 3, k 4'),
      c: { type: 'contract', params: { expression: 'ij,jk->ix' } },
    },
    ['A.out > c.a', 'B.out > c.b'],
  ),
  ...axisExamples,
  'operand-count': check(
    {
      A: tensor('i 2, j 3'),
      B: tensor('j 3, k 4'),
      c: { type: 'contract', params: { expression: 'ij->i' } },
    },
    ['A.out > c.a', 'B.out > c.b'],
  ),
  'rank-mismatch': check(
    {
      digits,
      image: { type: 'rearrange', params: { pattern: 'b (h w) -> b h w', sizes: axes('h 8') } },
      scores: linear(10, 'c'),
      loss: { type: 'cross-entropy' },
    },
    ['digits.x > image.x', 'image.y > scores.x', 'scores.y > loss.logits', 'digits.y > loss.target'],
    { B: 32 },
  ),
  'size-conflict': check(
    {
      A: tensor('i 3, j 5'),
      B: tensor('j 4, k 2'),
      c: { type: 'contract', params: { expression: 'ij,jk->ik' } },
    },
    ['A.out > c.a', 'B.out > c.b'],
  ),
  'input-unfit': check({ x: tensor('n 1'), fit: { type: 'slope-fit' } }, ['x.out > fit.x', 'x.out > fit.y']),
  'size-invalid': check({ A: tensor('i 0') }),
  'size-open': check({ d: { type: 'delta', params: { axes: ['i', 'j'] } }, p: { type: 'probe' } }, [
    'd.out > p.x',
  ]),
  'unknown-dim': check({ A: tensor('i d') }),
  'index-unknown': elsewhere(
    'A bare network given to the command line, such as {"inputs": [["i"]], "output": ["j"], …}.',
    '在命令行给出的裸网络，例如 {"inputs": [["i"]], "output": ["j"], …}。',
  ),
  'not-scalar': check({ w: parameter('i 3'), square: { type: 'multiply' }, train: { type: 'sgd' } }, [
    'w.out > square.a',
    'w.out > square.b',
    'square.out > train.loss',
  ]),
  'labels-as-quantities': check(
    { digits, hidden: linear(16), see: { type: 'probe' } },
    ['digits.y > hidden.x', 'hidden.y > see.x'],
    { B: 32 },
  ),
  'continuous-as-indices': check(
    { digits, rows: { type: 'embedding' }, see: { type: 'probe' } },
    ['digits.x > rows.x', 'rows.y > see.x'],
    { B: 32 },
  ),
  'too-few-rows': check(
    { digits, rows: { type: 'embedding', params: { count: 9 } }, see: { type: 'probe' } },
    ['digits.y > rows.x', 'rows.y > see.x'],
    { B: 32 },
  ),
  'no-such-index': check({ labels, scores: tensor('b 2, c 3'), loss: { type: 'cross-entropy' } }, [
    'scores.out > loss.logits',
    'labels.out > loss.target',
  ]),
  'no-such-class': check({ labels, rows: { type: 'one-hot', params: { classes: 3 } } }, [
    'labels.out > rows.x',
  ]),
  'class-count': check(
    { digits, scores: linear(9, 'c'), loss: { type: 'cross-entropy' } },
    ['digits.x > scores.x', 'scores.y > loss.logits', 'digits.y > loss.target'],
    { B: 32 },
  ),
  'probabilities-for-scores': check(
    { digits, scores: linear(10, 'c'), soft: { type: 'softmax' }, loss: { type: 'cross-entropy' } },
    ['digits.x > scores.x', 'scores.y > soft.x', 'soft.y > loss.logits', 'digits.y > loss.target'],
    { B: 32 },
  ),
  'no-parameters': check({ a: { type: 'tensor' }, train: { type: 'sgd' } }, ['a.out > train.loss']),
  'no-gradient': check(
    {
      w: { type: 'parameter' },
      train: { type: 'sgd' },
      beside: { type: 'parameter' },
      probe: { type: 'probe' },
    },
    ['w.out > train.loss', 'beside.out > probe.x'],
  ),
  'gradient-blocked': check(
    {
      scores: { type: 'parameter', params: { axes: axes('b 2, c 3') } },
      truth: { type: 'tensor', params: { axes: axes('b 2') } },
      counted: { type: 'accuracy' },
      w: { type: 'parameter' },
      sum: { type: 'add' },
      train: { type: 'sgd' },
    },
    [
      'scores.out > counted.logits',
      'truth.out > counted.target',
      'counted.accuracy > sum.a',
      'w.out > sum.b',
      'sum.out > train.loss',
    ],
  ),
  'gradient-zero': check(
    {
      x: { type: 'parameter' },
      y: { type: 'parameter' },
      square: { type: 'activation', params: { function: 'square' } },
      slope: { type: 'gradient' },
    },
    ['x.out > square.x', 'square.y > slope.of', 'y.out > slope.by'],
  ),
  'function-constant': check(
    {
      x: parameter('i 2'),
      y: parameter('i 2'),
      force: { type: 'scale', params: { factor: -1 } },
      flow: { type: 'integrate' },
    },
    ['x.out > flow.state', 'y.out > force.x', 'force.out > flow.field'],
  ),
  'functions-nested': check(
    {
      x: parameter('i 2'),
      force: { type: 'scale', params: { factor: -1 } },
      ...Object.fromEntries(
        ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'].map((id) => [id, { type: 'integrate' }]),
      ),
    },
    [
      'x.out > force.x',
      'force.out > first.field',
      ...['first', 'second', 'third', 'fourth', 'fifth', 'sixth'].map((id) => `x.out > ${id}.state`),
      'first.last > second.field',
      'second.last > third.field',
      'third.last > fourth.field',
      'fourth.last > fifth.field',
      'fifth.last > sixth.field',
    ],
  ),
  unused: check({ a: { type: 'tensor' }, b: { type: 'tensor' }, probe: { type: 'probe' } }, [
    'a.out > probe.x',
  ]),
  ...heldBackExamples,
  ...lessonExamples,
  ...optimizerExamples,
  'path-unfit': {
    by: 'compile',
    document: {
      ...sketch(
        {
          A: tensor('i 2, j 3'),
          B: tensor('j 3, k 4'),
          C: tensor('k 4, l 5'),
          product: { type: 'contract' },
        },
        ['A.out > product.a', 'B.out > product.b', 'C.out > product.c'],
      ),
      plan: { chosen: { '0 1, 1 2, 2 3 -> 0 3 : 2 3 4 5': '((0, 1), (2, 3))' } },
    },
  },
  'too-many-elements': check({ A: tensor('i 100000, j 100000') }),
  costly: {
    by: 'compile',
    document: sketch(
      { A: tensor('i 6000, j 6000'), B: tensor('j 6000, k 6000'), product: { type: 'contract' } },
      ['A.out > product.a', 'B.out > product.b'],
    ),
  },
  'out-of-memory': {
    by: 'compile',
    memoryLimit: 1000,
    document: sketch(
      {
        A: tensor('i 500, j 500'),
        c: { type: 'contract', params: { expression: 'ij,kl->ik' } },
        p: { type: 'probe' },
      },
      ['A.out > c.a', 'A.out > c.b', 'c.out > p.x'],
    ),
  },
  'not-finite': elsewhere(
    'A run: a learning rate of 1000 on a quadratic loss, for example.',
    '运行之中：例如二次损失上用 1000 的学习率。',
  ),
  'index-out-of-range': elsewhere(
    'A run whose data set holds the label 3 for three classes.',
    '运行所用的数据集在三类之中有标签 3。',
  ),
  'data-unavailable': elsewhere(
    'A run whose data set cannot be fetched, for example without a network.',
    '运行所需的数据集无法获取，例如没有网络。',
  ),
  'data-changed': elsewhere(
    'A run whose data file was edited after the graph was made.',
    '运行所用的数据文件在制图之后被改动过。',
  ),
  'nothing-to-run': { by: 'compile', document: sketch({}) },
  'unknown-feed': elsewhere(
    'tensorloom predict with --input of a name that is not in the graph.',
    'tensorloom predict 的 --input 使用了图中没有的名称。',
  ),
  'feed-twice': elsewhere(
    'tensorloom predict with one Input by its id and by its label.',
    'tensorloom predict 同时用标识和标签给定同一个“输入”。',
  ),
  'feed-shape': elsewhere(
    'tensorloom predict with an array of another rank or size.',
    'tensorloom predict 的数组阶或大小不同。',
  ),
  'feed-missing': elsewhere(
    'tensorloom predict without the column of a data set that the output depends on.',
    'tensorloom predict 未给定输出所依赖的数据集列。',
  ),
  'unknown-output': elsewhere(
    'tensorloom predict with --output of a name that is not in the graph.',
    'tensorloom predict 的 --output 使用了图中没有的名称。',
  ),
  'nothing-to-predict': elsewhere(
    'tensorloom predict of a graph without a Probe, and without --output.',
    'tensorloom predict 的图中没有“探针”，也没有 --output。',
  ),
  'weights-missing': elsewhere(
    'tensorloom predict with the state of another graph.',
    'tensorloom predict 使用了另一个图的状态。',
  ),
  'export-unsupported': elsewhere(
    'tensorloom export --to pytorch of a graph in which a repeated block has a data set of its own.',
    'tensorloom export --to pytorch 导出的图中，重复的块内含有数据集。',
  ),
  'nothing-to-train': elsewhere(
    'A program that trains a graph without an optimizer through the library (model.run).',
    '程序通过库（model.run）训练没有优化器的图。',
  ),
  'inexact-integers': elsewhere(
    'tensorloom einsum over int64 arrays whose sums pass 9007199254740992.',
    'tensorloom einsum 收缩 int64 数组，其和超过 9007199254740992。',
  ),
  'tensor-file': elsewhere(
    'A file given to the command line that is damaged, or of another kind.',
    '在命令行给出的文件已损坏，或是其他类型的文件。',
  ),
  'state-not-saved': elsewhere(
    'A run that saves its state to a disk that has become full.',
    '运行要将状态保存到已满的磁盘。',
  ),
  'trace-not-written': elsewhere(
    'A run with --trace on a disk that becomes full.',
    '带 --trace 的运行，而磁盘已写满。',
  ),
  'resumed-inexactly': elsewhere(
    'A run from a checkpoint that another engine, another precision or other kernels have made.',
    '从由其他引擎、精度或内核生成的检查点继续运行。',
  ),
  'thread-lost': elsewhere(
    'A run on several threads, when one of them fails or is ended by the system.',
    '多线程运行之中：其中一个线程出错，或被系统终止。',
  ),
  'device-lost': elsewhere(
    'A run on an accelerator, when its driver resets it or it is unplugged.',
    '在加速器上运行时，驱动程序将其重置，或它被拔出。',
  ),
  'worker-lost': elsewhere(
    'The page, when the browser stops the worker, for example for want of memory.',
    '页面之中：浏览器停止了工作线程，例如因内存不足。',
  ),
};
