/** Functions that examples of node types draw from `by` to `of`. */
import type { Example } from './define.ts';

type Drawn = Pick<Example, 'inputs' | 'drawn'>;

const inputs = (x: readonly number[], A: readonly number[]) => ({
  by: { axes: `i ${x.length}`, values: x },
  A: { axes: `i ${x.length}, j ${x.length}`, values: A },
});

/** The nodes of ½ Σ_ij A_ij y_i y_j, y being on a port, and `before` it. */
const form = (y: string, before: NonNullable<Example['drawn']> = { nodes: {}, wires: [] }) => ({
  nodes: {
    ...before.nodes,
    form: { type: 'contract', params: { expression: 'i,ij,j->' } },
    half: { type: 'scale', params: { factor: 0.5 } },
  },
  wires: [
    ...before.wires,
    `${y} > form.a`,
    'in-A.out > form.b',
    `${y} > form.c`,
    'form.out > half.x',
    'half.out > node.of',
  ],
});

/** ½ xᵀAx with A symmetric: its Hessian is A. */
export const quadratic = (x: readonly number[], A: readonly number[]): Drawn => ({
  inputs: inputs(x, A),
  drawn: form('in-by.out'),
});

/** ½ Σ_ij A_ij x_i² x_j² with A symmetric: its Hessian is 2 diag(A x²) + 4 (x xᵀ) ∘ A. */
export const quartic = (x: readonly number[], A: readonly number[]): Drawn => ({
  inputs: inputs(x, A),
  drawn: form('square.y', {
    nodes: { square: { type: 'activation', params: { function: 'square' } } },
    wires: ['in-by.out > square.x'],
  }),
});
