/**
 * The library: everything a program needs to read a graph, to say what is wrong with it, to train it and to
 * predict with it. It runs in Node, in pages and in workers, and asks nothing of them but WebAssembly.
 */
import type { GraphDocument } from '../graph-schema/document.ts';
import { isError, type Outcome } from './base/diagnostic.ts';
import { installEverything } from './catalogue/everything.ts';
import { readDocument } from './compiler/read-document.ts';
import { bestVariant, type KernelVariant } from './numeric/wasm/kernels.ts';
import { type Model, type OpenOptions, openModel } from './runtime/index.ts';

installEverything();

export type { GraphDocument } from '../graph-schema/document.ts';
export { serialize } from '../graph-schema/serialize.ts';
export type { Diagnostic, Outcome } from './base/diagnostic.ts';
export { check, compile } from './compiler/index.ts';
export type {
  Checkpoint,
  CheckVerdict,
  Model,
  OpenOptions,
  RestoreReport,
  RunEvent,
  RunOptions,
} from './runtime/index.ts';
export { readCheckpoint, writeCheckpoint } from './runtime/index.ts';

/** A graph of any version, as JSON text or as a value. What is wrong with it is in the diagnostics. */
export const parse = (graph: unknown): Outcome<GraphDocument> => readDocument(graph);

/** A model of a graph, given as text, as a value, or parsed. There is none where it cannot be read as a graph. */
export async function open(graph: unknown, options: OpenOptions = {}): Promise<Outcome<Model>> {
  const { value, diagnostics } = parse(graph);
  if (!value) return { diagnostics };
  const model = await openModel(value, options);
  const said = [...diagnostics, ...model.compiled().diagnostics];
  return { value: model, diagnostics: said.filter(isError).length > 0 ? said.filter(isError) : said };
}

/**
 * The kernels that the engine `wasm` computes with here. `relaxed` rounds a product and a sum once; `simd`,
 * where the host has no relaxed SIMD, twice: other last digits, and slower.
 */
export const kernels = (): KernelVariant => bestVariant();
