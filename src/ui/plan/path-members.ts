/** Which tensors of a network have gone into each tensor of a contraction path. */
import type { SsaPath } from '../../contraction/index.ts';

/** For tensor k just k; for n + i those of both operands of pair i. */
export function membersOf(n: number, path: SsaPath): readonly (readonly number[])[] {
  const members: (readonly number[])[] = Array.from({ length: n }, (_, k) => [k]);
  for (const [a, b] of path) members.push([...(members[a] ?? []), ...(members[b] ?? [])]);
  return members;
}
