/** The sign of a node type, in the tint of its category. */
import type { AnyNodeDefinition } from '../../catalogue/index.ts';

export function NodeGlyph({ definition }: { readonly definition: AnyNodeDefinition | undefined }) {
  return (
    <span className="glyph" data-category={definition?.category} aria-hidden="true">
      {definition?.glyph ?? '?'}
    </span>
  );
}
