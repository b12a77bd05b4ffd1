/**
 * Which input of a benchmark graph's plan is which tensor of the reference model: parameters first, in
 * the reference's order, then what the model is fed. A name that a plan lacks, it does not need: the
 * last bias of a Hamiltonian cancels in its gradient.
 */
type Pairs = readonly (readonly [input: string, reference: string])[];

/** Linear nodes in order: their weights and biases are W0, b0, W1, b1, … */
const layers = (...nodes: readonly string[]): Pairs =>
  nodes.flatMap((node, i) => [[`${node}.weight`, `W${i}`] as const, [`${node}.bias`, `b${i}`] as const]);

const data: Pairs = [
  ['x.out', 'x'],
  ['y.out', 'y'],
];

const perceptron: Pairs = [...layers('hidden0', 'hidden1', 'logits'), ...data];

export const weights: Readonly<Record<string, Pairs>> = {
  'mlp-small': perceptron,
  'mlp-784': perceptron,
  cnn: [
    ['conv0.weight', 'K0'],
    ['conv0.bias', 'c0'],
    ['conv1.weight', 'K1'],
    ['conv1.bias', 'c1'],
    ['logits.weight', 'D'],
    ['logits.bias', 'd'],
    ...data,
  ],
  transformer: [
    ['norm0.weight', 'g1'],
    ['norm0.bias', 'h1'],
    ['query.weight', 'Wq'],
    ['key.weight', 'Wk'],
    ['value.weight', 'Wv'],
    ['output.weight', 'Wo'],
    ['norm1.weight', 'g2'],
    ['norm1.bias', 'h2'],
    ['up.weight', 'W1'],
    ['up.bias', 'b1'],
    ['down.weight', 'W2'],
    ['down.bias', 'b2'],
    ...data,
  ],
  lstm: [
    ['lstm.input', 'W'],
    ['lstm.hidden', 'U'],
    ['lstm.bias', 'b'],
    ['lstm.hidden-bias', 'e'],
    ['logits.weight', 'D'],
    ['logits.bias', 'd'],
    ...data,
  ],
  lbfgs: [...layers('hidden', 'logits'), ...data],
  mps: [['chain.cores', 'A'], ['chain.middle', 'C'], ...data],
  'cnn-norm': [
    ['conv0.weight', 'K0'],
    ['norm0.weight', 'g0'],
    ['norm0.bias', 'h0'],
    ['conv1.weight', 'K1'],
    ['norm1.weight', 'g1'],
    ['norm1.bias', 'h1'],
    ['logits.weight', 'D'],
    ['logits.bias', 'd'],
    ...data,
  ],
  hnn: [...layers('hidden0', 'hidden1', 'energy'), ...data],
};
