/** A contraction path as a person writes it: `((a, b), (c, d))`, operands by name. */
import type { SsaPath } from './network.ts';

/** Deeper nesting is not read. */
const deepest = 5000;

/** The path that the text means for operands of these names; undefined unless it names each exactly once. */
export function readContractionPath(text: string, names: readonly string[]): SsaPath | undefined {
  const tokens = text.match(/[(),]|[^\s(),]+/g) ?? [];
  const path: [number, number][] = [];
  const used = new Set<number>();
  // Operands of the pairs that are open, innermost last; the outermost level holds the result.
  const levels: number[][] = [[]];
  for (const token of tokens) {
    const level = levels[levels.length - 1] as number[];
    if (token === ',') continue;
    if (token === '(') {
      if (levels.length > deepest) return undefined;
      levels.push([]);
    } else if (token === ')') {
      const [a, b, ...more] = levels.pop() as number[];
      if (a === undefined || b === undefined || more.length > 0 || levels.length === 0) return undefined;
      levels[levels.length - 1]?.push(names.length + path.push([a, b]) - 1);
    } else {
      const k = names.indexOf(token);
      if (k < 0 || used.has(k)) return undefined;
      used.add(k);
      level.push(k);
    }
  }
  const complete = levels.length === 1 && levels[0]?.length === 1 && used.size === names.length;
  return complete ? path : undefined;
}

/** The text that `readContractionPath` reads back. */
export function printContractionPath(path: SsaPath, names: readonly string[]): string {
  const parts: string[] = [...names];
  for (const [a, b] of path) parts.push(`(${parts[a]}, ${parts[b]})`);
  return parts.at(-1) ?? '';
}
