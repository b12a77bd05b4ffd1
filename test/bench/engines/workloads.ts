/**
 * What is measured. A workload is a graph in ../graphs (or a program of its own), the tensors it is given,
 * and the arithmetic that any engine must do for it. Models of the table: two perceptrons, a Hamiltonian
 * network (the gradient of a gradient), convolution nets without and with batch norm, an LSTM, a
 * matrix-product state and a transformer block, trained by Adam; and a perceptron by L-BFGS.
 */
import { Builder } from '../../../src/ir/builder.ts';
import { arg, e, number, unary } from '../../../src/ir/expr.ts';
import type { Program } from '../../../src/ir/program.ts';
import { type Fill, fill, type Tensors } from './data.ts';

export interface Workload {
  readonly name: string;
  /** `train`: a step of Adam. `value`: one tensor out of others. */
  readonly kind: 'train' | 'value';
  /** Trainable tensors first, in the reference's order; then what the model is fed. */
  readonly tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly fill: Fill }>>;
  /** Names of the trainable tensors. */
  readonly parameters: readonly string[];
  /** Floating-point operations of the matrix products that a step cannot do without. */
  readonly flops: number;
  /** Of Adam, where it is not that of the others. */
  readonly rate?: number;
  /** Instead of Adam. A step is 20 iterations, each with a line search. */
  readonly optimizer?: 'lbfgs';
  /** How far the loss after twenty steps may be off, where single precision goes another way to the minimum. */
  readonly later?: number;
  /** Training begins anew after so many steps: it would arrive, and have nothing more to do. */
  readonly restart?: number;
  /** A program instead of a graph, for kernels that no node stands for. */
  readonly program?: () => Program;
}

type Shapes = Workload['tensors'];

const random = (shape: readonly number[], deviation = 1) => ({ shape, fill: { normal: deviation } });
const given = (shape: readonly number[], value: number) => ({ shape, fill: { constant: value } });
const oneHot = (rows: number, classes: number) => ({ shape: [rows, classes], fill: 'one-hot' as const });

/** W0, b0, W1, b1, … of a perceptron with these widths. */
function perceptron(...widths: readonly number[]): Shapes {
  const layers = widths.slice(1).map((out, i) => [i, widths[i] as number, out] as const);
  return Object.fromEntries(
    layers.flatMap(([i, wide, out]) => [
      [`W${i}`, random([wide, out], 1 / Math.sqrt(wide))],
      [`b${i}`, random([out], 0.05)],
    ]),
  );
}

const train = (name: string, parameters: Shapes, data: Shapes, multiplyAdds: number): Workload => ({
  name,
  kind: 'train',
  tensors: { ...parameters, ...data },
  parameters: Object.keys(parameters),
  flops: 2 * multiplyAdds,
});

const value = (name: string, tensors: Shapes, multiplyAdds: number, program?: () => Program): Workload => ({
  name,
  kind: 'value',
  tensors,
  parameters: [],
  flops: 2 * multiplyAdds,
  ...(program && { program }),
});

/** Forward, weight gradients, and input gradients of all layers but the first. */
function perceptronProducts(batch: number, ...widths: readonly number[]): number {
  const layers = widths.slice(1).map((out, i) => batch * (widths[i] as number) * out);
  return 3 * layers.reduce((sum, n) => sum + n, 0) - (layers[0] as number);
}

function convolution(): Workload {
  const [batch, first, second, dense] = [64, 26 * 26 * 16 * 9, 12 * 12 * 32 * 144, 4608 * 10];
  const parameters = {
    K0: random([16, 1, 3, 3], 1 / 3),
    c0: random([16], 0.05),
    K1: random([32, 16, 3, 3], 1 / 12),
    c1: random([32], 0.05),
    D: random([4608, 10], 1 / 68),
    d: random([10], 0.05),
  };
  const data = { x: random([batch, 1, 28, 28]), y: oneHot(batch, 10) };
  return train('cnn', parameters, data, batch * (2 * first + 3 * second + 3 * dense));
}

/** The same with batch norm in the place of biases. */
function normedConvolution(): Workload {
  const { tensors, flops } = convolution();
  const { K0, K1, D, d, x, y } = tensors as Record<string, Shapes[string]> & typeof tensors;
  const norm = (channels: number, i: number) => ({
    [`g${i}`]: given([channels], 1),
    [`h${i}`]: random([channels], 0.05),
  });
  const parameters = { K0, ...norm(16, 0), K1, ...norm(32, 1), D, d } as Shapes;
  return train('cnn-norm', parameters, { x, y } as Shapes, flops / 2);
}

/** A class from the last state of an LSTM, which reads an image row by row. */
function lstm(): Workload {
  const [batch, time, features, units] = [32, 28, 28, 64];
  const parameters = {
    W: random([features, 4 * units], 1 / 8),
    U: random([units, 4 * units], 1 / 8),
    b: random([4 * units], 0.05),
    e: random([4 * units], 0.05),
    D: random([units, 10], 1 / 8),
    d: random([10], 0.05),
  };
  const data = { x: random([batch, time, features]), y: oneHot(batch, 10) };
  const gates = batch * time * 4 * units * (2 * features + 3 * units);
  return train('lstm', parameters, data, gates + 3 * batch * units * 10);
}

