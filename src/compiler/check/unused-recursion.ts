/** Blocks that contain themselves and that nothing uses: there is no use of them at which it would be told. */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { type Diagnostic, diagnose } from '../../base/diagnostic.ts';
import { blockOf, blocksUsed } from '../../document/levels.ts';
import { orderFrom, wayRound } from './order.ts';

type Blocks = GraphDocument['blocks'];

interface Recursion {
  /** Blocks that contain one another. */
  readonly members: readonly string[];
  /** `a → b → a`. */
  readonly way: string;
}

const noRecursions: readonly Recursion[] = [];
/** Edits share the blocks that they do not reach. */
const known = new WeakMap<Blocks, readonly Recursion[]>();

function recursionsIn(blocks: Blocks): readonly Recursion[] {
  const ids = Object.keys(blocks);
  if (ids.length === 0) return noRecursions;
  const used = (id: string): readonly string[] => [
    ...new Set(
      Object.values(blocks[id]?.nodes ?? {})
        .flatMap((node) => blockOf(node) ?? [])
        .filter((inner) => Object.hasOwn(blocks, inner)),
    ),
  ];
  return orderFrom(ids, used).loops.map((loop) => {
    const way = wayRound(loop, used);
    return { members: loop, way: [...way, way[0]].join(' → ') };
  });
}

export function unusedRecursions(document: GraphDocument): readonly Diagnostic[] {
  const { blocks, nodes } = document;
  const found = known.get(blocks) ?? recursionsIn(blocks);
  known.set(blocks, found);
  if (found.length === 0) return [];
  const used = blocksUsed(document, Object.values(nodes));
  return found
    .filter(({ members }) => !members.some((id) => used.has(id)))
    .map(({ members: [block = ''], way }) => diagnose('unused-recursion', {}, { block, way }));
}
