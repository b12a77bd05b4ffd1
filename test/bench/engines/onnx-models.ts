/**
 * The workloads as ONNX graphs. ONNX Runtime for the web has no derivatives of its own, so the backward
 * passes of the perceptrons are written out by hand, as its users must.
 */

import { adam } from './contender.ts';
import { size, type Tensors } from './data.ts';
import { OnnxGraph } from './onnx-writer.ts';

type Shapes = Readonly<Record<string, readonly number[]>>;

const shapesOf = (tensors: Tensors): Shapes =>
  Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape]));

/** Inputs: tensors, moments `m.W0`, `v.W0`, and corrections c1, c2. Outputs: `loss` and the same, `next.` before. */
export function onnxTraining(
  workload: string,
  parameters: readonly string[],
  tensors: Tensors,
): Uint8Array<ArrayBuffer> {
  const write = models[workload];
  if (!write) throw new Error('it has no derivatives; they are written by hand for perceptrons only');
  const g = new OnnxGraph();
  const shapes = shapesOf(tensors);
  for (const [name, shape] of Object.entries(shapes)) g.input(name, shape);
  const gradients = write(g, shapes);
  g.output('loss', []);
  addAdam(g, parameters, shapes, gradients);
  return g.finish();
}

function addAdam(
  g: OnnxGraph,
  parameters: readonly string[],
  shapes: Shapes,
  gradients: Readonly<Record<string, string>>,
): void {
  const [c1, c2] = [g.input('c1', []), g.input('c2', [])];
  const blend = (old: string, now: string, beta: number, out: string) =>
    g.op('Add', [g.op('Mul', [old, g.constant(beta)]), g.op('Mul', [now, g.constant(1 - beta)])], {}, out);
  for (const name of parameters) {
    const shape = shapes[name] ?? [];
    const slope = gradients[name] ?? g.constant(new Array(size(shape)).fill(0), shape);
    const mean = blend(g.input(`m.${name}`, shape), slope, adam.beta1, `next.m.${name}`);
    const squared = g.op('Mul', [slope, slope]);
    const square = blend(g.input(`v.${name}`, shape), squared, adam.beta2, `next.v.${name}`);
    const above = g.op('Mul', [g.op('Mul', [mean, c1]), g.constant(adam.rate)]);
    const below = g.op('Add', [g.op('Sqrt', [g.op('Mul', [square, c2])]), g.constant(adam.epsilon)]);
    g.op('Sub', [name, g.op('Div', [above, below])], {}, `next.${name}`);
    for (const prefix of ['next.', 'next.m.', 'next.v.']) g.output(`${prefix}${name}`, shape);
  }
}

type Model = (g: OnnxGraph, shapes: Shapes) => Readonly<Record<string, string>>;

const rows = (g: OnnxGraph, value: string) => g.op('ReduceSum', [value, g.integers([0])], { keepdims: 0 });

const classifier: Model = (g, shapes) => {
  const layers = Object.keys(shapes).filter((name) => name.startsWith('W')).length;
  const batch = shapes.x?.[0] as number;
  const inputs = ['x'];
  for (let i = 0; i < layers; i++) {
    const out = g.op('Gemm', [inputs[i] as string, `W${i}`, `b${i}`]);
    inputs.push(i + 1 < layers ? g.op('Relu', [out]) : out);
  }
  const logits = inputs[layers] as string;
  const surprise = g.op('Mul', [g.op('LogSoftmax', [logits], { axis: -1 }), 'y']);
  g.op('ReduceSum', [g.op('Mul', [surprise, g.constant(-1 / batch)])], { keepdims: 0 }, 'loss');

  const gradients: Record<string, string> = {};
  const excess = g.op('Sub', [g.op('Softmax', [logits], { axis: -1 }), 'y']);
  let slope = g.op('Mul', [excess, g.constant(1 / batch)]);
  for (let i = layers - 1; i >= 0; i--) {
    const input = inputs[i] as string;
    gradients[`W${i}`] = g.op('Gemm', [input, slope], { transA: 1 });
    gradients[`b${i}`] = rows(g, slope);
    if (i === 0) break;
    const back = g.op('Gemm', [slope, `W${i}`], { transB: 1 });
    slope = g.op('Where', [g.op('Greater', [input, g.constant(0)]), back, g.constant(0)]);
  }
  return gradients;
};

