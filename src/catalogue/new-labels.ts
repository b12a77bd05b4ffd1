/** How new nodes are called: tensors A, B, C …, what is learned W₁, W₂ … */

/** With which name a type's nodes begin: `A` counts on in letters, `W` in small figures. */
export type LabelSeries = 'A' | 'W';

const subscript = (n: number): string =>
  String(n).replace(/\d/g, (digit) => String.fromCodePoint(0x2080 + Number(digit)));

/** A … Z, A₁ … Z₁, A₂ … */
const letterOf = (k: number): string =>
  String.fromCharCode(65 + (k % 26)) + (k < 26 ? '' : subscript(Math.floor(k / 26)));

const nameOf = (series: LabelSeries, k: number): string =>
  series === 'A' ? letterOf(k) : `W${subscript(k + 1)}`;

/** Whether a label is one that the program might have given. */
export const isOfSeries = (label: string): boolean => /^([A-Z][₀-₉]*)$/.test(label);

/** Gives the next label of a series that nothing has; each is taken at once. */
export function newLabels(taken: Iterable<string>): (series: LabelSeries) => string {
  const known = new Set(taken);
  return (series) => {
    let k = 0;
    while (known.has(nameOf(series, k))) k++;
    const label = nameOf(series, k);
    known.add(label);
    return label;
  };
}
