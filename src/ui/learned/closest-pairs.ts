/** Which rows of a matrix are nearest to each other. */

/** The pairs of rows of a matrix [rows, columns], row-major, that are nearest by Euclidean distance; nearest first. */
export function closestPairs(
  numbers: ArrayLike<number>,
  rows: number,
  columns: number,
  most: number,
): readonly (readonly [number, number])[] {
  const found: { readonly pair: readonly [number, number]; readonly distance: number }[] = [];
  for (let i = 0; i < rows; i++)
    for (let j = i + 1; j < rows; j++) {
      let distance = 0;
      for (let k = 0; k < columns; k++)
        distance += ((numbers[i * columns + k] as number) - (numbers[j * columns + k] as number)) ** 2;
      const last = found.at(-1);
      if (found.length === most && last && distance >= last.distance) continue;
      const at = found.findIndex((other) => other.distance > distance);
      found.splice(at < 0 ? found.length : at, 0, { pair: [i, j], distance });
      found.length = Math.min(found.length, most);
    }
  return found.map(({ pair }) => pair);
}
