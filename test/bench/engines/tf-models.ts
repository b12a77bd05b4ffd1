/** The workloads in TensorFlow.js. Images have their channels last. */
import type { Tf, TfTensor } from './tf-types.ts';

type Loss = (parameters: readonly TfTensor[], x: TfTensor, y: TfTensor) => TfTensor;

export function tfLosses(tf: Tf): Readonly<Record<string, Loss>> {
  const crossEntropy = (logits: TfTensor, target: TfTensor) =>
    tf.neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), target), -1)));

  const perceptron = (p: readonly TfTensor[], x: TfTensor, activation: (x: TfTensor) => TfTensor) => {
    let h = x;
    for (let i = 0; i < p.length; i += 2) {
      h = tf.add(tf.matMul(h, p[i] as TfTensor), p[i + 1] as TfTensor);
      if (i + 2 < p.length) h = activation(h);
    }
    return h;
  };

  const squaredError = (a: TfTensor, b: TfTensor) => {
    const difference = tf.sub(a, b);
    return tf.mean(tf.mul(difference, difference));
  };

  const layerNorm = (x: TfTensor, gain: TfTensor, shift: TfTensor) => {
    const centred = tf.sub(x, tf.mean(x, -1, true));
    const variance = tf.mean(tf.mul(centred, centred), -1, true);
    return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, 1e-5))), gain), shift);
  };

  const gelu = (x: TfTensor) => {
    const cubed = tf.mul(tf.mul(tf.mul(x, x), x), 0.044715);
    const inner = tf.tanh(tf.mul(tf.add(x, cubed), Math.sqrt(2 / Math.PI)));
    return tf.mul(tf.mul(x, 0.5), tf.add(inner, 1));
  };

  const causal = (time: number) => {
    const mask = new Float32Array(time * time).map((_, i) => (i % time > Math.floor(i / time) ? -1e9 : 0));
    return tf.tensor(mask, [time, time]);
  };

  /** Rows times a matrix, for any number of leading axes. */
  const apply = (x: TfTensor, w: TfTensor) => {
    const flat = tf.matMul(tf.reshape(x, [-1, x.shape.at(-1) as number]), w);
    return tf.reshape(flat, [...x.shape.slice(0, -1), w.shape[1] as number]);
  };

  const classifier: Loss = (p, x, y) => crossEntropy(perceptron(p, x, tf.relu), y);

  return {
    'mlp-small': classifier,
    'mlp-784': classifier,
    hnn: (p, x, y) => {
      const slope = tf.grad((at) => tf.sum(perceptron(p, at, tf.tanh)))(x);
      const column = (i: number) => tf.slice(slope, [0, i], [-1, 1]);
      return squaredError(tf.concat([column(1), tf.neg(column(0))], 1), y);
    },
    cnn: (p, x, y) => {
      const [k0, c0, k1, c1, dense, bias] = p as [TfTensor, TfTensor, TfTensor, TfTensor, TfTensor, TfTensor];
      const conv = (h: TfTensor, kernel: TfTensor, shift: TfTensor, stride: number) =>
        tf.relu(tf.add(tf.conv2d(h, kernel, stride, 'valid'), shift));
      const h = conv(conv(x, k0, c0, 1), k1, c1, 2);
      const flat = tf.reshape(h, [x.shape[0] as number, dense.shape[0] as number]);
      return crossEntropy(tf.add(tf.matMul(flat, dense), bias), y);
    },
    transformer: (p, x, y) => {
      const [g1, h1, wq, wk, wv, wo, g2, h2, w1, b1, w2, b2] = p as TfTensor[] & { length: 12 };
      const [batch, time, width] = x.shape as [number, number, number];
      const heads = 4;
      const normed = layerNorm(x, g1 as TfTensor, h1 as TfTensor);
      const split = (w: TfTensor | undefined) =>
        tf.transpose(
          tf.reshape(apply(normed, w as TfTensor), [batch, time, heads, width / heads]),
          [0, 2, 1, 3],
        );
      const scores = tf.mul(tf.matMul(split(wq), split(wk), false, true), 1 / Math.sqrt(width / heads));
      const mixed = tf.matMul(tf.softmax(tf.add(scores, causal(time))), split(wv));
      const joined = tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), [batch, time, width]);
      const after = tf.add(x, apply(joined, wo as TfTensor));
      const inner = layerNorm(after, g2 as TfTensor, h2 as TfTensor);
      const hidden = gelu(tf.add(apply(inner, w1 as TfTensor), b1 as TfTensor));
      return squaredError(tf.add(tf.add(after, apply(hidden, w2 as TfTensor)), b2 as TfTensor), y);
    },
  };
}

export function tfValues(tf: Tf): Readonly<Record<string, (...operands: TfTensor[]) => TfTensor>> {
  const product = (...[a, b]: TfTensor[]) => tf.matMul(a as TfTensor, b as TfTensor);
  return {
    'matmul-1024': product,
    'batched-64': product,
    'einsum-4': (...operands) => tf.einsum('abc,cde,efg,gha->bdfh', ...operands),
    'chain-1e6': (...[operand]) => {
      const x = operand as TfTensor;
      const left = tf.mul(tf.tanh(tf.add(tf.mul(x, 2), 1)), x);
      return tf.add(left, tf.exp(tf.neg(tf.mul(x, x))));
    },
  };
}
