/**
 * Symbols of sizes inside blocks. A symbol that a block declares is one of its own for each use of the
 * block: it stands in the flat graph under the path of the use, `encoder/d`. What a use overrides by an
 * expression is replaced by that expression, read where the use stands.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import type { PathText } from '../../base/path.ts';
import { type Size, substitute, symbol } from '../../tensor/size.ts';

export interface Scope {
  /** Path of the use, with a slash. */
  readonly prefix: PathText;
  /** Symbols that the block declares. */
  readonly dims: GraphDocument['dims'];
  /** What the use puts in place of some of them, in symbols of the flat graph. */
  readonly overrides: ReadonlyMap<string, Size>;
}

/** The name of a block's symbol in the flat graph; the document's own keep theirs. */
export const flatSymbol = (name: string, scope: Scope | undefined): string =>
  scope && Object.hasOwn(scope.dims, name) ? `${scope.prefix}${name}` : name;

/** A size as it is written inside a block, in symbols of the flat graph. */
export const flatSize = (size: Size, scope: Scope | undefined): Size =>
  scope === undefined
    ? size
    : substitute(size, (atom) => {
        if (atom.kind !== 'symbol') return undefined;
        return scope.overrides.get(atom.name) ?? symbol(flatSymbol(atom.name, scope));
      });

/** Symbols that a use of a block brings into the flat graph, with their sizes: its numbers go before the block's. */
export function flatDims(
  { prefix, dims, overrides }: Scope,
  given: Readonly<Record<string, number | string>>,
): GraphDocument['dims'] {
  const found: GraphDocument['dims'] = {};
  for (const [name, dim] of Object.entries(dims)) {
    if (overrides.has(name)) continue;
    const number = Object.hasOwn(given, name) ? given[name] : undefined;
    found[`${prefix}${name}`] = typeof number === 'number' ? number : dim;
  }
  return found;
}
