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

  /** Over the batch and the places of an image, from this batch alone. */
  const batchNorm = (x: TfTensor, gain: TfTensor, shift: TfTensor) => {
    const centred = tf.sub(x, tf.mean(x, [0, 1, 2], true));
    const variance = tf.mean(tf.mul(centred, centred), [0, 1, 2], true);
    return tf.add(tf.mul(tf.div(centred, tf.sqrt(tf.add(variance, 1e-5))), gain), shift);
  };

  const dense = (h: TfTensor, weight: TfTensor, bias: TfTensor) => {
    const shape = [h.shape[0] as number, weight.shape[0] as number];
    return tf.add(tf.matMul(tf.reshape(h, shape), weight), bias);
  };

  const lstm: Loss = (p, x, y) => {
    const [w, u, b, e, weight, bias] = p as [TfTensor, TfTensor, TfTensor, TfTensor, TfTensor, TfTensor];
    const [batch, units] = [x.shape[0] as number, u.shape[0] as number];
    let [h, c] = [tf.zeros([batch, units]), tf.zeros([batch, units])];
    for (const given of tf.unstack(tf.add(tf.add(apply(x, w), b), e), 1)) {
      const gates = tf.split(tf.add(tf.matMul(h, u), given), 4, 1);
      const [i, f, g, o] = gates as [TfTensor, TfTensor, TfTensor, TfTensor];
      c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
      h = tf.mul(tf.sigmoid(o), tf.tanh(c));
    }
    return crossEntropy(dense(h, weight, bias), y);
  };

  const matrixProductState: Loss = (p, x, y) => {
    const [cores, middle] = p as [TfTensor, TfTensor];
    const [sites, , bond] = cores.shape as [number, number, number, number];
    const batch = x.shape[0] as number;
    const features = tf.transpose(tf.stack([tf.sub(tf.zeros(x.shape), tf.sub(x, 1)), x], -1), [1, 0, 2]);
    const beside = tf.matMul(features, tf.reshape(cores, [sites, 2, bond * bond]));
    const matrices = tf.unstack(
      tf.add(tf.reshape(beside, [sites, batch, bond, bond]), tf.reshape(tf.eye(bond), [1, 1, bond, bond])),
      0,
    );
    const half = Math.floor(sites / 2);
    const end = tf.fill([batch, 1, bond], bond ** -0.5);
    const left = matrices.slice(0, half).reduce((vector, m) => tf.matMul(vector, m), end);
    const right = matrices.slice(half).reduceRight((vector, m) => tf.matMul(vector, m, false, true), end);
    const classes = middle.shape[1] as number;
    const through = tf.matMul(tf.reshape(left, [batch, bond]), tf.reshape(middle, [bond, classes * bond]));
    const logits = tf.sum(tf.mul(tf.reshape(through, [batch, classes, bond]), right), -1);
    return crossEntropy(logits, y);
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
      const [k0, c0, k1, c1, weight, bias] = p as [
        TfTensor,
        TfTensor,
        TfTensor,
        TfTensor,
        TfTensor,
        TfTensor,
      ];
      const conv = (h: TfTensor, kernel: TfTensor, shift: TfTensor, stride: number) =>
        tf.relu(tf.add(tf.conv2d(h, kernel, stride, 'valid'), shift));
      return crossEntropy(dense(conv(conv(x, k0, c0, 1), k1, c1, 2), weight, bias), y);
    },
    'cnn-norm': (p, x, y) => {
      const [k0, g0, h0, k1, g1, h1, weight, bias] = p as TfTensor[] & { length: 8 };
      const conv = (h: TfTensor, kernel: unknown, gain: unknown, shift: unknown, stride: number) =>
        tf.relu(
          batchNorm(tf.conv2d(h, kernel as TfTensor, stride, 'valid'), gain as TfTensor, shift as TfTensor),
        );
      const h = conv(conv(x, k0, g0, h0, 1), k1, g1, h1, 2);
      return crossEntropy(dense(h, weight as TfTensor, bias as TfTensor), y);
    },
    lstm,
    mps: matrixProductState,
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
