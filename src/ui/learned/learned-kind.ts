/** What a tensor of the state can be drawn as besides its numbers, and what its rows are called. */
import { type GraphDocument, levelOf } from '../../../graph-schema/document.ts';
import type { WeightForm } from '../../catalogue/define.ts';
import { registryOf } from '../../catalogue/index.ts';
import { levelAt, locate } from '../../document/levels.ts';
import { ownerOf } from '../parts/tensor-title.ts';

export type LearnedKind = 'filters' | 'map' | 'numbers';

/** Rows that make a map. */
const LEAST_ROWS = 3;

/** What sort of weight it is: by the node that owns it, or by one that its node is wired to as `weight`. */
export function weightFormOf(document: GraphDocument, name: string): WeightForm | undefined {
  const owner = ownerOf(document, name);
  if (!owner) return undefined;
  const { way, id } = locate(document, owner.path);
  const graph = levelAt(document, way)?.graph;
  const registry = registryOf(document);
  const formOf = (node: string | undefined) =>
    registry.find(graph?.nodes[node ?? '']?.type ?? '')?.weightForm;
  const wire = Object.values(graph?.edges ?? {}).find(
    ({ from, to }) => from.node === id && to.port === 'weight',
  );
  return formOf(id) ?? formOf(wire?.to.node);
}

/** How a tensor can be drawn of which so many numbers are known; the first is how it is drawn at first. */
export function kindsOf(
  weight: WeightForm | undefined,
  shape: readonly number[],
  known: number,
): readonly LearnedKind[] {
  const form = kernelForm(weight, shape);
  if (form) return kernelEnd(form) < known ? ['filters', 'numbers'] : ['numbers'];
  const [rows = 0, columns = 0, ...more] = shape;
  const isMatrix = more.length === 0 && rows >= LEAST_ROWS && columns > 1;
  if (!isMatrix || known < LEAST_ROWS * columns) return ['numbers'];
  return weight === 'rows' ? ['map', 'numbers'] : ['numbers', 'map'];
}

/** Where the elements of kernels lie: how many, and how far apart, of each of their indices. */
export interface KernelForm {
  readonly counts: {
    readonly out: number;
    readonly channels: number;
    readonly rows: number;
    readonly columns: number;
  };
  readonly strides: KernelForm['counts'];
}

/**
 * Of the kernel of a convolution: [out, in, h, w] or [out, in, k], transposed ones [in, out, …], as in PyTorch. A
 * kernel along one axis is a picture of its input channels. Undefined where there is nothing to see.
 */
export function kernelForm(weight: WeightForm | undefined, shape: readonly number[]): KernelForm | undefined {
  const transposed = weight === 'transposed-kernel';
  if (!(transposed || weight === 'kernel') || shape.length < 3) return undefined;
  const sizes = shape as [number, number, number, number?];
  const [out, into] = transposed ? [sizes[1], sizes[0]] : [sizes[0], sizes[1]];
  const own = sizes[2] * (sizes[3] ?? 1);
  const [ofOut, ofIn] = transposed ? [own, out * own] : [into * own, own];
  if (sizes[3] === undefined)
    return {
      counts: { out, channels: 1, rows: into, columns: sizes[2] },
      strides: { out: ofOut, channels: 0, rows: ofIn, columns: 1 },
    };
  if (own === 1) return undefined;
  return {
    counts: { out, channels: into, rows: sizes[2], columns: sizes[3] },
    strides: { out: ofOut, channels: ofIn, rows: sizes[3], columns: 1 },
  };
}

/** The place of the last element of the first kernel. */
export const kernelEnd = ({ counts, strides }: KernelForm): number =>
  (['channels', 'rows', 'columns'] as const).reduce(
    (at, index) => at + (counts[index] - 1) * strides[index],
    0,
  );

/** Names of classes of the document's data sets, where exactly one list of them has so many: the rows of an embedding. */
export function rowNames(document: GraphDocument, rows: number): readonly string[] | undefined {
  const registry = registryOf(document);
  const levels = [document, ...Object.keys(document.blocks).map((id) => levelOf(document, id))];
  const lists = levels
    .flatMap((level) => Object.values(level?.nodes ?? {}))
    .flatMap(({ type, params }) => {
      const definition = registry.find(type);
      const read = definition?.dataset && definition.params.safeParse(params);
      return read?.success ? Object.values(definition?.dataset?.(read.data)?.classNames ?? {}) : [];
    })
    .filter(({ length }) => length === rows);
  const different = new Map(lists.map((names) => [names.join('\u0000'), names]));
  return different.size === 1 ? lists[0] : undefined;
}
