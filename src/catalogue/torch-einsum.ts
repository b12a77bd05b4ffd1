/** Contractions in PyTorch: torch.einsum, pair by pair along a contraction path. */
import type { SsaPath } from '../contraction/index.ts';
import type { TorchContext } from './torch.ts';

/** A tensor in Python and the label of each of its axes. */
export interface TorchOperand {
  readonly code: string;
  readonly labels: readonly string[];
  /** What intermediate results are called after. */
  readonly name: string;
}

const alphabet = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** A letter for each label: its own where it is one, its first where that is free. */
function lettersOf(labels: Iterable<string>): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  const taken = new Set<string>();
  const all = [...new Set(labels)];
  const isLetter = (label: string) => /^[a-zA-Z]$/.test(label);
  for (const label of [...all.filter(isLetter), ...all.filter((one) => !isLetter(one))]) {
    const first = label.slice(0, 1);
    const letter = isLetter(first) && !taken.has(first) ? first : alphabet.find((one) => !taken.has(one));
    letters.set(label, letter ?? first);
    taken.add(letter ?? first);
  }
  return letters;
}

/** One call of torch.einsum. */
function call(operands: readonly TorchOperand[], output: readonly string[]): string {
  const letters = lettersOf([...operands.flatMap(({ labels }) => labels), ...output]);
  const written = (labels: readonly string[]) => labels.map((label) => letters.get(label)).join('');
  const inputs = operands.map(({ labels }) => written(labels)).join(',');
  return `torch.einsum("${inputs}->${written(output)}", ${operands.map(({ code }) => code).join(', ')})`;
}

/** The contraction as an expression; of more than two operands the path's pairs are lines before it. */
export function torchEinsum(
  { let: assign }: Pick<TorchContext<unknown>, 'let'>,
  operands: readonly TorchOperand[],
  output: readonly string[],
  path: SsaPath,
): string {
  if (operands.length < 3) return call(operands, output);
  const tensors: (TorchOperand | undefined)[] = [...operands];
  for (const [i, j] of path) {
    const pair = [tensors[i], tensors[j]].filter((one) => one !== undefined);
    [tensors[i], tensors[j]] = [undefined, undefined];
    const others = tensors.filter((one) => one !== undefined);
    if (others.length === 0) return call(pair, output);
    const needed = new Set([...others.flatMap(({ labels }) => labels), ...output]);
    const labels = [...new Set(pair.flatMap((one) => one.labels))].filter((label) => needed.has(label));
    const name = pair.map((one) => one.name).join('_');
    tensors.push({ code: assign(name, call(pair, labels)), labels, name });
  }
  return call(
    tensors.filter((one) => one !== undefined),
    output,
  );
}
