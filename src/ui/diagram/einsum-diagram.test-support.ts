/** Diagrams of einsum expressions, for tests: tensors are called A, B, …, every size is 2 unless another is given. */
import { parseEinsum } from '../../tensor/einsum.ts';
import type { NetworkDiagram, TensorKind } from './model/network-diagram.ts';

interface Given {
  readonly sizes?: Readonly<Record<string, number>>;
  readonly kinds?: readonly TensorKind[];
}

export function diagramOf(expression: string, { sizes = {}, kinds = [] }: Given = {}): NetworkDiagram {
  const read = parseEinsum(expression);
  if ('error' in read) throw new Error(read.error.en);
  const { inputs, output = [] } = read.einsum;
  const names = [...new Set(inputs.flat())];
  return {
    tensors: inputs.map((own, k) => ({
      name: String.fromCharCode(65 + k),
      kind: kinds[k] ?? 'general',
      axes: own.map((name) => names.indexOf(name)),
    })),
    indices: names.map((name) => ({ name, size: sizes[name] ?? 2, axis: name })),
    output: output.map((name) => names.indexOf(name)),
  };
}
