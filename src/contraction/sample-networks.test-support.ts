/** Networks for the tests of this folder. */
import type { Network } from './network.ts';

/** From an expression with one letter an index; labels are numbered as they appear. */
export function networkOf(expression: string, sizes: Readonly<Record<string, number>>): Network {
  const [inputs, output] = expression.split('->') as [string, string];
  const letters = [...new Set(inputs.replaceAll(',', ''))];
  const labels = (tensor: string) => [...tensor].map((letter) => letters.indexOf(letter));
  return {
    inputs: inputs.split(',').map(labels),
    output: labels(output),
    sizes: letters.map((letter) => sizes[letter] as number),
  };
}

/** A rectangular lattice of tensors with bonds of one size between neighbours: a closed PEPS. */
export function lattice(rows: number, columns: number, size: number): Network {
  const inputs: number[][] = Array.from({ length: rows * columns }, () => []);
  let bonds = 0;
  const bond = (a: number, b: number) => {
    inputs[a]?.push(bonds);
    inputs[b]?.push(bonds++);
  };
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      if (c + 1 < columns) bond(r * columns + c, r * columns + c + 1);
      if (r + 1 < rows) bond(r * columns + c, (r + 1) * columns + c);
    }
  }
  return { inputs, output: [], sizes: new Array<number>(bonds).fill(size) };
}