/** H = W₂ᵀ tanh(W₁ᵀ tanh(W₀ᵀ x + b₀) + b₁); its slope by x, the loss of the slope, and that loss's gradients. */
const hamiltonian: Model = (g, shapes) => {
  const [batch, wide] = [shapes.x?.[0] as number, shapes.W2?.[0] as number];
  const mul = (a: string, b: string) => g.op('Mul', [a, b]);
  const transposed = (a: string, b: string) => g.op('Gemm', [a, b], { transB: 1 });
  const across = (a: string, b: string) => g.op('Gemm', [a, b], { transA: 1 });

  const h0 = g.op('Tanh', [g.op('Gemm', ['x', 'W0', 'b0'])]);
  const h1 = g.op('Tanh', [g.op('Gemm', [h0, 'W1', 'b1'])]);
  const [s0, s1] = [h0, h1].map((h) => g.op('Sub', [g.constant(1), mul(h, h)])) as [string, string];
  const w2 = g.op('Reshape', ['W2', g.integers([1, wide])]);
  const u1 = mul(s1, w2);
  const v0 = transposed(u1, 'W1');
  const u0 = mul(v0, s0);
  const slope = transposed(u0, 'W0');
  const turn = g.constant([0, -1, 1, 0], [2, 2]);
  const error = g.op('Sub', [g.op('MatMul', [slope, turn]), 'y']);
  g.op('ReduceMean', [mul(error, error)], { keepdims: 0 }, 'loss');

  const dSlope = transposed(mul(error, g.constant(1 / batch)), turn);
  const du0 = g.op('Gemm', [dSlope, 'W0']);
  const dv0 = mul(du0, s0);
  const du1 = g.op('Gemm', [dv0, 'W1']);
  const ds1 = mul(du1, s1);
  const twice = (h: string) => mul(h, g.constant(-2));
  const da1 = mul(mul(ds1, w2), twice(h1));
  const dh0 = g.op('Add', [transposed(da1, 'W1'), mul(mul(du0, v0), twice(h0))]);
  const da0 = mul(dh0, s0);
  return {
    W0: g.op('Add', [across(dSlope, u0), across('x', da0)]),
    b0: rows(g, da0),
    W1: g.op('Add', [across(dv0, u1), across(h0, da1)]),
    b1: rows(g, da1),
    W2: g.op('Reshape', [rows(g, ds1), g.integers([wide, 1])]),
  };
};

const models: Readonly<Record<string, Model>> = {
  'mlp-small': classifier,
  'mlp-784': classifier,
  hnn: hamiltonian,
};

/** Inputs: the tensors. Output: `out`. */
export function onnxValue(workload: string, tensors: Tensors): Uint8Array<ArrayBuffer> {
  const g = new OnnxGraph();
  const shapes = shapesOf(tensors);
  const names = Object.keys(shapes);
  for (const name of names) g.input(name, shapes[name] ?? []);
  switch (workload) {
    case 'einsum-4':
      g.op('Einsum', names, { equation: 'abc,cde,efg,gha->bdfh' }, 'out');
      g.output('out', [16, 16, 16, 16]);
      break;
    case 'chain-1e6': {
      const inner = g.op('Add', [g.op('Mul', ['x', g.constant(2)]), g.constant(1)]);
      const bell = g.op('Exp', [g.op('Neg', [g.op('Mul', ['x', 'x'])])]);
      g.op('Add', [g.op('Mul', [g.op('Tanh', [inner]), 'x']), bell], {}, 'out');
      g.output('out', shapes.x ?? []);
      break;
    }
    default:
      g.op('MatMul', names, {}, 'out');
      g.output('out', shapes.a ?? []);
  }
  return g.finish();
}
