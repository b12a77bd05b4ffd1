/** A text as rows of characters: each row a window of it, and the same one place further. */
import { z } from 'zod';

export const windowsSchema = z.object({
  /** Characters in the order of their numbers. */
  vocabulary: z.array(z.string().min(1).max(8)).min(2).max(10_000),
  /** Characters of a row. */
  length: z.int().min(1).max(4096),
});

export type Windows = z.output<typeof windowsSchema>;

/** Its characters (code points), sorted, and how many there are of each. */
export function charactersOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => (a.codePointAt(0) as number) - (b.codePointAt(0) as number)));
}

/** How many rows there are: windows stand side by side, and the last character is only ever told. */
export const windowCount = (characters: number, length: number): number =>
  Math.floor((characters - 1) / length);

/** `x`, characters by their numbers, and `y`, the one after each. What the vocabulary does not have is its first. */
export function readWindows(
  text: string,
  { vocabulary, length }: Windows,
): { x: Float32Array; y: Float32Array } {
  const codes = new Map(vocabulary.map((character, code) => [character, code]));
  const all = Float32Array.from(text, (character) => codes.get(character) ?? 0);
  const rows = windowCount(all.length, length);
  return { x: all.slice(0, rows * length), y: all.slice(1, rows * length + 1) };
}
