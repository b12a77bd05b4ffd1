/**
 * Contraction paths that the document keeps, by network: what somebody chose, and what a longer search has
 * found. The compiler follows them wherever the network occurs, whichever nodes it comes from. One that does
 * not fit its network is ignored, and reported as `unfit`.
 */
import { type GraphDocument, limits } from '../../../graph-schema/document.ts';
import {
  type Network,
  networkKey,
  printContractionPath,
  readContractionPath,
  type SsaPath,
} from '../../contraction/index.ts';

export interface KeptPath {
  readonly path: SsaPath;
  readonly by: 'chosen' | 'found';
}

export interface KeptPaths {
  /** The path kept for a network: what was chosen goes first. `unfit` when one is written that does not fit. */
  of(network: Network): KeptPath | 'unfit' | undefined;
}

const digits = (network: Network) => network.inputs.map((_, k) => String(k));

/** `paths` are followed as if the document had found them, before what it has found itself. */
export function keptPaths(
  { plan: kept }: Pick<GraphDocument, 'plan'>,
  paths?: Readonly<Record<string, string>>,
): KeptPaths {
  const plan = paths ? { ...kept, found: { ...kept?.found, ...paths } } : kept;
  if (!plan?.chosen && !plan?.found) return { of: () => undefined };
  return {
    of(network) {
      const key = networkKey(network);
      let unfit = false;
      for (const by of ['chosen', 'found'] as const) {
        const texts = plan[by];
        const written = texts && Object.hasOwn(texts, key) ? texts[key] : undefined;
        if (written === undefined) continue;
        const path = readContractionPath(written, digits(network));
        if (path) return { path, by };
        unfit = true;
      }
      return unfit ? 'unfit' : undefined;
    },
  };
}

/** A path as a document keeps it, under its network's key; undefined where it would be too long to keep. */
export function writeKeptPath(
  network: Network,
  path: SsaPath,
): { readonly key: string; readonly text: string } | undefined {
  const [key, text] = [networkKey(network), printContractionPath(path, digits(network))];
  return Math.max(key.length, text.length) <= limits.pathLength ? { key, text } : undefined;
}

/** A document keeps so many found paths; the oldest are dropped. */
const mostFound = 64;

/** The document with these found paths kept too; one that is undefined is removed. */
export function withFoundPaths<T extends GraphDocument>(
  document: T,
  found: Readonly<Record<string, string | undefined>>,
): T {
  const before = Object.entries(document.plan?.found ?? {}).filter(([key]) => !Object.hasOwn(found, key));
  const now = Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return replacePaths(document, 'found', Object.fromEntries([...before, ...now].slice(-mostFound)));
}

/** The document with these paths in place of its own of that kind; without the key where there is none. */
export function replacePaths<T extends GraphDocument>(
  document: T,
  kind: 'chosen' | 'found',
  paths: Readonly<Record<string, string>> | undefined,
): T {
  const { plan: _, ...rest } = document;
  const { [kind]: __, ...others } = document.plan ?? {};
  const kept = paths && Object.keys(paths).length > 0 ? { ...others, [kind]: paths } : others;
  return (Object.keys(kept).length > 0 ? { ...rest, plan: kept } : rest) as T;
}
