/**
 * The page's document as the worker has it, kept by patches, and what is known of it: parsed when it comes,
 * compiled when somebody asks, and not again until something changes that it is made of.
 */
import type { GraphDocument } from '../../graph-schema/document.ts';
import type { Outcome } from '../base/diagnostic.ts';
import { applyPatches, type Patch } from '../base/patches.ts';
import { type Analysis, analyse, type CompileOptions, compileAnalysis, trains } from '../compiler/index.ts';
import { readDocument } from '../compiler/read-document.ts';
import type { Compiled } from '../compiler/types.ts';
import type { Dtype } from '../ir/plan.ts';
import type { EngineName } from '../numeric/engine.ts';
import { chooseDtype, dtypeOf } from '../runtime/index.ts';

export interface Mirror {
  replace(document: unknown): void;
  /** The page has parsed what it makes of a document: only what was parsed here before is patched. */
  patch(patches: readonly Patch[]): void;
  /** Undefined where it cannot be read as a graph. */
  document(): GraphDocument | undefined;
  /** Whether something of what is sound trains. */
  trains(): boolean;
  /** Nodes of the document itself that so many wires come into. */
  joining(wires: number): ReadonlySet<string>;
  /** The precision of a run on this engine, that begins anew or goes on in one. */
  dtype(engine: EngineName, begun?: Dtype): Dtype;
  compiled(options: CompileOptions): Outcome<Compiled>;
  /** Undefined where it cannot be read as a graph. */
  analysis(): Analysis | undefined;
}

/** Parts of a document that say nothing of what is computed. */
const aside: ReadonlySet<string> = new Set(['name', 'description', 'layout', 'lesson']);

const sameComputation = (a: GraphDocument, b: GraphDocument): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => aside.has(key) || a[key] === b[key]);

export function createMirror(): Mirror {
  let parsed: Outcome<GraphDocument> = readDocument(undefined);
  let analysis: Analysis | undefined;
  const compiled = new Map<string, Outcome<Compiled>>();

  function become(next: Outcome<GraphDocument>): void {
    const same = parsed.value && next.value && sameComputation(parsed.value, next.value);
    parsed = next;
    if (same) return;
    analysis = undefined;
    compiled.clear();
  }

  function analysed(document: GraphDocument): Analysis {
    analysis ??= analyse(document);
    return analysis;
  }

  function compileAnew(options: CompileOptions): Outcome<Compiled> {
    const { value: document, diagnostics } = parsed;
    if (!document) return { diagnostics };
    const { value, diagnostics: found } = compileAnalysis(analysed(document), options);
    return { value, diagnostics: [...diagnostics, ...found] };
  }

  return {
    document: () => parsed.value,
    analysis: () => parsed.value && analysed(parsed.value),
    replace: (document) => become(readDocument(document)),
    patch(patches) {
      if (!parsed.value) return;
      try {
        become({ ...parsed, value: applyPatches(parsed.value, patches) as GraphDocument });
      } catch (error) {
        // They do not fit, so nothing is known any more: the page sends it whole.
        become(readDocument(undefined));
        throw error;
      }
    },
    trains: () => parsed.value !== undefined && trains(analysed(parsed.value)),
    joining(wires) {
      const counts = new Map<string, number>();
      for (const { to } of Object.values(parsed.value?.edges ?? {}))
        counts.set(to.node, (counts.get(to.node) ?? 0) + 1);
      return new Set([...counts].flatMap(([node, count]) => (count >= wires ? [node] : [])));
    },
    dtype(engine, begun) {
      const { value: document } = parsed;
      if (!document) return dtypeOf[engine];
      // Where nothing trains, numbers are shown as they were typed: 0.1 as 0.1.
      return chooseDtype(
        engine,
        document,
        undefined,
        begun ?? (trains(analysed(document)) ? undefined : 'float64'),
      );
    },
    compiled(options) {
      const key = JSON.stringify(options);
      const known = compiled.get(key) ?? compileAnew(options);
      compiled.set(key, known);
      return known;
    },
  };
}

/**
 * How the page has a document compiled: once for a run, for the values on its wires and for its plan. Whoever
 * runs it looks at the errors among the diagnostics.
 */
export const runnable = (mirror: Mirror, engine: EngineName, begun?: Dtype): CompileOptions => ({
  expose: 'all',
  partial: true,
  dtype: mirror.dtype(engine, begun),
});
