/** The workloads in jax-js. Every use of an array but its last goes through `.ref`. */
import type { Jax, JaxArray } from './jax-types.ts';

type Loss = (parameters: readonly JaxArray[], x: JaxArray, y: JaxArray) => JaxArray;

export function jaxLosses({ numpy: np, nn, lax, grad }: Jax): Readonly<Record<string, Loss>> {
  const crossEntropy = (logits: JaxArray, target: JaxArray) =>
    nn.logSoftmax(logits, -1).mul(target).sum(-1).mean().neg();

  const perceptron = (p: readonly JaxArray[], x: JaxArray, activation: (x: JaxArray) => JaxArray) => {
    let h = x;
    for (let i = 0; i < p.length; i += 2) {
      h = np.matmul(h, p[i] as JaxArray).add(p[i + 1] as JaxArray);
      if (i + 2 < p.length) h = activation(h);
    }
    return h;
  };

  const squaredError = (a: JaxArray, b: JaxArray) => {
    const difference = a.sub(b);
    return difference.ref.mul(difference).mean();
  };

  const layerNorm = (x: JaxArray, gain: JaxArray, shift: JaxArray) => {
    const centred = x.ref.sub(x.mean(-1, { keepdims: true }));
    const variance = centred.ref.mul(centred.ref).mean(-1, { keepdims: true });
    return centred
      .div(np.sqrt(variance.add(1e-5)))
      .mul(gain)
      .add(shift);
  };

  const gelu = (x: JaxArray) => {
    const cubed = x.ref.mul(x.ref).mul(x.ref).mul(0.044715);
    const inner = np.tanh(x.ref.add(cubed).mul(Math.sqrt(2 / Math.PI)));
    return x.mul(0.5).mul(inner.add(1));
  };

  const classifier: Loss = (p, x, y) => crossEntropy(perceptron(p, x, nn.relu), y);

  const transformer: Loss = (p, x, y) => {
    const [g1, h1, wq, wk, wv, wo, g2, h2, w1, b1, w2, b2] = p as JaxArray[] & { length: 12 };
    const [batch, time, width] = x.shape as [number, number, number];
    const heads = 4;
    const normed = layerNorm(x.ref, g1 as JaxArray, h1 as JaxArray);
    const split = (h: JaxArray, w: JaxArray | undefined) =>
      np
        .matmul(h, w as JaxArray)
        .reshape([batch, time, heads, width / heads])
        .transpose([0, 2, 1, 3]);
    const [q, k, v] = [split(normed.ref, wq), split(normed.ref, wk), split(normed, wv)];
    const scores = np.matmul(q, k.transpose([0, 1, 3, 2])).mul(1 / Math.sqrt(width / heads));
    const mask = np.triu(np.ones([time, time]), 1).mul(-1e9);
    const mixed = np.matmul(nn.softmax(scores.add(mask), -1), v);
    const joined = mixed.transpose([0, 2, 1, 3]).reshape([batch, time, width]);
    const after = x.add(np.matmul(joined, wo as JaxArray));
    const inner = layerNorm(after.ref, g2 as JaxArray, h2 as JaxArray);
    const hidden = gelu(np.matmul(inner, w1 as JaxArray).add(b1 as JaxArray));
    return squaredError(after.add(np.matmul(hidden, w2 as JaxArray)).add(b2 as JaxArray), y);
  };

  /** Over the batch and the places of an image, from this batch alone. */
  const batchNorm = (x: JaxArray, gain: JaxArray, shift: JaxArray) => {
    const over = [0, 2, 3];
    const centred = x.ref.sub(x.mean(over, { keepdims: true }));
    const variance = centred.ref.mul(centred.ref).mean(over, { keepdims: true });
    const channels = [gain.shape[0] as number, 1, 1];
    return centred
      .div(np.sqrt(variance.add(1e-5)))
      .mul(gain.reshape(channels))
      .add(shift.reshape(channels));
  };

  const dense = (h: JaxArray, weight: JaxArray, bias: JaxArray) => {
    const [rows, columns] = [h.shape[0] as number, weight.shape[0] as number];
    return np.matmul(h.reshape([rows, columns]), weight).add(bias);
  };

  const lstm: Loss = (p, x, y) => {
    const [w, u, b, e, weight, bias] = p as [JaxArray, JaxArray, JaxArray, JaxArray, JaxArray, JaxArray];
    const [batch, time] = x.shape as [number, number, number];
    const units = u.shape[0] as number;
    const given = np.matmul(x, w).add(b).add(e);
    let [h, c] = [np.zeros([batch, units]), np.zeros([batch, units])];
    for (let t = 0; t < time; t++) {
      const gates = np.matmul(h, u.ref).add(given.ref.slice([], t, []));
      const gate = (i: number) => gates.ref.slice([], [i * units, (i + 1) * units]);
      const kept = nn.sigmoid(gate(1)).mul(c);
      c = kept.add(nn.sigmoid(gate(0)).mul(np.tanh(gate(2))));
      h = nn.sigmoid(gate(3)).mul(np.tanh(c.ref));
      gates.dispose();
    }
    for (const array of [c, u, given]) array.dispose();
    return crossEntropy(dense(h, weight, bias), y);
  };

  const matrixProductState: Loss = (p, x, y) => {
    const [cores, middle] = p as [JaxArray, JaxArray];
    const [sites, , bond] = cores.shape as [number, number, number, number];
    const [batch] = x.shape as [number, number];
    const features = np.stack([x.ref.neg().add(1), x], -1);
    const beside = np.einsum('bns,nslr->nblr', features, cores);
    const matrices = beside.add(np.eye(bond));
    const end = np.ones([batch, bond]).mul(bond ** -0.5);
    let [left, right] = [end.ref, end];
    const half = Math.floor(sites / 2);
    for (let n = 0; n < half; n++) left = np.einsum('bl,blr->br', left, matrices.ref.slice(n, [], [], []));
    for (let n = sites - 1; n >= half; n--)
      right = np.einsum('br,blr->bl', right, matrices.ref.slice(n, [], [], []));
    matrices.dispose();
    return crossEntropy(np.einsum('bl,lcr,br->bc', left, middle, right), y);
  };

  return {
    'mlp-small': classifier,
    'mlp-784': classifier,
    hnn: (p, x, y) => {
      const slope = grad((at) => perceptron(p, at, np.tanh).sum())(x);
      const field = [slope.ref.slice([], [1, 2]), slope.slice([], [0, 1]).neg()];
      return squaredError(np.concatenate(field, 1), y);
    },
    cnn: (p, x, y) => {
      const [k0, c0, k1, c1, weight, bias] = p as [
        JaxArray,
        JaxArray,
        JaxArray,
        JaxArray,
        JaxArray,
        JaxArray,
      ];
      const conv = (h: JaxArray, kernel: JaxArray, shift: JaxArray, stride: number) => {
        const out = lax.convGeneralDilated(h, kernel, [stride, stride], 'VALID');
        return nn.relu(out.add(shift.reshape([shift.shape[0] as number, 1, 1])));
      };
      return crossEntropy(dense(conv(conv(x, k0, c0, 1), k1, c1, 2), weight, bias), y);
    },
    'cnn-norm': (p, x, y) => {
      const [k0, g0, h0, k1, g1, h1, weight, bias] = p as JaxArray[] & { length: 8 };
      const conv = (h: JaxArray, kernel: unknown, gain: unknown, shift: unknown, stride: number) => {
        const out = lax.convGeneralDilated(h, kernel as JaxArray, [stride, stride], 'VALID');
        return nn.relu(batchNorm(out, gain as JaxArray, shift as JaxArray));
      };
      const h = conv(conv(x, k0, g0, h0, 1), k1, g1, h1, 2);
      return crossEntropy(dense(h, weight as JaxArray, bias as JaxArray), y);
    },
    lstm,
    mps: matrixProductState,
    transformer,
  };
}

export function jaxValues({
  numpy: np,
}: Jax): Readonly<Record<string, (...operands: readonly JaxArray[]) => JaxArray>> {
  const product = (...[a, b]: readonly JaxArray[]) => np.matmul(a as JaxArray, b as JaxArray);
  return {
    'matmul-1024': product,
    'batched-64': product,
    'einsum-4': (...operands) => np.einsum('abc,cde,efg,gha->bdfh', ...operands),
    'chain-1e6': (...[operand]) => {
      const x = operand as JaxArray;
      const left = np.tanh(x.ref.mul(2).add(1)).mul(x.ref);
      return left.add(np.exp(x.ref.mul(x).neg()));
    },
  };
}
