/**
 * A workload as it is handed from process to process: a manifest in JSON, the tensors as float32 and the
 * reference as float64, little-endian, in the manifest's order. Engines in Node, in Chromium and in Python
 * read the same three files.
 */
import type { GraphDocument } from '../../../graph-schema/document.ts';
import { size, type Tensor, type Tensors } from './data.ts';
import { findWorkload, type Workload } from './workloads.ts';

/** The results of float64 arithmetic. Training: gradients by the names of the parameters. Otherwise: `out`. */
export interface Reference {
  readonly values: Readonly<Record<string, ArrayLike<number>>>;
  /** The loss at first, and after twenty steps; training only. */
  readonly losses?: readonly [first: number, later: number];
}

/** Steps before the second loss of a reference. */
export const LATER = 20;

export interface Case {
  readonly workload: Workload;
  readonly document: GraphDocument | undefined;
  readonly tensors: Tensors;
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface Manifest {
  readonly workload: string;
  readonly kind: Workload['kind'];
  readonly parameters: readonly string[];
  readonly rate?: number;
  readonly optimizer?: string;
  readonly restart?: number;
  readonly tensors: readonly Entry[];
  readonly document?: GraphDocument;
}

interface ReferenceManifest {
  readonly losses?: readonly [number, number];
  readonly values: readonly { readonly name: string; readonly length: number }[];
}

/** The files of a case, by what they hold. */
export const caseFiles = (name: string) => ({
  manifest: `${name}.json`,
  tensors: `${name}.f32`,
  reference: `${name}.reference.json`,
  values: `${name}.f64`,
});

/** Reads a file of the folder that holds the cases: from disk, or over HTTP. */
export type ReadBytes = (file: string) => Promise<ArrayBuffer>;

const json = (bytes: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(bytes));

export function encodeCase({ workload, document, tensors }: Case): { manifest: string; tensors: Uint8Array } {
  const entries = Object.entries(tensors);
  const manifest: Manifest = {
    workload: workload.name,
    kind: workload.kind,
    parameters: workload.parameters,
    ...(workload.rate !== undefined && { rate: workload.rate }),
    ...(workload.optimizer !== undefined && { optimizer: workload.optimizer }),
    ...(workload.restart !== undefined && { restart: workload.restart }),
    tensors: entries.map(([name, { shape }]) => ({ name, shape })),
    ...(document && { document }),
  };
  const all = new Float32Array(entries.reduce((n, [, { data }]) => n + data.length, 0));
  let at = 0;
  for (const [, { data }] of entries) {
    all.set(data, at);
    at += data.length;
  }
  return { manifest: JSON.stringify(manifest), tensors: new Uint8Array(all.buffer) };
}

export async function readCase(name: string, read: ReadBytes): Promise<Case> {
  const files = caseFiles(name);
  const manifest = json(await read(files.manifest)) as Manifest;
  const all = new Float32Array(await read(files.tensors));
  const tensors: Record<string, Tensor> = {};
  let at = 0;
  for (const { name: key, shape } of manifest.tensors) {
    const end = at + size(shape);
    tensors[key] = { shape, data: all.slice(at, end) };
    at = end;
  }
  return { workload: findWorkload(manifest.workload), document: manifest.document, tensors };
}

export function encodeReference({ losses, values }: Reference): { manifest: string; values: Uint8Array } {
  const entries = Object.entries(values);
  const manifest: ReferenceManifest = {
    ...(losses && { losses }),
    values: entries.map(([name, data]) => ({ name, length: data.length })),
  };
  const all = Float64Array.from(entries.flatMap(([, data]) => Array.from(data)));
  return { manifest: JSON.stringify(manifest), values: new Uint8Array(all.buffer) };
}

export async function readReference(name: string, read: ReadBytes): Promise<Reference> {
  const files = caseFiles(name);
  const { losses, values: entries } = json(await read(files.reference)) as ReferenceManifest;
  const all = new Float64Array(await read(files.values));
  const values: Record<string, Float64Array> = {};
  let at = 0;
  for (const { name: key, length } of entries) {
    values[key] = all.subarray(at, at + length);
    at += length;
  }
  return { values, ...(losses && { losses }) };
}