/** A matrix-product state that tells classes apart: one small product after another. */
function matrixProductState(): Workload {
  const [batch, sites, bond] = [64, 64, 16];
  const parameters = {
    A: random([sites, 2, bond, bond], 0.01),
    C: random([bond, 10, bond], 1 / bond),
  };
  const data = { x: random([batch, sites], 0.5), y: oneHot(batch, 10) };
  // Matrices of features and their gradient; vectors through them, and both derivatives of that.
  const products = batch * sites * bond ** 2 * (4 + 3) + 3 * batch * 10 * bond ** 2;
  // A product of 64 matrices grows with the 64th power of what one has learnt.
  return { ...train('mps', parameters, data, products), rate: 1e-4 };
}

/** All rows at once, as L-BFGS wants them; a price on the weights, so that the loss has a minimum to arrive at. */
function quasiNewton(): Workload {
  const rows = 512;
  const data = { x: random([rows, 64]), y: oneHot(rows, 10) };
  const evaluations = 25;
  const products = evaluations * perceptronProducts(rows, 64, 64, 10);
  const workload = train('lbfgs', perceptron(64, 64, 10), data, products);
  // Line searches compare losses that differ in their last digits: torch's own single precision is off by 1 %, too.
  return { ...workload, optimizer: 'lbfgs', restart: 4, later: 0.03 };
}

function transformer(): Workload {
  const [batch, time, width] = [8, 64, 64];
  const square = () => random([width, width], 1 / 8);
  const parameters = {
    g1: given([width], 1),
    h1: random([width], 0.05),
    Wq: square(),
    Wk: square(),
    Wv: square(),
    Wo: square(),
    g2: given([width], 1),
    h2: random([width], 0.05),
    W1: random([width, 4 * width], 1 / 8),
    b1: random([4 * width], 0.05),
    W2: random([4 * width, width], 1 / 16),
    b2: random([width], 0.05),
  };
  const data = { x: random([batch, time, width]), y: random([batch, time, width]) };
  const weights = batch * time * 12 * width * width;
  const attention = 2 * batch * time * time * width;
  return train('transformer', parameters, data, 3 * (weights + attention));
}

/** tanh(2x + 1)·x + exp(−x²). */
function elementwiseChain(n: number): Workload {
  const program = () => {
    const ir = new Builder();
    const x = ir.input('x', [n], 'feed');
    const left = e.mul(unary('tanh', e.add(e.mul(number(2), arg(0)), number(1))), arg(0));
    const out = ir.map([x], e.add(left, unary('exp', unary('neg', e.mul(arg(0), arg(0))))));
    return ir.finish([{ name: 'out', value: out }], []);
  };
  return value('chain-1e6', { x: random([n]) }, 0, program);
}

/** 64 products of 64 × 64 matrices. */
function batchedProducts(n: number): Workload {
  const program = () => {
    const ir = new Builder();
    const [a, b] = ['a', 'b'].map((name) => ir.input(name, [n, n, n], 'feed')) as [number, number];
    return ir.finish([{ name: 'out', value: ir.einsum('bij,bjk->bik', a, b) }], []);
  };
  return value('batched-64', { a: random([n, n, n]), b: random([n, n, n]) }, n ** 4, program);
}

const ring = random([16, 16, 16]);
const big = random([1024, 1024]);

export const workloads: readonly Workload[] = [
  train(
    'mlp-small',
    perceptron(2, 64, 64, 2),
    { x: random([128, 2]), y: oneHot(128, 2) },
    perceptronProducts(128, 2, 64, 64, 2),
  ),
  train(
    'mlp-784',
    perceptron(784, 256, 128, 10),
    { x: random([64, 784]), y: oneHot(64, 10) },
    perceptronProducts(64, 784, 256, 128, 10),
  ),
  // Six products with the inner matrix and five with the outer: forward, gradient, and both their derivatives.
  train(
    'hnn',
    perceptron(2, 200, 200, 1),
    { x: random([128, 2]), y: random([128, 2]) },
    128 * (6 * 200 * 200 + 5 * 2 * 200),
  ),
  convolution(),
  normedConvolution(),
  lstm(),
  matrixProductState(),
  quasiNewton(),
  transformer(),
  value('matmul-1024', { a: big, b: big }, 1024 ** 3),
  value('einsum-4', { a: ring, b: ring, c: ring, d: ring }, 16 ** 5 * 2 + 16 ** 6),
  batchedProducts(64),
  elementwiseChain(1_000_000),
];

export function findWorkload(name: string): Workload {
  const found = workloads.find((w) => w.name === name);
  if (!found) throw new Error(`no workload "${name}"`);
  return found;
}

export const tensorsOf = ({ name, tensors }: Workload): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([key, { shape, fill: rule }]) => [key, fill(`${name}/${key}`, shape, rule)]),
  );
