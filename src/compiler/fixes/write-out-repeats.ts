/**
 * A repeat is one body, so every iteration takes and gives the same type. Where each iteration by itself is
 * sound and only the next has another shape, copies do what the repeat cannot.
 */
import type { Code } from '../../base/codes.ts';
import { fill, text } from '../../base/text.ts';
import { registryOf } from '../../catalogue/index.ts';
import { ungroupObstacle } from '../../document/blocks/ungroup.ts';
import { entry, levelAt, locate, pathAt, repeatOf } from '../../document/levels.ts';
import { nameOf } from '../check/resolve.ts';
import type { FixCandidate, FixContext } from './fix-context.ts';

const title = text('Write the {count} repeats of {node} out', '展开{node}的 {count} 次重复');

const aboutTypes: readonly Code[] = ['repeat-type', 'size-conflict'];

/** Of the repeats that the diagnostic lies in, the innermost first. */
export function* writeOutRepeats({ document, diagnostic }: FixContext): Generator<FixCandidate> {
  const { code, node } = diagnostic;
  if (node === undefined || !aboutTypes.includes(code)) return;
  const { way } = locate(document, node);
  for (let depth = way.length - 1; depth >= 0; depth--) {
    const level = levelAt(document, way.slice(0, depth));
    const id = way[depth] as string;
    const use = level && entry(level.graph.nodes, id);
    if (!use || repeatOf(use) <= 1) continue;
    if (ungroupObstacle(document, level, id, registryOf(document))) continue;
    const path = pathAt(document, { way: way.slice(0, depth), id });
    const said = fill(title, { count: repeatOf(use), node: nameOf(document, path) });
    yield { kind: 'write-out', edits: [{ edit: 'writeOut', node: path }], title: () => said };
  }
}
