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
  ['x.value', 'x'],
  ['y.value', 'y'],
];

const perceptron: Pairs = [...layers('hidden0', 'hidden1', 'logits'), ...data];

export const weights: Readonly<Record<string, Pairs>> = {
  'mlp-small': perceptron,
  'mlp-784': perceptron,
  hnn: [...layers('hidden0', 'hidden1', 'energy'), ...data],
};
