/** What goes to PyTorch and comes from it: a document as a script with its files, and weights of a file for a document. */
import type { Diagnostic, Outcome } from '../base/diagnostic.ts';
import { fetchTypes } from '../catalogue/packs.ts';
import { readDocument } from '../compiler/read-document.ts';
import type { DataSource } from '../datasets/index.ts';
import { foreignWeights, mapOf } from '../export/pytorch/foreign-weights.ts';
import type { WeightMatch } from '../export/pytorch/match-weights.ts';
import { pytorchFiles } from '../export/pytorch/pytorch-files.ts';
import type { WeightMap } from '../export/pytorch/weight-map.ts';
import { readCheckpoint, writeCheckpoint } from '../runtime/index.ts';

export type TorchAsk = {
  readonly document: unknown;
} & (
  | {
      readonly kind: 'export';
      /** Of the script. */
      readonly name: string;
      /** A file of state, for its weights. */
      readonly state?: Uint8Array | undefined;
    }
  | {
      readonly kind: 'weights';
      readonly file: string;
      readonly bytes: Uint8Array;
      /** JSON. Without one, names, order and shapes tell. */
      readonly map?: { readonly file: string; readonly content: string } | undefined;
      /** Make a state of them. */
      readonly take: boolean;
    }
);

export type TorchAnswer =
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, string | Uint8Array<ArrayBuffer>> }
  | {
      readonly kind: 'match';
      readonly match: WeightMatch;
      readonly map: WeightMap;
      /** A file of state. */
      readonly state?: Uint8Array<ArrayBuffer>;
    }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

export type { WeightMap, WeightMatch };

const answered = <T>({ value, diagnostics }: Outcome<T>, make: (value: T) => TorchAnswer): TorchAnswer =>
  value === undefined ? { kind: 'refused', diagnostics } : make(value);

export async function exchange(ask: TorchAsk, data?: DataSource): Promise<TorchAnswer> {
  await fetchTypes(ask.document);
  const { value: document, diagnostics } = readDocument(ask.document);
  if (!document) return { kind: 'refused', diagnostics };
  if (ask.kind === 'export') {
    const state = ask.state && readCheckpoint(ask.state, ask.name);
    if (state && !state.value) return { kind: 'refused', diagnostics: state.diagnostics };
    const made = await pytorchFiles(document, { name: ask.name, state: state?.value, data });
    return answered(made, (files) => ({ kind: 'files', files }));
  }
  const found = foreignWeights(document, { file: ask.file, content: ask.bytes }, ask.map);
  return answered(found, ({ match, checkpoint }) => ({
    kind: 'match',
    match,
    map: mapOf(match),
    ...(ask.take && { state: writeCheckpoint(checkpoint({ name: 'wasm', variant: 'simd' })) }),
  }));
}
