/** The sign of a node type, in the tint of its category. */
import type { AnyNodeDefinition } from '../../catalogue/index.ts';

export function NodeGlyph({ definition }: { readonly definition: AnyNodeDefinition | undefined }) {
  return (
    <span className={`glyph tl-tint-${definition?.category ?? 'unknown'}`} aria-hidden="true">
      {definition?.glyph ?? '?'}
    </span>
  );
}
