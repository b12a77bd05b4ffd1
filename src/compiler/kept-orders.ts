/**
 * Orders of contraction that the document keeps, by network: what somebody chose, and what a longer search
 * has found. The compiler follows them wherever it meets their network, whatever nodes that comes from. One
 * that does not fit its network is passed over: it costs nothing but a word.
 */
import { type GraphDocument, limits } from '../../graph-schema/document.ts';
import {
  type Network,
  networkKey,
  printContractionPath,
  readContractionPath,
  type SsaPath,
} from '../contraction/index.ts';

export interface KeptOrder {
  readonly path: SsaPath;
  readonly by: 'chosen' | 'found';
}

export interface KeptOrders {
  /** The order kept for a network: what was chosen goes first. `unfit` when one is written that does not fit. */
  of(network: Network): KeptOrder | 'unfit' | undefined;
}

const digits = (network: Network) => network.inputs.map((_, k) => String(k));

export function keptOrders({ plan }: Pick<GraphDocument, 'plan'>): KeptOrders {
  if (!plan?.chosen && !plan?.found) return { of: () => undefined };
  return {
    of(network) {
      const key = networkKey(network);
      let unfit = false;
      for (const by of ['chosen', 'found'] as const) {
        const orders = plan[by];
        const written = orders && Object.hasOwn(orders, key) ? orders[key] : undefined;
        if (written === undefined) continue;
        const path = readContractionPath(written, digits(network));
        if (path) return { path, by };
        unfit = true;
      }
      return unfit ? 'unfit' : undefined;
    },
  };
}

/** An order as a document keeps it, under its network's key; undefined where it would be too long to keep. */
export function writeKeptOrder(
  network: Network,
  path: SsaPath,
): { readonly key: string; readonly order: string } | undefined {
  const [key, order] = [networkKey(network), printContractionPath(path, digits(network))];
  return Math.max(key.length, order.length) <= limits.orderLength ? { key, order } : undefined;
}

/** A document keeps so many found orders; the oldest go first. */
const mostFound = 64;

/** The document with these found orders kept too; one that is undefined is kept no more. */
export function withFound<T extends GraphDocument>(
  document: T,
  found: Readonly<Record<string, string | undefined>>,
): T {
  const before = Object.entries(document.plan?.found ?? {}).filter(([key]) => !Object.hasOwn(found, key));
  const now = Object.entries(found).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return replaceOrders(document, 'found', Object.fromEntries([...before, ...now].slice(-mostFound)));
}

/** The document with these orders in place of its own of that kind; without a trace of none. */
export function replaceOrders<T extends GraphDocument>(
  document: T,
  kind: 'chosen' | 'found',
  orders: Readonly<Record<string, string>> | undefined,
): T {
  const { plan: _, ...rest } = document;
  const { [kind]: __, ...others } = document.plan ?? {};
  const kept = orders && Object.keys(orders).length > 0 ? { ...others, [kind]: orders } : others;
  return (Object.keys(kept).length > 0 ? { ...rest, plan: kept } : rest) as T;
}
